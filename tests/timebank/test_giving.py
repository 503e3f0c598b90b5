"""A member's pages to give hours away and to close their own: asked, checked, sent once; never to a stranger."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Block
from tests import cast
from tests.timebank.deeds import as_user, confirmed, helped, told_by
from timebank import accounts
from timebank.models import Account, Transfer

pytestmark = pytest.mark.django_db
GIVE, CLOSE = "/hours/give/", "/hours/close/"


@pytest.fixture
def denise(neighbours):
    """Denise, who has 45 minutes and has met Amara."""
    confirmed(neighbours)
    return as_user(neighbours.denise_user)


@pytest.fixture
def answers() -> dict[str, str]:
    return {
        "to": str(accounts.pot().pk),
        "took": "30 min",
        "words": "For whoever needs it",
        "client_id": str(uuid4()),
    }


def gifts():
    return Transfer.objects.filter(kind="gift")


def test_it_gives_to_the_pot_after_a_check_and_once(denise, neighbours, answers) -> None:
    assert GIVE in denise.get("/hours/").content.decode()
    assert "You have 45 min to spend." in told_by(denise.get(GIVE))
    checked = told_by(denise.post(GIVE, answers | {"step": "check"}))
    assert "The community pot" in checked
    assert "a gift can’t be taken back" in checked
    assert not gifts().exists()
    for _twice in range(2):
        sent = denise.post(GIVE, answers | {"step": "send"}, follow=True)
        assert "Given. Thank you." in told_by(sent)
    assert gifts().get().minutes == 30
    assert "A gift to the community pot" in told_by(denise.get("/hours/"))


def test_it_gives_to_somebody_they_have_met(denise, neighbours, answers) -> None:
    told = answers | {"to": str(neighbours.amara.pk), "took": "45 min", "step": "send"}
    denise.post(GIVE, told)
    assert gifts().get().payee == neighbours.amara
    neighbours.denise.refresh_from_db()
    assert neighbours.denise.balance_minutes == 0


def test_it_keeps_everything_else_out_of_a_second_sending(denise, answers) -> None:
    denise.post(GIVE, answers | {"step": "send"})
    page = denise.post(GIVE, answers | {"took": "5 min", "step": "send"})
    assert "This was already sent with something else in it." in told_by(page)
    assert gifts().get().minutes == 30


def test_it_offers_no_stranger_and_nobody_blocked(denise, neighbours, answers, now) -> None:
    page = told_by(denise.get(GIVE))
    assert "Amara’s family" in page
    assert "Nadia" not in page
    told = answers | {"to": str(neighbours.nadia.pk), "step": "send"}
    assert "Choose somebody from the list." in told_by(denise.post(GIVE, told))
    Block.objects.create(blocker=neighbours.amara_user, blocked=neighbours.denise_user, at=now)
    assert "Amara" not in told_by(denise.get(GIVE))
    assert not gifts().exists()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"took": "46 min"}, "You can give away what you have, and no more."),
        ({"took": "30h"}, "You can give away what you have, and no more."),
        ({"took": "some"}, "Write how long it took, such as 45 min or 1h30."),
        ({"took": "0"}, "more than nothing"),
        ({"words": ""}, "Write a few words"),
        ({"words": "x" * 281}, "Make it shorter"),
        ({"to": ""}, "Choose who shall have them."),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_it_says_what_to_put_right_and_keeps_what_was_written(
    denise, answers, changed, problem, step
) -> None:
    told = answers | changed
    page = told_by(denise.post(GIVE, told | {"step": step}))
    assert problem in page
    assert "There is a problem" in page
    assert f'name="took" value="{told["took"]}"' in page
    assert not told["words"] or f'name="words" value="{told["words"]}"' in page
    assert not gifts().exists()


def test_it_asks_nobody_without_hours_for_any(neighbours) -> None:
    amara = as_user(neighbours.amara_user)
    assert "You have no hours to give away just now." in told_by(amara.get(GIVE))
    assert GIVE not in amara.get("/hours/").content.decode()


def test_it_asks_the_database_as_often_for_many_people_met(denise, neighbours, town, now) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            denise.get(GIVE)
        return len(queries)

    denise.get(GIVE)  # opens the pot
    few = asked()
    for n in range(5):
        other = accounts.open_account(
            family=cast.family(f"F{n}", guardian=f"G{n}", at=town.burntwood), at=now
        )
        helped(neighbours, receiver=other)
    assert asked() == few


def test_it_closes_at_nothing_after_a_page_to_be_sure(neighbours) -> None:
    nadia = as_user(neighbours.nadia_user)
    assert CLOSE in nadia.get("/hours/").content.decode()
    assert "Thank you for every hour." in told_by(nadia.get(CLOSE))
    assert Account.objects.get(pk=neighbours.nadia.pk).closed_at is None
    for _twice in range(2):
        page = told_by(nadia.post(CLOSE, follow=True))
        assert "Your hours are closed." in page
    assert "Your hours were closed on" in page
    assert 'href="/hours/record/"' not in page
    assert CLOSE not in page
    assert Account.objects.get(pk=neighbours.nadia.pk).closed_at is not None


def test_it_says_at_once_what_stands_in_the_way_of_closing(denise, neighbours) -> None:
    page = denise.get(CLOSE)
    assert "There are hours left." in told_by(page)
    assert GIVE in page.content.decode()
    assert "Yes, close my hours" not in told_by(page)
    assert "There are hours left." in told_by(denise.post(CLOSE))
    amara = as_user(neighbours.amara_user)
    assert "There are hours to give back." in told_by(amara.get(CLOSE))
    helped(neighbours, receiver=neighbours.nadia)
    waiting = as_user(neighbours.nadia_user).post(CLOSE)
    assert "An exchange still waits for an answer." in told_by(waiting)
    assert not Account.objects.filter(closed_at__isnull=False).exists()
