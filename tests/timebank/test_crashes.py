"""A writer killed at each of its steps, and the database itself killed under load: what was told is there, once."""

import os
import subprocess
import sys
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings

from tests.timebank import killed
from tests.timebank.processes import address
from timebank import accounts, exchanges, ledger
from timebank.limits import DEFAULT_FLOOR_MINUTES
from timebank.models import Account, Exchange, FloorException, Gathering, Transfer
from timebank.reconcile import reconcile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrent]


def tries_of(deed: str) -> int:
    """Let a deed be killed at each step, and give in how many; each left the books whole."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.timebank.killed", deed],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address()},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout)


def test_it_posts_an_exchange_once_wherever_a_yes_is_killed(people, now) -> None:
    for _ in range(killed.MOST):
        exchanges.record(
            giver=people.denise,
            receiver=people.amara,
            minutes=5,
            happened_on=date(2026, 11, 12),
            words="Lift",
            side="giver",
            by=people.denise_user,
            at=now,
            client_id=uuid4(),
        )
    tries = tries_of("confirm")
    assert tries >= 8  # begin, look, ask, post, write, commit
    for exchange in Exchange.objects.all():  # half done is not to be found
        assert exchange.transfers.count() == (exchange.standing == Exchange.Standing.CONFIRMED)
    assert Transfer.objects.count() == 2  # the one that told nobody, and the one that lived
    for number in range(tries):
        killed.confirm(number)
    assert Transfer.objects.count() == tries + 1


def test_it_credits_everybody_or_nobody_wherever_a_gathering_is_killed(people, now) -> None:
    tries = tries_of("gather")
    assert tries >= 8
    assert (Gathering.objects.count(), Transfer.objects.count()) == (2, 6)
    assert reconcile(at=now).balances
    for number in range(tries):
        killed.gather(number)
    assert (Gathering.objects.count(), Transfer.objects.count()) == (tries + 1, 3 * (tries + 1))


def test_it_puts_right_with_its_exception_or_not_at_all_wherever_it_is_killed(people, now) -> None:
    for number in range(killed.MOST):
        ledger.transfer(
            payer_id=accounts.pot().pk,
            payee_id=people.amara.pk,
            minutes=5,
            kind="gift",
            reason="Hours to begin with",
            happened_at=now,
            by=people.bea,
            at=now,
            key=f"gift {number}",
        )
    ledger.transfer(
        payer_id=people.amara.pk,
        payee_id=people.denise.pk,
        minutes=killed.MOST * 5 - DEFAULT_FLOOR_MINUTES,
        kind="exchange",
        reason="All there was",
        happened_at=now,
        by=people.bea,
        at=now,
        key="all",
    )
    assert Account.objects.get(pk=people.amara.pk).balance_minutes == DEFAULT_FLOOR_MINUTES
    tries = tries_of("put_right")
    assert tries >= 8
    sent_back = Transfer.objects.exclude(reverses=None)
    assert (sent_back.count(), FloorException.objects.count()) == (2, 2)
    assert reconcile(at=now).balances
    for number in range(tries):
        killed.put_right(number)
    assert (sent_back.count(), FloorException.objects.count()) == (tries + 1, tries + 1)
