"""Lower than the floor for a time: who may let somebody, when it holds, and what the database says after."""

from datetime import timedelta
from functools import partial

import pytest

from tests import cast
from timebank import floors, ledger
from timebank.models import FloorException
from timebank.reconcile import reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def pay(neighbours, now):
    """Amara receives help of so many minutes; each call under a key of its own."""
    keys = iter(range(100))

    def pay(minutes: int, *, at=now):
        return ledger.transfer(
            payer_id=neighbours.amara.pk,
            payee_id=neighbours.denise.pk,
            minutes=minutes,
            kind="exchange",
            reason="Lift",
            happened_at=at,
            by=neighbours.bea,
            at=at,
            key=f"pay {next(keys)}",
        )

    return pay


@pytest.fixture
def grant(neighbours, now):
    return partial(
        floors.grant,
        account=neighbours.amara,
        floor_minutes=-900,
        reason="Three weeks in hospital",
        ends_at=now + timedelta(weeks=6),
        by=neighbours.bea,
        at=now,
    )


def test_it_lets_somebody_lower_for_as_long_as_it_was_granted(grant, pay, now) -> None:
    pay(600)
    with pytest.raises(ledger.BelowFloor):
        pay(1)
    granted = grant()
    assert pay(300).payer_balance_after == -900
    with pytest.raises(ledger.BelowFloor):
        pay(1)
    assert reconcile(at=now).balances
    with pytest.raises(ledger.BelowFloor):
        pay(1, at=granted.ends_at)


def test_it_holds_to_the_last_moment_and_no_longer(grant, pay) -> None:
    ends_at = grant().ends_at
    assert pay(700, at=ends_at - timedelta(microseconds=1))
    with pytest.raises(ledger.BelowFloor):
        pay(1, at=ends_at)


def test_it_ends_when_it_is_taken_back(grant, pay, neighbours, now) -> None:
    granted = grant()
    later = now + timedelta(days=1)
    floors.revoke(exception=granted, by=neighbours.bea, at=later)
    again = floors.revoke(exception=granted, by=neighbours.bea, at=later + timedelta(days=1))
    assert again.revoked_at == later
    with pytest.raises(ledger.BelowFloor):
        pay(601, at=later)


def test_it_is_there_once_however_often_it_is_asked_for(grant) -> None:
    assert grant() == grant()
    assert FloorException.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"floor_minutes": -600},
        {"floor_minutes": 0},
        {"reason": "  "},
        {"ends_at": timedelta(0)},
        {"ends_at": timedelta(weeks=26, seconds=1)},
    ],
)
def test_it_refuses_what_makes_no_sense(grant, now, wrong) -> None:
    if "ends_at" in wrong:
        wrong = {"ends_at": now + wrong["ends_at"]}
    with pytest.raises(floors.NotGranted):
        grant(**wrong)


def test_it_keeps_a_broker_away_from_their_own_familys_floor(grant, town, neighbours) -> None:
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    with pytest.raises(floors.NotGranted):
        grant(by=neighbours.amara_user)
    with pytest.raises(floors.NotGranted):
        grant(by=town.ruth)


def test_it_says_how_low_somebody_may_go(grant, neighbours, now) -> None:
    assert floors.lowest(neighbours.amara, at=now) == -600
    granted = grant()
    assert floors.lowest(neighbours.amara, at=now) == -900
    assert floors.lowest(neighbours.amara, at=granted.ends_at) == -600
