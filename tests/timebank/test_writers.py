"""Writers in processes of their own, all at once, and killed in the middle: nothing is lost, doubled or adrift.

PostgreSQL is given eight writers of a thousand transfers. SQLite lets one writer in at a time, so it is given four of
fifty.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from people.models import Family
from tests import cast
from timebank.limits import DEFAULT_FLOOR_MINUTES
from timebank.models import Account, Transfer
from timebank.reconcile import reconcile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrent]

SERVED = connection.vendor == "postgresql"
WRITERS, POSTINGS = (8, 1_000) if SERVED else (4, 50)
KILLS = 8 if SERVED else 4


@pytest.fixture
def books(transactional_db, now):
    """Give a maker of so many accounts, and a broker who posts."""

    def make(how_many: int) -> None:
        town = cast.town()
        cast.staff("bea@example.org", "Bea", "broker")
        home = cast.family("The first", guardian="First", at=town.burntwood)
        families = Family.objects.bulk_create(
            Family(
                display_name=f"Family {number}",
                place=town.burntwood,
                cell_latitude=home.cell_latitude,
                cell_longitude=home.cell_longitude,
                applied_on=now.date(),
            )
            for number in range(how_many)
        )
        Account.objects.bulk_create(
            Account(
                kind=Account.Kind.FAMILY,
                family=family,
                floor_minutes=DEFAULT_FLOOR_MINUTES,
                opened_at=now,
            )
            for family in families
        )

    return make


def address() -> str:
    """Give the test database as a process beside this one finds it."""
    own = connection.settings_dict
    if not SERVED:
        return f"sqlite:///{own['NAME']}"
    who = f"{own['USER']}:{own['PASSWORD']}" if own["PASSWORD"] else own["USER"]
    return f"postgres://{who}@{own['HOST']}:{own['PORT'] or 5432}/{own['NAME']}"


def writer(name: str, postings: int) -> subprocess.Popen[str]:
    """Start a writer."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.timebank.writer", name, str(postings)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address()},
        stdout=subprocess.PIPE,
        text=True,
    )


def whole(told: str) -> list[str]:
    """Give the keys that were printed whole."""
    return told.split("\n")[:-1]


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
