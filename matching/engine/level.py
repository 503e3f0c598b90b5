"""Which of the equally good spreads of names: the one that turns and ids alone decide.

A newcomer would take whatever the solver returned, which may be another with its next version.
Everything that the proved prices call level is a best answer too; one of them is the first.
"""

from __future__ import annotations

from itertools import pairwise
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
        self.free = {node for node in nodes if prices[node] == 0}
        # Where a step may lead, and from where: from a family to a name it has not, from a
        # name to the family that has it.
        self.steps: dict[int, set[int]] = {node: set() for node in nodes}
        self.back: dict[int, set[int]] = {node: set() for node in nodes}
        for at, (row, seat) in zip(self.pairs, self.ends, strict=True):
            self._point(*((seat, row) if found.taken[at] else (row, seat)))

    def settle(self, taken: Numbers) -> None:
        """Settle pair after pair, in `taken` itself."""
        family = -1
        for at, (row, seat) in zip(self.pairs, self.ends, strict=True):
            if row != family:
                family = row
                search = _Search(self, home=row)
            has = row in self.steps[seat]
            if not has:
                way = search.way(seat)
                if way:
                    self._turn(way)
                    has = True
            taken[at] = has
            self._forget(*((seat, row) if has else (row, seat)))

    def hub_takes(self, node: int) -> bool:
        """Whether a step leads from `node` to the hub."""
        used = self.used[node]
        return node in self.free and (used > 0 if node < self.rows else used < self.room[node])

    def hub_gives(self, node: int) -> bool:
        """Whether a step leads from the hub to `node`."""
        used = self.used[node]
        return node in self.free and (used < self.room[node] if node < self.rows else used > 0)

    def _point(self, start: int, end: int) -> None:
        self.steps[start].add(end)
        self.back[end].add(start)

    def _forget(self, start: int, end: int) -> None:
        self.steps[start].discard(end)
        self.back[end].discard(start)

    def _turn(self, way: list[int]) -> None:
        """Turn the circle along `way` and back to its start: every step now leads the other way."""
        for start, end in pairwise([way[-1], *way]):
            if start == self.hub:
                self.used[end] += 1 if end < self.rows else -1
            elif end == self.hub:
                self.used[start] += -1 if start < self.rows else 1
            else:
                self._forget(start, end)
                self._point(end, start)


class _Search:
    """Looks for ways to one family, its home, from both ends at once.

    The hub may lead to thousands, so nobody walks through it: it is enough to know that one
    side can step into it and the other can be stepped to from it.
    """

    def __init__(self, circles: _Circles, *, home: int) -> None:
        self.circles = circles
        self.home = home
        # Who leads nowhere stays lost, and who does not lead home stays outside: a circle
        # that is turned later never meets them, because everybody on it leads home.
        self.lost: set[int] = set()
        self.inside: set[int] | None = None

    def way(self, start: int) -> list[int]:
        """The nodes from `start` to home, both included; empty when there is no way."""
        if start in self.lost or (self.inside is not None and start not in self.inside):
            return []
        circles = self.circles
        came, goes = {start: -1}, {self.home: -1}
        ahead, behind = [start], [self.home]
        into = start if circles.hub_takes(start) else -1
        out = self.home if circles.hub_gives(self.home) else -1
        while into < 0 or out < 0:
            if not ahead and into < 0:
                self.lost.update(came)
                return []
            if not behind and out < 0:
                self.inside = set(goes)
                return []
            if ahead and (len(ahead) <= len(behind) or not behind):
                met, ahead = _wider(ahead, came, goes, circles.steps)
                into = next(filter(circles.hub_takes, ahead), into) if into < 0 else into
            else:
                met, behind = _wider(behind, goes, came, circles.back)
                out = next(filter(circles.hub_gives, behind), out) if out < 0 else out
            if met >= 0:
                return [*_chain(met, came)[::-1], *_chain(met, goes)[1:]]
        return [*_chain(into, came)[::-1], circles.hub, *_chain(out, goes)]


def _wider(
    edge: list[int], mine: dict[int, int], theirs: dict[int, int], steps: dict[int, set[int]]
) -> tuple[int, list[int]]:
    """One step further on this side: where it meets the other (or -1), and the new edge."""
    new: list[int] = []
    for node in edge:
        for onward in steps[node]:
            if onward not in mine:
                mine[onward] = node
                if onward in theirs:
                    return onward, new
                new.append(onward)
    return -1, new


def _chain(node: int, towards: dict[int, int]) -> list[int]:
    chain = []
    while node >= 0:
        chain.append(node)
        node = towards[node]
    return chain
