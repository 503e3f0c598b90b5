"""Writers that post all at once: processes, each with a connection of its own, through our ledger or through hordak.

Processes and not threads, because threads of one Python would take turns and measure Python instead of the database.
"""

import multiprocessing
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from typing import Any

from django.apps import apps
from django.db import Error, connections
from moneyed import Money

import bench.database  # noqa: F401  first, because it loads the apps that the models belong to
from people.models import User
from timebank.ledger import Refused, transfer
from timebank.models import Transfer
from timebank.reconcile import reconcile

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DEADLOCK = "40P01"  # PostgreSQL's own code for it
SLOWEST_START = 120  # seconds until every writer has to be ready


@dataclass(frozen=True)
class Load:
    """Who pays whom, by id: anybody to anybody, or everybody to `pot`."""

    payers: tuple[int, ...]
    payees: tuple[int, ...]
    by_id: int

    def pair(self, chance: random.Random) -> tuple[int, int]:
        """Give two different accounts."""
        payer, payee = chance.choice(self.payers), chance.choice(self.payees)
        while payer == payee:
            payer = chance.choice(self.payers)
        return payer, payee


@dataclass
class Outcome:
    """What writers did. `spent` holds the seconds that each posting took; `posted` the keys that were acknowledged."""

    started: float = 0.0
    ended: float = 0.0
    spent: list[float] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    deadlocks: int = 0

    @property
    def rate(self) -> float:
        """Give how many were posted in a second."""
        return len(self.posted) / (self.ended - self.started)

    def quantile(self, part: float) -> float:
        """Give how many milliseconds this part of all postings took at most; nothing posted took no time."""
        in_order = sorted(self.spent)
        return 1000 * in_order[int(part * (len(in_order) - 1))] if in_order else 0.0


Post = Callable[[int, int, str], None]


def at_once(
    prepare: Callable[[Load], Post], load: Load, *, writers: int, seconds: float
) -> Outcome:
    """Let so many writers post for so many seconds, all from the same moment on."""
    connections.close_all()  # a connection can't be shared with a process that is split off
    processes = multiprocessing.get_context("fork")
    barrier = processes.Barrier(writers)
    with ProcessPoolExecutor(
        writers, mp_context=processes, initializer=_meet_at, initargs=(barrier,)
    ) as pool:
        running = [pool.submit(_write, prepare, load, seconds) for _ in range(writers)]
        found = [one.result() for one in running]
    return Outcome(
        started=min(one.started for one in found),
        ended=max(one.ended for one in found),
        spent=[spent for one in found for spent in one.spent],
        posted=[key for one in found for key in one.posted],
        errors=sum((one.errors for one in found), Counter()),
        deadlocks=sum(one.deadlocks for one in found),
    )


def ours(load: Load) -> Post:
    """Give what posts a minute through timebank.ledger."""
    by = User.objects.get(pk=load.by_id)

    def post(payer_id: int, payee_id: int, key: str) -> None:
        transfer(
            payer_id=payer_id,
            payee_id=payee_id,
            minutes=1,
            kind=Transfer.Kind.EXCHANGE,
            reason="bench",
            happened_at=AT,
            by=by,
            at=AT,
            key=key,
        )

    return post


def peer_accounts(ids: tuple[int, ...]) -> None:
    """Open one of hordak's accounts for each of ours, under the same id."""
    account = apps.get_model("hordak", "Account")
    account.objects.bulk_create(
        account(
            pk=pk, name=f"Account {pk}", type="LI", lft=1, rght=2, tree_id=pk, level=0, code=str(pk)
        )
        for pk in ids
    )


def peer(load: Load) -> Post:
    """Give what posts a unit through hordak's own API: a transaction and two legs. Its accounts are read beforehand."""
    accounts = apps.get_model("hordak", "Account").objects.in_bulk({*load.payers, *load.payees})
    amount = Money(1, "EUR")

    def post(payer_id: int, payee_id: int, key: str) -> None:
        accounts[payer_id].transfer_to(
            accounts[payee_id], amount, date=AT.date(), description=f"bench {key}"
        )

    return post


def lost_doubled_drift(posted: list[str]) -> tuple[int, int, int]:
    """Compare what was acknowledged with what the table says, and every balance with its transfers.

    Lost: acknowledged and not in the table. Doubled: in the table and not acknowledged, or more often than that. Drift:
    all that check_ledger would find, in minutes and in lines.
    """
    runs = {key.partition(":")[0] for key in posted}
    written = Counter(
        key for run in runs for key in _keys(Transfer.objects.filter(key__startswith=f"{run}:"))
    )
    acknowledged = Counter(posted)
    report = reconcile(at=AT, thorough=True)
    return (
        (acknowledged - written).total(),
        (written - acknowledged).total(),
        report.drift_minutes + report.gaps + report.floors,
    )


def _keys(transfers: Any) -> list[str]:
    return list(transfers.values_list("key", flat=True))


_barrier: Barrier


def _meet_at(barrier: Barrier) -> None:
    global _barrier  # noqa: PLW0603  the only way to hand a pool's processes something that can't be sent
    _barrier = barrier


def _write(prepare: Callable[[Load], Post], load: Load, seconds: float) -> Outcome:
    run = uuid.uuid4().hex
    chance = random.Random(run)
    post = prepare(load)
    outcome = Outcome()
    post_number = 0
    _barrier.wait(SLOWEST_START)
    outcome.started = outcome.ended = time.monotonic()
    while outcome.ended - outcome.started < seconds:
        post_number += 1
        payer_id, payee_id = load.pair(chance)
        key = f"{run}:{post_number}"
        before = time.monotonic()
        try:
            post(payer_id, payee_id, key)
        except (Error, Refused) as error:
            outcome.errors[f"{type(error).__name__}: {error}".strip().split("\n")[0]] += 1
            outcome.deadlocks += getattr(error.__cause__, "sqlstate", None) == DEADLOCK
            outcome.ended = time.monotonic()
        else:
            outcome.ended = time.monotonic()
            outcome.posted.append(key)
            outcome.spent.append(outcome.ended - before)
    connections.close_all()
    return outcome
