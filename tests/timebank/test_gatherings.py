"""Gatherings: everybody who lent a hand is credited at once, out of the pot, or nobody is."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from tests import cast
from timebank import accounts, gatherings, leaving, ledger
from timebank.models import Gathering, Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tidy_up(neighbours, now):
    return partial(
        gatherings.record,
        words="Tidied the brook",
        held_on=date(2026, 11, 14),
        minutes={neighbours.denise: 90, neighbours.amara: 60},
        by=neighbours.bea,
        at=now,
        client_id=uuid4(),
    )


def test_it_credits_everybody_out_of_the_pot(tidy_up, neighbours) -> None:
    made = tidy_up()
    lines = made.transfers.order_by("payee_id")
    assert [(line.payee_id, line.minutes) for line in lines] == [
        (neighbours.amara.pk, 60),
        (neighbours.denise.pk, 90),
    ]
    assert accounts.pot().balance_minutes == -150


def test_it_records_once_however_often_it_is_sent(tidy_up, neighbours) -> None:
    assert tidy_up() == tidy_up()
    assert Transfer.objects.count() == 2
    with pytest.raises(ledger.KeyReused):
        tidy_up(minutes={neighbours.denise: 91, neighbours.amara: 60})


def test_it_credits_nobody_when_one_cannot_be(tidy_up, neighbours, now) -> None:
    leaving.close(account=neighbours.denise, by=neighbours.bea, at=now)
    with pytest.raises(ledger.AccountClosed):
        tidy_up()
    assert not Gathering.objects.exists()
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_it_refuses_no_time_and_more_than_a_day(tidy_up, neighbours, minutes) -> None:
    with pytest.raises(gatherings.NotAGathering):
        tidy_up(minutes={neighbours.denise: minutes})


@pytest.mark.parametrize("wrong", [{"minutes": {}}, {"words": " "}, {"held_on": date(2027, 1, 1)}])
def test_it_refuses_what_makes_no_sense(tidy_up, wrong) -> None:
    with pytest.raises(gatherings.NotAGathering):
        tidy_up(**wrong)


def test_it_keeps_a_broker_from_crediting_their_own_family(tidy_up, neighbours, town) -> None:
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    for by in (neighbours.amara_user, town.ruth):
        with pytest.raises(gatherings.NotAGathering):
            tidy_up(by=by)


def test_it_puts_one_line_of_a_gathering_right(tidy_up, neighbours, now) -> None:
    line = tidy_up().transfers.get(payee=neighbours.denise)
    back = ledger.reverse(
        transfer=line, reason="Was away", by=neighbours.bea, at=now + timedelta(1), key="back"
    )
    assert (back.payer_balance_after, back.gathering_id) == (0, line.gathering_id)
