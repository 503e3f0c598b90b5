"""The highest total score when every family here must have a seat (rule 3), with its prices.

A newcomer would trust floating point because the scores are whole numbers. That is right only
while every sum stays below 2^53; beyond it the same optimum is found in Python's own integers.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Scores = Sequence[dict[int, int]]

EXACT_FLOAT = 2**53
# Room is written out seat by seat for SciPy; past this many entries memory would hurt.
MOST_ENTRIES = 4_000_000


def best_seats(scores: Scores, room: Sequence[int]) -> tuple[list[int], list[int]]:
    """(seats, prices): a supporter's number for each family, a price for each supporter.

    The prices are whole, never below 0, and 0 wherever room is left; every family sits where
    its score less the price is highest. That is what makes the total the highest
    (linear programming duality). All families must be placeable together.
    """
    if not scores:
        return [], [0] * len(room)
    if _fits_floats(scores, room):
        seats = _seats_by_scipy(scores, room)
        prices = _prices_of(seats, scores, room)
        if prices is not None:
            return seats, prices
    return seats_by_integers(scores, room)


def seats_by_integers(scores: Scores, room: Sequence[int]) -> tuple[list[int], list[int]]:
    """The same as `best_seats`, in exact integers of any size: one cheapest path a family.

    The Hungarian method with capacities (Kuhn 1955; Edmonds and Karp 1972 for the prices).
    """
    seats = [-1] * len(scores)
    prices = [0] * len(room)
    guests: list[set[int]] = [set() for _ in room]
    for family in range(len(scores)):
        end, sender, settled, far = _cheapest_room(family, scores, room, seats, prices, guests)
        for supporter, near in settled.items():
            prices[supporter] += far - near
        place = end
        while place >= 0:
            guest = sender[place]
            before, seats[guest] = seats[guest], place
            guests[place].add(guest)
            if before >= 0:
                guests[before].discard(guest)
            place = before
    return seats, prices


def _cheapest_room(
    family: int,
    scores: Scores,
    room: Sequence[int],
    seats: Sequence[int],
    prices: Sequence[int],
    guests: Sequence[set[int]],
) -> tuple[int, dict[int, int], dict[int, int], int]:
    """Dijkstra over supporters: (where room is, who moves where, loss to each, loss to room)."""
    sender: dict[int, int] = {}
    best: dict[int, int] = {}
    settled: dict[int, int] = {}
    heap: list[tuple[int, int]] = []

    def look_from(guest: int, loss: int, margin: int) -> None:
        for supporter, score in scores[guest].items():
            through = loss + margin - (score - prices[supporter])
            if supporter not in settled and through < best.get(supporter, through + 1):
                best[supporter] = through
                sender[supporter] = guest
                heapq.heappush(heap, (through, supporter))

    look_from(family, 0, max(score - prices[s] for s, score in scores[family].items()))
    while heap:
        loss, supporter = heapq.heappop(heap)
        if supporter in settled:
            continue
        if len(guests[supporter]) < room[supporter]:
            return supporter, sender, settled, loss
        settled[supporter] = loss
        for guest in guests[supporter]:
            look_from(guest, loss, scores[guest][supporter] - prices[supporter])
    raise ValueError("These families cannot all be placed together.")


def _fits_floats(scores: Scores, room: Sequence[int]) -> bool:
    highest = max(max(row.values()) for row in scores)
    lowest = min(min(row.values()) for row in scores)
    entries = sum(room[supporter] for row in scores for supporter in row)
    # Every number inside the solver is a sum of at most one cost a family, taken twice.
    return 4 * (len(scores) + 1) * (highest - lowest + 1) < EXACT_FLOAT and entries <= MOST_ENTRIES


def _seats_by_scipy(scores: Scores, room: Sequence[int]) -> list[int]:
    first = np.concatenate(([0], np.cumsum(room)))
    owner = np.repeat(np.arange(len(room)), room)
    highest = max(max(row.values()) for row in scores)
    columns: list[int] = []
    costs: list[int] = []
    starts = [0]
    for row in scores:
        for supporter in sorted(row):
            seats = range(int(first[supporter]), int(first[supporter + 1]))
            columns.extend(seats)
            # At least 1, because SciPy reads a stored 0 as no pair at all.
            costs.extend([highest - row[supporter] + 1] * len(seats))
        starts.append(len(columns))
    graph = csr_array(
        (np.array(costs, dtype=np.float64), np.array(columns), np.array(starts)),
        shape=(len(scores), len(owner)),
    )
    rows, chosen = min_weight_full_bipartite_matching(graph)
    seats_of = np.empty(len(scores), dtype=np.int64)
    seats_of[rows] = owner[chosen]
    return [int(seat) for seat in seats_of]


def _prices_of(seats: Sequence[int], scores: Scores, room: Sequence[int]) -> list[int] | None:
    """The lowest prices that keep every family where it sits, or None when there are none.

    A family that would gain by moving raises the price there, again and again until nobody
    would. If that never ends, or prices a seat that is free, the seats were not the best.
    """
    moves = [
        (seats[family], supporter, score - row[seats[family]])
        for family, row in enumerate(scores)
        for supporter, score in row.items()
    ]
    source, target, gain = (np.array(part, dtype=np.int64) for part in zip(*moves, strict=True))
    prices = np.zeros(len(room), dtype=np.int64)
    for _ in range(len(room) + 1):
        raised = prices.copy()
        np.maximum.at(raised, target, prices[source] + gain)
        if np.array_equal(raised, prices):
            taken = np.bincount(np.array(seats), minlength=len(room))
            spare = taken < np.array(room)
            return None if bool(np.any(prices[spare])) else [int(price) for price in prices]
        prices = raised
    return None
