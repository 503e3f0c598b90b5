"""`python -m bench.ledger`: what posting an hour costs, beside the same rows by bare SQL and beside django-hordak.

By turns within one round, so that a noisy machine is noisy for all; medians over the rounds. On SQLite writers take
turns by design, and there is neither pgbench nor hordak. `--full` goes to a million transfers and takes a long time.
"""

import statistics
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.apps import apps
from django.db import connection

from bench import bare, history
from bench.database import temporary_database
from bench.table import Row, parser, tell
from bench.writers import (
    Load,
    Outcome,
    at_once,
    lost_doubled_drift,
    ours,
    peer,
    peer_accounts,
)
from people.models import User

ACCOUNTS = 1000
WRITERS = (1, 2, 4, 8, 16)
FEW_WRITERS = (1, 2)
DEPTHS = (100, 10_000, 100_000)
QUICK_DEPTHS = (100, 1_000)
FULL_DEPTHS = (100, 100_000, 1_000_000)
OURS, BARE, PEER = "ours", "bare SQL", "hordak"
UNIFORM, HOT = f"uniform over {ACCOUNTS:,}", "hot pot"
HEADS = ("what", "writers", "a second", "p50 ms", "p95 ms")
WRONG = ("errors", "deadlocks", "lost", "doubled", "drift")


@dataclass
class Measured:
    """One line of the table over all rounds: medians of what was timed, sums of what went wrong."""

    rates: list[float] = field(default_factory=list)
    p50s: list[float] = field(default_factory=list)
    p95s: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)

    def over(self, other: "Measured") -> float:
        """Give how many times the rate of `other`, as the median over rounds: one round is one noise for both."""
        return statistics.median(
            mine / theirs for mine, theirs in zip(self.rates, other.rates, strict=True)
        )

    def take(self, outcome: Outcome) -> None:
        """Add a round."""
        self.rates.append(outcome.rate)
        self.p50s.append(outcome.quantile(0.50))
        self.p95s.append(outcome.quantile(0.95))
        self.said += outcome.errors
        self.wrong["errors"] += outcome.errors.total()
        self.wrong["deadlocks"] += outcome.deadlocks

    def row(self, what: str, writers: int) -> Row:
        """Give the line; what nobody looked for stays empty."""
        return {
            "what": what,
            "writers": writers,
            "a second": statistics.median(self.rates),
            "p50 ms": statistics.median(self.p50s) if self.p50s else None,
            "p95 ms": statistics.median(self.p95s) if self.p95s else None,
            **{name: self.wrong.get(name) for name in WRONG},
        }


Found = dict[tuple[str, str, int], Measured]


def measure_ours(load: Load, writers: int, seconds: int, found: Measured) -> None:
    """Post through timebank.ledger, then look for every acknowledged transfer and recompute the books."""
    outcome = at_once(ours, load, writers=writers, seconds=seconds)
    found.take(outcome)
    lost, doubled, drift = lost_doubled_drift(outcome.posted)
    for name, much in (("lost", lost), ("doubled", doubled), ("drift", drift)):
        found.wrong[name] += much


def measure_bare(program: str, load: Load, writers: int, seconds: int, found: Measured) -> None:
    """Write the same rows through pgbench, which stands at `program`."""
    rate, failed = bare.per_second(program, load, clients=writers, seconds=seconds)
    found.rates.append(rate)
    found.wrong["errors"] += failed


def measure_peer(load: Load, writers: int, seconds: int, found: Measured) -> None:
    """Post through hordak."""
    found.take(at_once(peer, load, writers=writers, seconds=seconds))


def side_by_side(asked: Namespace, ids: tuple[int, ...], by: User) -> Found:
    """Measure every load with every number of writers, all systems by turns."""
    loads = {
        UNIFORM: Load(payers=ids, payees=ids, by_id=by.pk),
        # The pot is the first to be locked, so it is held longest.
        HOT: Load(payers=ids[1:], payees=ids[:1], by_id=by.pk),
    }
    systems: dict[str, Callable[[Load, int, int, Measured], None]] = {OURS: measure_ours}
    program = bare.pgbench() if connection.vendor == "postgresql" else None
    if program:
        bare.copy_tables()
        systems[BARE] = partial(measure_bare, program)
    if apps.is_installed("hordak"):
        peer_accounts(ids)
        systems[PEER] = measure_peer
    history.settle()
    found: Found = defaultdict(Measured)
    for turn in range(asked.rounds):
        order = list(systems)
        order = order[turn % len(order) :] + order[: turn % len(order)]
        for name, load in loads.items():
            for writers in asked.writers:
                for system in order:
                    systems[system](load, writers, asked.seconds, found[system, name, writers])
    return found


