"""`python -m bench.matching`: the matching engine on made-up counties, beside others on the very same pairs.

The peers answer an easier question: they know nothing of waiting order or ties. Where everybody can be placed they
have to come to the same score, and the benchmark stops when they don't. Each size runs in a process of its own, so
that its peak of memory is its own too.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from bench import peers
from bench.counties import END, ON, profiles
from bench.table import parser, seconds, tell
from matching.engine.area import Area, area_of
from matching.engine.arriving import arrive
from matching.engine.board import Board
from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.reception import Reception
from matching.engine.solving import solve
from matching.engine.terms import Instance, Pair, Seeking, Supporter, Weights

A_TOWN = 400  # families in a town
SIZES = (100, 1_000, 10_000)
LARGE = (50_000, 100_000)
MOST_FOR_FLOW = 1_000  # beyond, network simplex needs minutes
MOST_FOR_DENSE = 3_000  # beyond, a full table needs gigabytes
PLENTY, SCARCE = "plenty", "scarce"


@dataclass(frozen=True)
class Size:
    """How many families, how many supporters beside them, and how much room these have."""

    families: int
    supply: str
    supporters: int
    room: tuple[int, int]

    @property
    def towns(self) -> int:
        """How many towns these families live in."""
        return max(1, self.families // A_TOWN)


def sizes(families: int) -> list[Size]:
    """Both supplies: a supporter a family with room for 1 to 3, and as many with room for one, so that many wait."""
    return [
        Size(families, PLENTY, families, (1, 3)),
        Size(families, SCARCE, families, (1, 1)),
    ]


def made_up(size: Size, *, seed: int = 1) -> Area:
    """A county of this size as the matcher's tables; everybody's place is known."""
    seeking, helping, waiting = profiles(
        size.families, size.supporters, size.towns, seed=seed, room=size.room, nowhere=0
    )
    return area_of(
        seeking,
        helping,
        waiting_days={one.id: int(days) for one, days in zip(seeking, waiting, strict=True)},
        weights=Weights(),
        on=ON,
        planned_end_on=END,
    )


class Stages:
    """A stopwatch that the engine's own progress reports press."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.spent: dict[str, float] = {}
        self._name, self._since = "comparing", time.perf_counter()

    def __call__(self, what: str, done: int, of: int) -> None:
        """Note that `what` goes on now; on a terminal, show how far it is."""
        if what != self._name:
            self.stop()
            self._name = what
        if self.shown:
            print(f"\r  {what}: {done:,} of {of:,}      ", end="", file=sys.stderr, flush=True)

    def stop(self) -> None:
        """End the stage that is going on."""
        now = time.perf_counter()
        self.spent[self._name] = self.spent.get(self._name, 0.0) + now - self._since
        self._since = now


def measured(size: Size, times: int) -> dict[str, Any]:
    """One row: the stages of the engine, its check, its peak of memory, and the peers that finish in time."""
    area = made_up(size)
    runs = []
    for _ in range(times):
        stages = Stages(shown=sys.stderr.isatty())
        answer, board = solve(area, progress=stages)
        stages.stop()
        stages.spent["check"], certificate = timed(lambda answer=answer: certify(area, answer))
        assert certificate.holds, certificate.findings
        runs.append(stages.spent)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    row = {
        "families": size.families,
        "supply": size.supply,
        "placed": answer.placed,
        "pairs": certificate.compared,
        "kept": len(board.score),
        **{f"{name} s": median(run[name] for run in runs) for name in runs[0]},
        "all s": median(sum(run.values()) for run in runs),
        "peak MiB": peak_mib,
    }
    return row | against_peers(size, answer, board, times)


def against_peers(size: Size, answer: Any, board: Any, times: int) -> dict[str, Any]:
    """The same pairs given to others: seconds where they are exact, what they lose where they are not."""
    placed = {one.seeking for one in answer.pairs}
    here = np.array([at for at, one in enumerate(board.families) if one in placed], np.int64)
    island = board.only(here)
    row: dict[str, Any] = {"sparse s": seconds(lambda: peers.by_sparse(island), times=times)}
    assert peers.by_sparse(island) == answer.score
    row["dense s"] = row["flow s"] = None
    if size.families <= MOST_FOR_DENSE:
        assert peers.by_dense(island) == answer.score
        row["dense s"] = seconds(lambda: peers.by_dense(island), times=times)
    if size.families <= MOST_FOR_FLOW:
        assert peers.by_flow(island) == (answer.placed, answer.score)
        row["flow s"] = seconds(lambda: peers.by_flow(island), times=1)
    for name, peer in (("greedy", peers.greedy), ("first-come", peers.first_come)):
        families, score = peer(board)
        row[f"{name} families"] = families - answer.placed
        row[f"{name} score %"] = 100 * (score - answer.score) / answer.score
    return row


