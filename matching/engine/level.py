"""Which of the equally good spreads of names: the one that turns and ids alone decide.

A newcomer would take whatever the solver returned, which may be another with its next version.
Everything that the proved prices call level is a best answer too; one of them is the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from matching.engine.spreading import Numbers, Proved, Spread


def settle_names(spread: Spread, found: Proved) -> Numbers:
    """The pairs of the one canonical best answer, from any best answer and its prices.

    A pair worth more than its two prices is taken in every best answer, and one worth less in
    none; whoever has a price is full in all. So best answers differ by rounds of level steps
    only: a family takes a name, its supporter leaves another list, and so on until the
    circle closes. The free places that cost nothing count as one more stop on the way (the
    hub). Pairs are settled in turn: taken if any best answer takes them, those before kept.
    """
    over = found.worth - found.row_price[spread.row] - found.seat_price[spread.seat]
    level = np.flatnonzero(over == 0)
    taken = found.taken.copy()
    if len(level):
        open_pairs = level[_on_a_circle(spread, found, level)]
        if len(open_pairs):
            _Circles(spread, found, open_pairs).settle(taken)
    return taken


def _on_a_circle(spread: Spread, found: Proved, level: Numbers) -> Numbers:
    """Which of the level pairs differ between best answers: those within a strong component."""
    rows, seats = len(spread.places), len(spread.left)
    hub = rows + seats
    row, seat, taken = spread.row[level], spread.seat[level] + rows, found.taken[level]
    names, shows = _counts(spread, found.taken)
    free_row, free_seat = found.row_price == 0, found.seat_price == 0
    arcs = [
        (np.where(taken, seat, row), np.where(taken, row, seat)),
        _to(hub, np.flatnonzero(free_row & (names > 0))),
        _from(hub, np.flatnonzero(free_row & (names < spread.places))),
        _to(hub, np.flatnonzero(free_seat & (shows < spread.left)) + rows),
        _from(hub, np.flatnonzero(free_seat & (shows > 0)) + rows),
    ]
    source = np.concatenate([one for one, _ in arcs])
    target = np.concatenate([one for _, one in arcs])
    graph = coo_array((np.ones(len(source), dtype=np.int8), (source, target)), (hub + 1, hub + 1))
    labels = connected_components(graph.tocsr(), directed=True, connection="strong")[1]
    same: Numbers = labels[row] == labels[seat]
    return same


def _to(hub: int, nodes: Numbers) -> tuple[Numbers, Numbers]:
    return nodes, np.full(len(nodes), hub)


def _from(hub: int, nodes: Numbers) -> tuple[Numbers, Numbers]:
    return np.full(len(nodes), hub), nodes


def _counts(spread: Spread, taken: Numbers) -> tuple[Numbers, Numbers]:
    return (
        np.bincount(spread.row[taken], minlength=len(spread.places)),
        np.bincount(spread.seat[taken], minlength=len(spread.left)),
    )


class _Circles:
    """The level pairs still open: families from 0, supporters after them, then the hub."""

    def __init__(self, spread: Spread, found: Proved, open_pairs: Numbers) -> None:
        self.rows = len(spread.places)
        self.hub = self.rows + len(spread.left)
        self.pairs = open_pairs.tolist()
        self.ends = [
            (row, seat + self.rows)
            for row, seat in zip(
                spread.row[open_pairs].tolist(), spread.seat[open_pairs].tolist(), strict=True
            )
        ]
        self.room: list[int] = [*spread.places.tolist(), *spread.left.tolist()]
        names, shows = _counts(spread, found.taken)
        self.used: list[int] = [*names.tolist(), *shows.tolist()]
        prices = [*found.row_price.tolist(), *found.seat_price.tolist()]
        nodes = sorted({node for ends in self.ends for node in ends})
        self.free = [node for node in nodes if prices[node] == 0]
        self.is_free = set(self.free)
        # Where a step may lead: from a family to a name not taken, from a name to its family.
        self.steps: dict[int, set[int]] = {node: set() for node in nodes}
        for at, (row, seat) in zip(self.pairs, self.ends, strict=True):
            start, end = (seat, row) if found.taken[at] else (row, seat)
            self.steps[start].add(end)

    def settle(self, taken: Numbers) -> None:
        """Settle pair after pair, in `taken` itself."""
        lost: set[int] = set()
        family = -1
        for at, (row, seat) in zip(self.pairs, self.ends, strict=True):
            if row != family:
                family, lost = row, set()
            has = row in self.steps[seat]
            if not has and seat not in lost:
                came = self._way(seat, row, lost)
                if came is not None:
                    self._turn(came, seat, row)
                    has = True
            taken[at] = has
            self.steps[seat].discard(row)
            self.steps[row].discard(seat)

    def _way(self, start: int, home: int, lost: set[int]) -> dict[int, int] | None:
        """How to come from `start` to `home`; what leads nowhere is added to `lost`.

        Who was lost once for this family stays lost: a circle that is turned later never
        meets them, because everybody on it leads home.
        """
        came = {start: -1}
        queue = [start]
        for node in queue:
            for onward in self._onward(node, home):
                if onward not in came and onward not in lost:
                    came[onward] = node
                    if onward == home:
                        return came
                    queue.append(onward)
        lost.update(queue)
        return None

    def _onward(self, node: int, home: int) -> list[int]:
        if node == self.hub:
            gives = self._hub_gives(home)
            return [home] if gives else [one for one in self.free if self._hub_gives(one)]
        found = [home] if home in self.steps[node] else list(self.steps[node])
        if node in self.is_free and self._hub_takes(node):
            found.append(self.hub)
        return found

    def _hub_takes(self, node: int) -> bool:
        used = self.used[node]
        return used > 0 if node < self.rows else used < self.room[node]

    def _hub_gives(self, node: int) -> bool:
        if node not in self.is_free:
            return False
        used = self.used[node]
        return used < self.room[node] if node < self.rows else used > 0

    def _turn(self, came: dict[int, int], start: int, home: int) -> None:
        """Turn the circle: from `home` to `start`, and along the way back home."""
        self.steps[home].discard(start)
        self.steps[start].add(home)
        node = home
        while node != start:
            before = came[node]
            if before == self.hub:
                self.used[node] += 1 if node < self.rows else -1
            elif node == self.hub:
                self.used[before] += -1 if before < self.rows else 1
            else:
                self.steps[before].discard(node)
                self.steps[node].add(before)
            node = before
