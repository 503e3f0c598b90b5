"""The best way to fill all further places on all shortlists at once, proved in whole numbers.

A newcomer would distrust a linear programme for a question about people. This one is a flow: its
matrix is totally unimodular, so its best corner is whole (Hoffman and Kruskal, 1956). It is
solved in floating point and believed only after whole prices have proved it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from matching.engine.flow import most_worth
from matching.engine.islands import labels
from matching.engine.level import settle_names

Numbers = np.ndarray[Any, Any]

# Parts that share nobody are solved together up to this many pairs: starting a solver costs
# about as much as a thousand pairs do.
PAIRS_A_BATCH = 20_000
# With plenty of room a place takes two to six steps; where it takes more, the solver is quicker.
STEPS_A_PLACE = 10
# Sums in 64 bits stay exact below this; beyond, everything is done in Python's own integers.
EXACT = 2**62


@dataclass(frozen=True, slots=True)
class Spread:
    """The question: pair k puts supporter `seat[k]` on the list of family `row[k]`.

    Pairs stand in the order of families' turns, then of supporters' ids; each stands once.
    `places[f]` is how many more names family f's list may hold, `left[s]` on how many more
    lists supporter s may stand.
    """

    row: Numbers
    seat: Numbers
    score: Numbers
    places: Numbers
    left: Numbers

    def part(self, pairs: Numbers) -> Spread:
        """The same question for some of the pairs only, everybody numbered anew."""
        rows, row = np.unique(self.row[pairs], return_inverse=True)
        seats, seat = np.unique(self.seat[pairs], return_inverse=True)
        return Spread(row, seat, self.score[pairs], self.places[rows], self.left[seats])


@dataclass(frozen=True, slots=True)
class Proved:
    """Which pairs are taken, what each is worth, and the prices that prove it."""

    taken: Numbers
    worth: Numbers
    row_price: Numbers
    seat_price: Numbers


def best_spread(spread: Spread) -> Numbers:
    """Which pairs to take: the highest total score, then the most names, then the lowest ids."""
    taken = np.zeros(len(spread.row), dtype=bool)
    for pairs in _batches(spread):
        part = spread.part(pairs)
        taken[pairs] = settle_names(part, solve(part))
    return taken


def solve(spread: Spread) -> Proved:
    """One best answer with its proof; which of the best is left to `settle_names`."""
    worth = _worth(spread)
    if worth.dtype != object:
        found = _by_flow(spread, worth, patient=False) or _by_linear_programme(spread, worth)
        if found is not None and proves(spread, found):
            return found
    # Too large for floats, or the floats did not hold: the same in Python's own integers.
    found = _by_flow(spread, worth, patient=True)
    assert found is not None, "a patient flow always ends"
    assert proves(spread, found), "the integer flow must prove itself"
    return found


def proves(spread: Spread, found: Proved) -> bool:
    """True when the answer fits and no other can be worth more (weak duality).

    Whatever is taken, each pair is worth at most the two prices it pays plus what is left
    over; and no price is paid more often than there are places.
    """
    taken = found.taken
    names = np.bincount(spread.row[taken], minlength=len(spread.places))
    shows = np.bincount(spread.seat[taken], minlength=len(spread.left))
    if np.any(names > spread.places) or np.any(shows > spread.left):
        return False
    if np.any(found.row_price < 0) or np.any(found.seat_price < 0):
        return False
    over = found.worth - found.row_price[spread.row] - found.seat_price[spread.seat]
    bound = (
        (found.row_price * spread.places).sum()
        + (found.seat_price * spread.left).sum()
        + np.maximum(over, 0).sum()
    )
    return bool(found.worth[taken].sum() == bound)


def _batches(spread: Spread) -> Iterator[Numbers]:
    """The pairs cut into parts that share nobody, small ones gathered, in a fixed order."""
    sizes = {"families": len(spread.places), "supporters": len(spread.left)}
    island = labels(spread.row, spread.seat, **sizes)[0][spread.row]
    order = np.argsort(island, kind="stable")
    ends = np.flatnonzero(np.diff(island[order], append=-1)) + 1
    start = 0
    for end in ends.tolist():
        if end - start >= PAIRS_A_BATCH or end == len(order):
            yield np.sort(order[start:end])
            start = end


def _worth(spread: Spread) -> Numbers:
    """What each pair is worth: a point counts for more than any number of names, a name for 1."""
    names = min(int(spread.places.sum()), int(spread.left.sum()), len(spread.row))
    largest = int(spread.score.max()) * (names + 1) + 1
    worth: Numbers = spread.score * (names + 1) + 1
    return worth.astype(np.int64) if largest * len(worth) < EXACT else worth


def _by_flow(spread: Spread, worth: Numbers, *, patient: bool) -> Proved | None:
    """By shortest paths; not patient, only where there is more room than asked for."""
    asked = int(spread.places.sum())
    if patient:
        found = most_worth(spread, worth)
    elif asked < int(spread.left.sum()):
        found = most_worth(spread, worth, patience=STEPS_A_PLACE * asked)
    else:
        found = None
    return None if found is None else Proved(found[0], worth, found[1], found[2])


def _by_linear_programme(spread: Spread, worth: Numbers) -> Proved | None:
    pairs, rows = len(spread.row), len(spread.places)
    ends = np.concatenate([spread.row, spread.seat + rows])
    paid = coo_array(
        (np.ones(2 * pairs), (ends, np.tile(np.arange(pairs), 2))),
        shape=(rows + len(spread.left), pairs),
    )
    answer = linprog(
        -worth.astype(np.float64),
        A_ub=paid.tocsr(),
        b_ub=np.concatenate([spread.places, spread.left]),
        bounds=(0, 1),
        method="highs-ds",
        # Looking for simplifications first takes longer than solving a flow.
        options={"presolve": False},
    )
    if answer.status != 0:
        return None
    prices = np.rint(-answer.ineqlin.marginals).astype(np.int64)
    return Proved(answer.x > 0.5, worth, prices[:rows], prices[rows:])
