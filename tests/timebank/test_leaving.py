"""Leaving with more than nothing, with nothing and with less: plain ways out, and the sum stays at zero."""

from datetime import timedelta
from functools import partial

import pytest

from tests import cast
from tests.timebank.deeds import confirmed, helped
from timebank import accounts, leaving, ledger
from timebank.models import Transfer, WriteOff

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_broker(db):
    return cast.staff("ben@example.org", "Ben", "broker")


@pytest.fixture
def donate(neighbours, now):
    """Denise, who has 45 minutes, gives some away."""
    confirmed(neighbours)
    return partial(
        leaving.donate,
        account=neighbours.denise,
        to=accounts.pot(),
        minutes=45,
        words="For whoever needs it",
        by=neighbours.denise_user,
        at=now,
        key="gift",
    )


def test_it_lets_a_leaver_give_all_to_the_pot_and_close(donate, neighbours, now) -> None:
    assert donate().payer_balance_after == 0
    closed = leaving.close(account=neighbours.denise, by=neighbours.denise_user, at=now)
    again = leaving.close(account=neighbours.denise, by=neighbours.bea, at=now)
    assert closed.closed_at == again.closed_at == now


def test_it_gives_once_however_often_it_is_sent(donate, now) -> None:
    assert donate() == donate() == donate(at=now + timedelta(seconds=3))
    assert Transfer.objects.filter(kind="gift").count() == 1


def test_it_gives_away_no_more_than_there_is(donate, neighbours) -> None:
    with pytest.raises(leaving.CannotLeave, match="no more"):
        donate(minutes=46)
    with pytest.raises(leaving.CannotLeave, match="your own"):
        donate(by=neighbours.bea)


@pytest.mark.parametrize("who", ["amara", "denise"])
def test_it_closes_no_account_with_hours_above_or_below_nothing(donate, neighbours, now, who):
    with pytest.raises(leaving.CannotLeave):
        leaving.close(account=getattr(neighbours, who), by=neighbours.bea, at=now)


def test_it_closes_no_account_while_an_exchange_waits(neighbours, now) -> None:
    helped(neighbours)
    with pytest.raises(leaving.CannotLeave, match="waits"):
        leaving.close(account=neighbours.amara, by=neighbours.amara_user, at=now)


def test_it_lets_a_stranger_close_nothing(neighbours, town, now) -> None:
    for stranger in (neighbours.nadia_user, town.ruth):
        with pytest.raises(leaving.CannotLeave):
            leaving.close(account=neighbours.amara, by=stranger, at=now)


@pytest.mark.parametrize(("who", "pot_after"), [("amara", -45), ("denise", 45)])
def test_it_writes_off_when_a_second_broker_agrees(
    donate, neighbours, other_broker, now, who, pot_after
) -> None:
    account = getattr(neighbours, who)
    ask = partial(
        leaving.ask_to_write_off, account=account, reason="Moved", by=neighbours.bea, at=now
    )
    asked = ask()
    assert ask() == asked
    with pytest.raises(leaving.CannotLeave, match="Somebody else"):
        leaving.agree_to_write_off(write_off=asked, by=neighbours.bea, at=now)
    line = leaving.agree_to_write_off(write_off=asked, by=other_broker, at=now)
    assert leaving.agree_to_write_off(write_off=asked, by=other_broker, at=now) == line
    assert (line.kind, line.minutes, line.reason) == ("write_off", 45, "Moved")
    assert accounts.pot().balance_minutes == pot_after
    assert leaving.close(account=account, by=neighbours.bea, at=now).closed_at == now


def test_it_asks_anew_when_the_hours_have_moved_since(donate, neighbours, other_broker, now):
    asked = leaving.ask_to_write_off(
        account=neighbours.denise, reason="Moved", by=neighbours.bea, at=now
    )
    donate(minutes=5)
    with pytest.raises(leaving.CannotLeave, match="Ask again"):
        leaving.agree_to_write_off(write_off=asked, by=other_broker, at=now)
    leaving.take_back_write_off(write_off=asked, by=neighbours.bea, at=now)
    assert not WriteOff.objects.exists()


def test_it_writes_off_nothing_of_a_brokers_own_family(donate, neighbours, now) -> None:
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    for account, by in [
        (neighbours.amara, neighbours.amara_user),
        (neighbours.amara, neighbours.nadia_user),
    ]:
        with pytest.raises(leaving.CannotLeave):
            leaving.ask_to_write_off(account=account, reason="Moved", by=by, at=now)


@pytest.mark.parametrize(("who", "reason"), [("nadia", "Moved"), ("amara", "  ")])
def test_it_writes_off_nothing_without_hours_or_a_reason(donate, neighbours, now, who, reason):
    with pytest.raises(leaving.CannotLeave):
        leaving.ask_to_write_off(
            account=getattr(neighbours, who), reason=reason, by=neighbours.bea, at=now
        )


def test_it_takes_no_hours_into_a_closed_account(neighbours, now) -> None:
    leaving.close(account=neighbours.denise, by=neighbours.denise_user, at=now)
    with pytest.raises(ledger.AccountClosed):
        confirmed(neighbours)
