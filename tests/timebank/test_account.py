"""A broker's page for one account: looked at, asked, checked, and only then done; never for the broker's own family."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Consent
from tests import cast
from tests.timebank.deeds import as_user, confirmed, helped, told_by
from timebank import accounts, floors, leaving
from timebank.models import FloorException, Transfer, WriteOff

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(neighbours):
    return as_user(neighbours.bea)


@pytest.fixture
def ben(db):
    return as_user(cast.staff("ben@example.org", "Ben", "broker"))


def page_of(name: str, account, *more) -> str:
    return reverse(f"timebank:{name}", args=[account.pk, *more])


def lower_answers(**changed) -> dict[str, str]:
    in_a_month = timezone.localdate() + timedelta(days=30)
    return {
        "hours_below": "15",
        "until": in_a_month.isoformat(),
        "reason": "Three weeks in hospital",
        **changed,
    }


def asked_for(neighbours, **changed) -> WriteOff:
    return leaving.ask_to_write_off(
        **{
            "account": neighbours.amara,
            "reason": "They moved to Leeds",
            "by": neighbours.bea,
            "at": timezone.now(),
            **changed,
        }
    )


def test_it_shows_how_an_account_stands_and_what_waits(neighbours, bea) -> None:
    confirmed(neighbours)
    helped(neighbours, words="Lift on Tuesday")
    told = told_by(bea.get(page_of("account", neighbours.amara)))
    assert "−45 min" in told
    assert "−10 h" in told
    assert "Lift on Tuesday" in told
    assert "Write down time for them" not in told


def test_it_offers_to_write_for_whoever_said_yes(neighbours, bea, now) -> None:
    Consent.objects.create(
        user=neighbours.amara_user, purpose="recorded_for", wording="1", given=True, at=now
    )
    page = bea.get(page_of("account", neighbours.amara)).content.decode()
    assert page_of("record_for", neighbours.amara) in page


def test_it_lets_an_account_go_lower_after_a_check(neighbours, bea) -> None:
    address, told = page_of("lower", neighbours.amara), lower_answers()
    assert "Mostly they may go down to −10 h" in told_by(bea.get(address))
    checked = told_by(bea.post(address, told | {"step": "check"}))
    assert "−15 h" in checked
    assert "Three weeks in hospital" in checked
    assert not FloorException.objects.exists()
    assert 'value="15"' in told_by(bea.post(address, told | {"step": "change"}))
    for _twice in range(2):
        sent = bea.post(address, told | {"step": "send"})
        assert sent.url == page_of("account", neighbours.amara)
    granted = FloorException.objects.get()
    assert (granted.floor_minutes, granted.granted_by) == (-900, neighbours.bea)
    assert granted.last_day.isoformat() == told["until"]
    shown = told_by(bea.get(sent.url))
    assert "Holds now" in shown
    assert "lowest mostly" in shown


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"hours_below": "a lot"}, "Write a whole number of hours"),
        ({"hours_below": "0"}, "Write a whole number of hours"),
        ({"hours_below": "9" * 30}, "That’s too far down."),
        ({"hours_below": "10"}, "That is no lower than they may go already."),
        ({"until": "soon"}, "Write the day like 14/11/2026."),
        ({"until": "2999-12-31"}, "Choose an end within half a year."),
        ({"until": "2020-01-01"}, "Choose an end within half a year."),
        ({"reason": " "}, "Write why, so that they understand."),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_it_says_what_to_put_right_and_keeps_what_was_written(
    neighbours, bea, changed, problem, step
) -> None:
    page = bea.post(page_of("lower", neighbours.amara), lower_answers(**changed) | {"step": step})
    told = told_by(page)
    assert problem in told
    assert "There is a problem" in told
    for name, value in lower_answers(**changed).items():
        assert f'name="{name}" value="{value}"' in told
    assert not FloorException.objects.exists()


def test_it_ends_an_exception_once_and_keeps_it_in_sight(neighbours, bea, now) -> None:
    bea.post(page_of("lower", neighbours.amara), lower_answers() | {"step": "send"})
    granted = FloorException.objects.get()
    address = page_of("end_lower", neighbours.amara, granted.pk)
    assert address in bea.get(page_of("account", neighbours.amara)).content.decode()
    assert "End it now?" in told_by(bea.get(address))
    assert floors.active(neighbours.amara, at=timezone.now()).exists()
    for _twice in range(2):
        assert bea.post(address).status_code == 302
    assert not floors.active(neighbours.amara, at=timezone.now()).exists()
    shown = told_by(bea.get(page_of("account", neighbours.amara)))
    assert "ended by Bea" in shown
    assert address not in shown
    assert bea.get(page_of("end_lower", neighbours.denise, granted.pk)).status_code == 404


def test_it_writes_off_when_another_broker_agrees(neighbours, bea, ben) -> None:
    confirmed(neighbours)
    address, told = page_of("write_off", neighbours.amara), {"reason": "They moved to Leeds"}
    assert "They are at −45 min" in told_by(bea.get(address))
    assert "No hours move yet" in told_by(bea.post(address, told | {"step": "check"}))
    assert not WriteOff.objects.exists()
    for _twice in range(2):
        bea.post(address, told | {"step": "send"})
    asked = WriteOff.objects.get()
    assert "You asked, so another broker has to agree." in told_by(bea.get("/hours/desk/"))
    assert "Asked for by Bea" in told_by(ben.get("/hours/desk/"))
    agree = page_of("agree_write_off", neighbours.amara, asked.pk)
    assert "Look and agree" not in told_by(bea.get(page_of("account", neighbours.amara)))
    assert "two people write hours off" in told_by(bea.post(agree))
    assert "The community pot gives the hours" in told_by(ben.get(agree))
    assert Transfer.objects.filter(kind="write_off").count() == 0
    for _twice in range(2):
        assert ben.post(agree).status_code == 302
    assert Transfer.objects.filter(kind="write_off").count() == 1
    statement = told_by(as_user(neighbours.amara_user).get("/hours/"))
    assert "Written off, out of the community pot" in statement
    assert "They moved to Leeds" in statement


def test_it_tells_when_hours_moved_since_it_was_asked(neighbours, ben) -> None:
    confirmed(neighbours)
    asked = asked_for(neighbours)
    confirmed(neighbours)
    page = ben.post(page_of("agree_write_off", neighbours.amara, asked.pk))
    assert "Their hours have changed since this was asked. Ask again." in told_by(page)


def test_it_takes_back_what_was_asked_once(neighbours, bea) -> None:
    confirmed(neighbours)
    asked = asked_for(neighbours)
    address = page_of("take_back_write_off", neighbours.amara, asked.pk)
    assert "Take this back?" in told_by(bea.get(address))
    for _twice in range(2):
        assert bea.post(address).url == page_of("account", neighbours.amara)
    assert not WriteOff.objects.exists()


def test_it_asks_for_no_write_off_without_hours_or_a_reason(neighbours, bea) -> None:
    address = page_of("write_off", neighbours.amara)
    page = told_by(bea.post(address, {"reason": "They moved", "step": "check"}))
    assert "There is nothing to write off." in page
    assert 'value="They moved"' in page
    assert "Write why" in told_by(bea.post(address, {"reason": "", "step": "send"}))


def test_it_closes_an_account_at_nothing_and_no_other(neighbours, bea) -> None:
    helped(neighbours)
    page = told_by(bea.post(page_of("close_account", neighbours.amara)))
    assert "An exchange still waits for an answer." in page
    address = page_of("close_account", neighbours.nadia)
    assert "Every entry stays." in told_by(bea.get(address))
    for _twice in range(2):
        assert bea.post(address).status_code == 302
    neighbours.nadia.refresh_from_db()
    assert neighbours.nadia.closed_at is not None
    shown = told_by(bea.get(page_of("account", neighbours.nadia)))
    assert "Closed on" in shown
    assert "What you can do" not in shown


def test_it_keeps_brokers_away_from_their_own_family_and_the_pot(neighbours, bea) -> None:
    confirmed(neighbours)
    asked = asked_for(neighbours)
    granted = floors.grant(
        account=neighbours.amara,
        floor_minutes=-900,
        reason="Hospital",
        ends_at=timezone.now() + timedelta(days=9),
        by=neighbours.bea,
        at=timezone.now(),
    )
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    amara = as_user(neighbours.amara_user)
    for name, more in [
        ("account", []),
        ("lower", []),
        ("end_lower", [granted.pk]),
        ("write_off", []),
        ("agree_write_off", [asked.pk]),
        ("take_back_write_off", [asked.pk]),
        ("close_account", []),
    ]:
        address = page_of(name, neighbours.amara, *more)
        assert amara.get(address).status_code == 404
        assert amara.post(address, lower_answers() | {"step": "send"}).status_code in {404, 405}
    assert bea.get(page_of("account", accounts.pot())).status_code == 404
    assert bea.get(page_of("account", accounts.mint())).status_code == 404
    assert WriteOff.objects.get() == asked


def test_it_links_the_desk_to_every_account_but_ones_own(neighbours, bea) -> None:
    confirmed(neighbours, minutes=400)
    desk = bea.get("/hours/desk/").content.decode()
    assert page_of("account", neighbours.amara) in desk
    assert page_of("account", neighbours.denise) in desk
    asked_for(neighbours)
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    own = told_by(as_user(neighbours.amara_user).get("/hours/desk/"))
    assert page_of("account", neighbours.amara) not in own
    assert page_of("account", neighbours.denise) in own
    assert "They moved to Leeds" not in own


def test_it_asks_the_database_as_often_with_much_that_waits(neighbours, bea) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            bea.get(page_of("account", neighbours.amara))
        return len(queries)

    def grow(days: int) -> None:
        helped(neighbours)
        floors.grant(
            account=neighbours.amara,
            floor_minutes=-900,
            reason="Hospital",
            ends_at=timezone.now() + timedelta(days=days),
            by=neighbours.bea,
            at=timezone.now(),
        )

    grow(1)
    few = asked()
    for n in range(6):
        grow(2 + n)
    assert asked() == few
