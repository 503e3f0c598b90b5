"""The highest total score when every family of a board must have a seat (rule 3), with its prices.

A newcomer would trust floating point because the scores are whole numbers. That is right only
while every sum stays below 2^53; beyond it the same optimum is found in Python's own integers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.engine.board import Board, Whole, runs
from matching.engine.islands import islands
from matching.engine.seating import seats_by_integers

EXACT_FLOAT = 2**53
EXACT_INTEGER = 2**62
# Room is written out seat by seat for SciPy; past this many entries memory would hurt.
MOST_ENTRIES = 30_000_000


def best_seats(
    board: Board, *, before: Whole | None = None, gaining: Whole | None = None
) -> tuple[Whole, Whole]:
    """(seats, prices): a supporter for each family, a whole price for each supporter.

    The prices are the lowest that are never below 0 and let every family sit where its score
    less the price is highest; they are 0 wherever room is left. That is what makes the total the highest
    (linear programming duality). All families must be placeable together, or ValueError is raised.
    Prices are Python integers in an object array where they could outgrow 64 bits.

    `before` are the best seats of a moment ago, when some pairs were missing, and `gaining` the families whom
    a new pair would serve better: an island without any of them is left as it is.
    """
    seats = np.full(len(board.families), -1, dtype=np.int64)
    stirred = np.ones(len(board.families), dtype=bool)
    if before is not None and gaining is not None:
        seats[:] = before
        stirred[:] = False
        stirred[gaining] = True
    if not len(board.families):
        return seats, np.zeros(len(board.supporters), dtype=np.int64)
    if not fits_integers(board):
        return seats_by_integers(board)
    for families in islands(board):
        if not stirred[families].any():
            continue
        island = board.only(families)
        found = _seats_by_scipy(island) if _fits_floats(island) else None
        seats[families] = seats_by_integers(island)[0] if found is None else found
    prices = lowest_prices(board, seats)
    return seats_by_integers(board) if prices is None else (seats, prices)


def fits_integers(board: Board) -> bool:
    """True when every sum of prices and scores fits 64 bits."""
    return 4 * (len(board.families) + 1) * (int(board.score.max(initial=0)) + 1) < EXACT_INTEGER


def _fits_floats(board: Board) -> bool:
    spread = int(board.score.max()) - int(board.score.min()) + 1
    # Every number inside the solver is a sum of at most one cost a family, taken twice.
    return (
        4 * (len(board.families) + 1) * spread < EXACT_FLOAT
        and int(board.room[board.supporter].sum()) <= MOST_ENTRIES
    )


def _seats_by_scipy(board: Board) -> Whole:
    here, column = np.unique(board.supporter, return_inverse=True)
    room = board.room[here]
    first = np.concatenate(([0], np.cumsum(room)))
    seats, begins = runs(first, column)
    # At least 1, because SciPy reads a stored 0 as no pair at all.
    costs = int(board.score.max()) - board.score + 1
    graph = csr_array(
        (np.repeat(costs, np.diff(begins)).astype(np.float64), seats, begins[board.start]),
        shape=(len(board.families), int(first[-1])),
    )
    rows, chosen = min_weight_full_bipartite_matching(graph)
    found = np.empty(len(board.families), dtype=np.int64)
    found[rows] = np.repeat(here, room)[chosen]
    return found


def lowest_prices(board: Board, seats: Whole) -> Whole | None:
    """The lowest prices that keep every family where it sits, or None when there are none.

    A family that would gain by moving raises the price there, again and again until nobody
    would. If that never ends, or prices a seat that is free, the seats were not the best.
    """
    sits = board.supporter == seats[board.family]
    source = seats[board.family[~sits]]
    own = np.zeros(len(board.families), dtype=np.int64)
    own[board.family[sits]] = board.score[sits]
    gain = board.score[~sits] - own[board.family[~sits]]
    target = board.supporter[~sits]
    order = np.argsort(source, kind="stable")
    target, gain = target[order], gain[order]
    start = np.searchsorted(source[order], np.arange(len(board.supporters) + 1))
    prices = np.zeros(len(board.supporters), dtype=np.int64)
    for step, _ in enumerate(_raises(prices, start, target, gain)):
        if step > len(prices):
            return None
    spare = np.bincount(seats, minlength=len(prices)) < board.room
    return None if bool(np.any(prices[spare])) else prices


def _raises(prices: Whole, start: Whole, target: Whole, gain: Whole) -> Iterator[None]:
    """Raise prices in place until no move gains; gives a turn to the caller after each step."""
    changed = np.flatnonzero(np.diff(start))
    while len(changed):
        moves, begins = runs(start, changed)
        asked = gain[moves] + np.repeat(prices[changed], np.diff(begins))
        higher = asked > prices[target[moves]]
        raised = target[moves][higher]
        np.maximum.at(prices, raised, asked[higher])
        changed = np.unique(raised)
        yield
