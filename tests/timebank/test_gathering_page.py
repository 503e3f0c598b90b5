"""A broker writes down a gathering: asked, checked, counted once; never for who said no, or for their own family."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Consent
from tests import cast
from tests.timebank.deeds import as_user, told_by
from timebank import accounts
from timebank.models import Gathering, Transfer

pytestmark = pytest.mark.django_db
PAGE = "/hours/gathering/"


def says_yes(user) -> None:
    Consent.objects.create(
        user=user,
        purpose="recorded_for",
        wording="1",
        given=True,
        at=timezone.now() - timedelta(hours=1),
    )


@pytest.fixture
def bea(neighbours):
    says_yes(neighbours.amara_user)
    says_yes(neighbours.denise_user)
    return as_user(neighbours.bea)


@pytest.fixture
def answers(neighbours) -> dict[str, str]:
    return {
        "words": "Tidied the brook",
        "held_on": "2026-09-14",
        "who_1": str(neighbours.amara.pk),
        "took_1": "1h30",
        "who_7": str(neighbours.denise.pk),
        "took_7": "45",
        "client_id": str(uuid4()),
    }


def test_it_counts_for_everybody_after_a_check_and_once(neighbours, bea, answers) -> None:
    assert PAGE in bea.get("/hours/desk/").content.decode()
    page = told_by(bea.get(PAGE))
    assert "Amara’s family, Burntwood" in page
    assert "Nadia" not in page
    assert 'name="who_20"' in page
    checked = told_by(bea.post(PAGE, answers | {"step": "check"}))
    for fact in ("Tidied the brook", "1 h 30", "45 min", "2 h 15", "14 September 2026"):
        assert fact in checked
    assert not Gathering.objects.exists()
    assert not Transfer.objects.exists()
    for _twice in range(2):
        assert bea.post(PAGE, answers | {"step": "send"}).url == "/hours/desk/"
    assert Gathering.objects.count() == 1
    neighbours.amara.refresh_from_db()
    neighbours.denise.refresh_from_db()
    assert (neighbours.amara.balance_minutes, neighbours.denise.balance_minutes) == (90, 45)
    assert "Tidied the brook" in told_by(as_user(neighbours.denise_user).get("/hours/"))


def test_it_gives_back_everything_when_something_is_to_change(bea, answers) -> None:
    page = told_by(bea.post(PAGE, answers | {"step": "change"}))
    assert 'value="1h30"' in page
    assert "<details open>" in page
    assert f'<option value="{answers["who_7"]}" selected>' in page


def test_it_takes_nothing_else_under_the_same_sending(bea, answers) -> None:
    bea.post(PAGE, answers | {"step": "send"})
    page = bea.post(PAGE, answers | {"took_1": "2h15", "step": "send"})
    assert "This was already sent with something else in it." in told_by(page)
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"took_1": ""}, "Write how long they were there"),
        ({"took_1": "an age"}, "such as 45 min or 1h30"),
        ({"took_1": "25h"}, "more than a day"),
        ({"who_1": ""}, "Choose who this was."),
        ({"who_1": "999999"}, "Choose somebody from the list."),
        ({"words": ""}, "Write a few words about what you did."),
        ({"held_on": "one day"}, "Write the day like 14/11/2026."),
        ({"held_on": "2999-01-01"}, "That day is still to come."),
        ({"who_1": "", "took_1": "", "who_7": "", "took_7": ""}, "Choose who was there."),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_it_says_what_to_put_right_and_keeps_what_was_written(
    bea, answers, changed, problem, step
) -> None:
    told = answers | changed
    page = told_by(bea.post(PAGE, told | {"step": step}))
    assert problem in page
    assert "There is a problem" in page
    for name in ("words", "held_on", "took_1", "took_7"):
        assert not told[name] or f'name="{name}" value="{told[name]}"' in page
    assert not Gathering.objects.exists()


def test_it_takes_one_person_once(bea, answers) -> None:
    page = bea.post(PAGE, answers | {"who_7": answers["who_1"], "step": "send"})
    assert "They are further up already." in told_by(page)
    assert not Gathering.objects.exists()


def test_it_leaves_out_a_brokers_own_family_and_who_said_no(neighbours, bea, answers) -> None:
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    amara = as_user(neighbours.amara_user)
    page = told_by(amara.get(PAGE))
    assert "Amara’s family" not in page
    assert "Denise’s family" in page
    assert "Choose somebody from the list." in told_by(amara.post(PAGE, answers | {"step": "send"}))
    told = answers | {"who_1": str(neighbours.nadia.pk), "step": "send"}
    assert "Choose somebody from the list." in told_by(bea.post(PAGE, told))
    assert not Gathering.objects.exists()


def test_it_says_so_when_nobody_may_be_written_for(neighbours) -> None:
    page = told_by(as_user(neighbours.bea).get(PAGE))
    assert "Once somebody says yes to a broker writing for them" in page


def test_it_asks_the_database_as_often_for_many_people(bea, town, now) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            bea.get(PAGE)
        return len(queries)

    few = asked()
    for n in range(6):
        other = cast.family(f"F{n}", guardian=f"G{n}", at=town.burntwood)
        accounts.open_account(family=other, at=now)
        says_yes(cast.guardian_of(other))
    assert asked() == few
