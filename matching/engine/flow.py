"""The spread of names that is worth most, in Python's own integers: exact at any size of number.

A newcomer would use this everywhere, since it is exact, or nowhere, since it is Python. Where most
find a place at once it is ten times quicker than the linear programme, and where places are
scarce fifty times slower; so it is tried with patience for so many steps, and no more.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matching.engine.spreading import Numbers, Spread

# (distance, 0 for a family or 1 for a supporter, number)
_Mark = tuple[int, int, int]
_Node = tuple[int, int]


def most_worth(
    spread: Spread, worth: Numbers, *, patience: int | None = None
) -> tuple[Numbers, Numbers, Numbers] | None:
    """(taken, prices of families, prices of supporters), all whole.

    None when more than `patience` steps would be needed. One place after the other looks for
    the shortest path to somebody with room, or to a family for whom it is best to leave a
    place empty, by prices that keep every step from being a gain (Edmonds and Karp, 1972;
    Tomizawa, 1971).
    """
    flow = _Flow(spread, worth)
    for family, places in enumerate(spread.places):
        for _ in range(int(places)):
            flow.fill(family)
        if patience is not None and flow.steps_taken > patience:
            return None
    at = zip(spread.row.tolist(), spread.seat.tolist(), strict=True)
    taken = np.array([family in flow.lists[supporter] for family, supporter in at], dtype=bool)
    return (
        taken,
        np.array(flow.price[0], dtype=worth.dtype),
        np.array(flow.price[1], dtype=worth.dtype),
    )


class _Flow:
    """The lists so far, by supporter, and prices of both sides."""

    def __init__(self, spread: Spread, worth: Numbers) -> None:
        self.worth: list[dict[int, int]] = [{} for _ in spread.places]
        for family, supporter, points in zip(
            spread.row.tolist(), spread.seat.tolist(), worth.tolist(), strict=True
        ):
            self.worth[family][supporter] = int(points)
        self.steps_taken = 0
        self.left = [int(left) for left in spread.left]
        self.lists: list[set[int]] = [set() for _ in self.left]
        self.price: tuple[list[int], list[int]] = (
            [max(row.values(), default=0) for row in self.worth],
            [0] * len(self.left),
        )

    def fill(self, family: int) -> None:
        """Fill one more place of `family` as well as can be, moving names of others."""
        start = (0, family)
        came: dict[_Node, _Node] = {}
        known: dict[_Node, int] = {start: 0}
        done: dict[_Node, int] = {}
        heap: list[_Mark] = [(0, *start)]
        end, shortest = start, self.price[0][family]
        while heap and heap[0][0] < shortest:
            far, side, number = heapq.heappop(heap)
            node = (side, number)
            if node in done:
                continue
            done[node] = far
            self.steps_taken += 1
            stop = self._stopping(node)
            if stop is not None and far + stop < shortest:
                end, shortest = node, far + stop
            for onward, step in self._steps(node):
                if onward not in done and far + step < known.get(onward, far + step + 1):
                    known[onward], came[onward] = far + step, node
                    heapq.heappush(heap, (far + step, *onward))
        self._raise(done, shortest)
        self._move(end, came)

    def _stopping(self, node: _Node) -> int | None:
        """What it costs to stop here: a family leaves a place empty, a supporter has room."""
        side, number = node
        if side == 0:
            return self.price[0][number]
        return 0 if len(self.lists[number]) < self.left[number] else None

    def _steps(self, node: _Node) -> Iterator[tuple[_Node, int]]:
        side, number = node
        rows, seats = self.price
        if side == 0:
            for supporter, points in self.worth[number].items():
                if number not in self.lists[supporter]:
                    yield (1, supporter), rows[number] + seats[supporter] - points
        else:
            for family in self.lists[number]:
                yield (0, family), self.worth[family][number] - rows[family] - seats[number]

    def _raise(self, done: dict[_Node, int], shortest: int) -> None:
        for (side, number), far in done.items():
            if far < shortest:
                self.price[side][number] += (shortest - far) if side else (far - shortest)

    def _move(self, end: _Node, came: dict[_Node, _Node]) -> None:
        while end in came:
            before = came[end]
            if end[0] == 1:
                self.lists[end[1]].add(before[1])
            else:
                self.lists[before[1]].discard(end[1])
            end = before