def with_capacities(times: int) -> dict[str, float]:
    """1,000 families, 500 supporters with room for 1 to 3: answer and certificate beside network simplex, in seconds.

    Both get the same pairs, and both place as many as possible first.
    """
    instance, board = listed(Size(1_000, "with capacities", 500, (1, 3)))
    answer = pair(instance)
    placed, score = peers.by_flow(board)
    assert placed == answer.placed
    assert score >= answer.score
    return {
        "engine": seconds(lambda: pair(instance), times=times),
        "check": seconds(lambda: certify(instance, answer), times=times),
        "flow": seconds(lambda: peers.by_flow(board), times=1),
    }


def listed(size: Size) -> tuple[Instance, Board]:
    """The pairs that are kept in the end as a question of their own, with names."""
    _, board = solve(made_up(size))
    ends = zip(board.family.tolist(), board.supporter.tolist(), board.score.tolist(), strict=True)
    instance = Instance(
        tuple(Seeking(one, len(board.families) - at) for at, one in enumerate(board.families)),
        tuple(map(Supporter, board.supporters, board.room.tolist())),
        tuple(Pair(board.families[f], board.supporters[s], score) for f, s, score in ends),
    )
    return instance, board


def standing(times: int) -> dict[str, float]:
    """Seconds until a newcomer among 10,000 who compete has a place: at once, and by asking everything again."""
    full, _ = listed(sizes(10_000)[1])
    spent: dict[str, list[float]] = {"at once": [], "again": []}
    for newcomer in full.seeking[:: len(full.seeking) // 20]:
        theirs = [one for one in full.pairs if one.seeking == newcomer.id]
        before = replace(
            full,
            seeking=tuple(one for one in full.seeking if one != newcomer),
            pairs=tuple(one for one in full.pairs if one.seeking != newcomer.id),
        )
        answer = pair(before)
        asked, found = arrive(before, answer, newcomer, theirs)
        assert found == pair(asked)
        at_once = partial(arrive, before, answer, newcomer, theirs)
        spent["at once"].append(seconds(at_once, times=times))
        spent["again"].append(seconds(partial(pair, asked), times=times))
    return {how: median(each) for how, each in spent.items()}


def arrival(supporters: int, times: int) -> float:
    """Seconds until a newcomer's shortlist is ranked and explained, among so many supporters."""
    towns = max(1, supporters // A_TOWN)
    newcomers, helping, _ = profiles(200, supporters, towns, seed=3, nowhere=0)
    desk = Reception(helping, weights=Weights(), on=ON, planned_end_on=END)
    spent = [
        seconds(lambda one=one: desk.shortlist(one, longest=3), times=times) for one in newcomers
    ]
    return median(spent)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """(seconds, what the work gave)."""
    before = time.perf_counter()
    made = work()
    return time.perf_counter() - before, made


def apart(work: Callable[..., Any], *given: Any) -> Any:
    """Do the work in a process of its own and give what it gave."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as pool:
        return pool.submit(work, *given).result()


def ratios(rows: list[dict[str, Any]], capacities: dict[str, float]) -> dict[str, float]:
    """What the budgets speak of: against the peers, and how time grows with the county."""
    given = {
        "network simplex / the engine, 1,000 x 500 with capacities": capacities["flow"]
        / capacities["engine"],
        "network simplex / the engine and its check": capacities["flow"]
        / (capacities["engine"] + capacities["check"]),
    }
    by_size = {(row["families"], row["supply"]): row for row in rows}
    for (families, supply), row in by_size.items():
        if families >= 10_000:
            what = f"everything / SciPy's sparse assignment alone, {families:,} a side, {supply}"
            given[what] = row["all s"] / row["sparse s"]
        tenth = by_size.get((families // 10, supply))
        if tenth and families // 10 >= 1_000:
            given[f"ten times the towns, to {families:,} a side, {supply}"] = (
                row["all s"] / tenth["all s"]
            )
    return given


def main() -> None:
    """Measure every size, once with plenty of room and once with too little."""
    wanted = parser(__doc__.split("\n")[0])
    wanted.add_argument("--large", action="store_true", help="also 50,000 and 100,000 a side")
    arguments = wanted.parse_args()
    rows = []
    for families in (*SIZES, *LARGE) if arguments.large else SIZES:
        times = 3 if families <= 10_000 else 1
        rows += [apart(measured, size, times) for size in sizes(families)]
    capacities = apart(with_capacities, 3)
    given = ratios(rows, capacities)
    few, many = 1_000, 100_000 if arguments.large else 10_000
    given[f"a newcomer's shortlist among {many:,} / among {few:,} supporters"] = apart(
        arrival, many, 3
    ) / apart(arrival, few, 3)
    place = apart(standing, 3)
    given["a newcomer's place among 10,000, asked again / at once"] = (
        place["again"] / place["at once"]
    )
    tell("bench.matching", rows, given, as_json=arguments.json)


if __name__ == "__main__":
    main()