def with_history(asked: Namespace, by: User) -> tuple[list[Row], dict[str, float]]:
    """Measure posting with little and with much behind an account, statements, and checking all of it."""
    payers = history.open_accounts(len(asked.depths), by)
    payees = history.open_accounts(ACCOUNTS, by)
    loads = {
        depth: Load(payers=(payer,), payees=payees, by_id=by.pk)
        for depth, payer in zip(asked.depths, payers, strict=True)
    }
    for depth, load in loads.items():
        history.fill(load, depth)
    history.settle()
    rows, ratios = [], {}
    checked, ratio = history.checking(times=asked.rounds)
    for depth, load in loads.items():
        rows += history.pages(load.payers[0], depth)
    found: dict[int, Measured] = defaultdict(Measured)
    for _ in range(asked.rounds):
        for depth, load in loads.items():
            measure_ours(load, 1, asked.seconds, found[depth])
    few, many = asked.depths[0], asked.depths[-1]
    ratios[f"time of a posting, {many:,} behind / {few:,} (budget: at most 1.3)"] = found[few].over(
        found[many]
    )
    first, _middle, last = (row["p50 ms"] for row in rows[-3:])
    ratios[f"time of the last page / the first, {many:,} lines (budget: flat)"] = last / first
    ratios["time of check_ledger / a sequential scan (budget: at most 3, on a million)"] = ratio
    posted = [found[depth].row(f"{OURS}, {depth:,} behind", 1) for depth in asked.depths]
    return [*posted, *rows, *checked], ratios


def budgets(found: Found) -> dict[str, float]:
    """Give the ratios that have a budget, as far as both sides were measured, and what went wrong with ours."""
    ratios: dict[str, float] = {}
    for load, writers, other, budget in (
        (UNIFORM, 2, PEER, "at least 2.5"),
        (UNIFORM, 2, BARE, "at least 0.6"),
        (UNIFORM, 8, PEER, "at least 4"),
        (HOT, 8, BARE, "at least 0.7"),
    ):
        mine, theirs = found.get((OURS, load, writers)), found.get((other, load, writers))
        if mine and theirs:
            name = f"rate of {OURS} / {other}, {load}, {writers} writers (budget: {budget})"
            ratios[name] = mine.over(theirs)
    for name in WRONG:
        wrong = sum(found[key].wrong[name] for key in found if key[0] == OURS)
        ratios[f"{name} of ours, all loads (budget: 0)"] = wrong
    return ratios


def left_out(found: Found) -> list[str]:
    """Say what could not be measured here, and what the errors said."""
    systems = {system for system, _load, _writers in found}
    said = []
    if BARE not in systems:
        said.append("Left out: the same rows by bare SQL (it needs PostgreSQL and pgbench).")
    if PEER not in systems:
        said.append("Left out: django-hordak (it needs PostgreSQL).")
    for (system, load, writers), one in found.items():
        for words, times in one.said.items():
            said.append(f"{system}, {load}, {writers} writers, {times} times: {words}")
    return said


def wanted() -> ArgumentParser:
    """Give what may be asked for."""
    made = parser(__doc__.split("\n")[0])
    made.add_argument("--rounds", type=int, default=3, help="medians of so many")
    made.add_argument("--seconds", type=int, default=1, help="of each measurement; whole seconds")
    size = made.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="one round, few writers, short history")
    size.add_argument("--full", action="store_true", help="a million transfers behind an account")
    return made


def main() -> None:
    """Measure in a temporary database."""
    asked = wanted().parse_args()
    asked.writers = FEW_WRITERS if asked.quick else WRITERS
    asked.depths = DEPTHS
    if asked.quick:
        asked.rounds, asked.depths = 1, QUICK_DEPTHS
    if asked.full:
        asked.depths = FULL_DEPTHS
    with temporary_database() as vendor:
        by = User.objects.create_user("broker@example.org", "a-long-password", name="Broker")
        found = side_by_side(asked, history.open_accounts(ACCOUNTS, by), by)
        past, ratios = with_history(asked, by)
    rows = [
        one.row(f"{system}, {load}", writers)
        for (system, load, writers), one in sorted(found.items(), key=lambda item: item[0][1:])
    ]
    heads = dict.fromkeys((*HEADS, *WRONG))
    tell(
        f"bench.ledger on {vendor}",
        [{**heads, **row} for row in [*rows, *past]],
        {**budgets(found), **ratios},
        as_json=asked.json,
        notes=left_out(found),
    )


if __name__ == "__main__":
    main()
