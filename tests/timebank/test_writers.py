"""Writers in processes of their own, all at once, and killed in the middle: nothing is lost, doubled or adrift.

PostgreSQL is given eight writers of a thousand transfers. SQLite lets one writer in at a time, so it is given four of
fifty.
"""

import random
import time
from collections import Counter

import pytest

from tests.timebank.processes import SERVED, whole, writer
from timebank.models import Transfer
from timebank.reconcile import reconcile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrent]

WRITERS, POSTINGS = (8, 1_000) if SERVED else (4, 50)
KILLS = 8 if SERVED else 4


@pytest.mark.parametrize("accounts", [4, 1_000])
def test_it_loses_doubles_and_drifts_nothing_with_everybody_writing_at_once(
    books, now, accounts
) -> None:
    books(accounts)
    writers = [writer(f"writer {number}", POSTINGS) for number in range(WRITERS)]
    acknowledged = [key for one in writers for key in whole(one.communicate()[0])]
    assert [one.returncode for one in writers] == [0] * WRITERS  # no deadlock, no time-out
    assert Counter(acknowledged) == Counter(Transfer.objects.values_list("key", flat=True))
    assert len(acknowledged) > WRITERS * POSTINGS / 2
    assert reconcile(at=now).balances


def test_it_keeps_what_it_acknowledged_when_a_writer_is_killed(books, now) -> None:
    books(4)
    chance = random.Random(4)
    acknowledged: list[str] = []
    for number in range(KILLS):
        beside = writer(f"beside {number}", 200 if SERVED else 20)
        killed = writer(f"killed {number}", 100_000)
        acknowledged.append(killed.stdout.readline().strip())  # type: ignore[union-attr]
        time.sleep(chance.uniform(0, 0.3))
        killed.kill()
        acknowledged += whole(killed.communicate()[0]) + whole(beside.communicate()[0])
        assert beside.returncode == 0
        assert reconcile(at=now).balances
    kept = set(Transfer.objects.values_list("key", flat=True))
    assert set(acknowledged) <= kept
    # At most the one transfer that each was writing when it was killed is there without having been told.
    assert len(kept) <= len(acknowledged) + KILLS
