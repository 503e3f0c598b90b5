"""Which of the equally good answers: the one that ids alone decide (rule 4).

A newcomer would take whatever the solver returned. Solvers break ties by the order in which
they happen to read; here the first family in turn gets the lowest supporter id it has in any
best answer, then the second given the first, and so on: there is only one such answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.engine.board import Board, Whole


def settle(
    board: Board, seats: Whole, prices: Whole, *, since: tuple[Whole, Whole] | None = None
) -> Whole:
    """The seats of the one canonical best answer, from any best answer and its prices.

    A family that is not placed has the seat -1. `since`: the seats and prices of an answer that was
    settled, on the same board, of which this one is a change: only rings that changed are settled.

    Every best answer seats families only where score less price is highest ("level" pairs)
    and leaves no priced seat free (complementary slackness), and everything of that kind is a
    best answer. So it is enough to move along level pairs, and free room may move only
    between supporters whose price is 0.
    """
    family, other = _level(board, seats, prices)
    unpriced = np.asarray(prices == 0, dtype=bool)
    spare = board.room - np.bincount(seats[seats >= 0], minlength=len(board.room))
    ring = _rings(seats[family], other, unpriced, spare > 0)
    # A move that no ring of moves leads back from is in no best answer.
    useful = ring[seats[family]] == ring[other]
    family, other = family[useful], other[useful]
    # A ring where everybody has the lowest id within reach is settled as it is.
    open_ = np.unique(ring[other[other < seats[family]]])
    if since is not None:
        open_ = np.intersect1d(open_, ring[_changed(board, since, (seats, prices))])
    stirred = np.isin(ring[other], open_)
    table = _Table(seats, spare, unpriced, family[stirred], other[stirred], ring)
    for one in sorted(table.level):
        table.lower(one)
    return np.array(table.seats, dtype=np.int64)


def _level(board: Board, seats: Whole, prices: Whole) -> tuple[Whole, Whole]:
    """(families, supporters elsewhere) of the pairs as good as the seat the family has."""
    family = board.family
    after = board.score - prices[board.supporter]
    sits = board.supporter == seats[family]
    own = np.zeros(len(board.families), dtype=after.dtype)
    own[family[sits]] = after[sits]
    level = np.asarray(after == own[family], dtype=bool) & ~sits & (seats[family] >= 0)
    return family[level], board.supporter[level]


def _changed(board: Board, since: tuple[Whole, Whole], now: tuple[Whole, Whole]) -> Whole:
    """The supporters to whom a level pair leads that did not before, and those with a new guest.

    A ring with neither had all its moves before, so whatever may happen within it might have
    happened then too, and what ids decided in there stands.
    """
    count = len(board.room)
    then, there = (
        family * count + other for family, other in (_level(board, *since), _level(board, *now))
    )
    came = now[0][now[0] != since[0]]
    return np.concatenate((np.setdiff1d(there, then) % count, came[came >= 0]))


def _rings(
    source: Whole, target: Whole, unpriced: NDArray[np.bool_], spare: NDArray[np.bool_]
) -> Whole:
    """A number for each supporter, equal where moves lead there and back again.

    All free room is one more node: a place that is free may be given up for any other that
    costs nothing.
    """
    pool = len(unpriced)
    free, cheap = np.flatnonzero(spare), np.flatnonzero(unpriced)
    rows = np.concatenate((source, free, np.full(len(cheap), pool)))
    columns = np.concatenate((target, np.full(len(free), pool), cheap))
    graph = coo_array(
        (np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(pool + 1, pool + 1)
    )
    labels: Whole = connected_components(graph, directed=True, connection="strong")[1]
    return labels


class _Table:
    """Who sits where while the ties are settled, families already settled taken out."""

    def __init__(
        self,
        seats: Whole,
        spare: Whole,
        unpriced: NDArray[np.bool_],
        family: Whole,
        other: Whole,
        ring: Whole,
    ) -> None:
        self.seats: list[int] = seats.tolist()
        self.spare: list[int] = spare.tolist()
        self.unpriced: list[bool] = unpriced.tolist()
        self.level: dict[int, set[int]] = {}
        for one, place in zip(family.tolist(), other.tolist(), strict=True):
            self.level.setdefault(one, {self.seats[one]}).add(place)
        self.guests: dict[int, set[int]] = {}
        for one in self.level:
            self.guests.setdefault(self.seats[one], set()).add(one)
        moves = {place for places in self.level.values() for place in places}
        self.zone: list[int] = ring.tolist()
        self.zones = len(self.zone) + 1
        self.pool = sorted(place for place in moves if self.unpriced[place])

    def lower(self, family: int) -> None:
        """Move `family` to the lowest id it can have, then take it out for good."""
        home = self.seats[family]
        self.guests[home].discard(family)
        for place in sorted(place for place in self.level[family] if place < home):
            if self.zone[place] != self.zone[home]:
                continue
            came = self._way(place, home)
            if home in came:
                self._move(came, place, home)
                self.seats[family] = place
                return
            # Nobody in there can leave, so nobody can move in any more: two worlds from now on.
            self.zones += 1
            for one in came:
                self.zone[one] = self.zones

    def _way(self, start: int, home: int) -> dict[int, int]:
        """Pass one place on from `start` until it fills `home` again: whence each place is reached."""
        came = {start: start}
        queue = [start]
        pooled = False
        for place in queue:
            onward: Sequence[int] = [
                following for guest in self.guests.get(place, ()) for following in self.level[guest]
            ]
            if self.spare[place] and not pooled:
                pooled = True
                onward = [*onward, *self.pool]
            for following in onward:
                if following not in came and self.zone[following] == self.zone[home]:
                    came[following] = place
                    if following == home:
                        return came
                    queue.append(following)
        return came

    def _move(self, came: dict[int, int], start: int, home: int) -> None:
        place = home
        while place != start:
            before = came[place]
            guest = next(
                (one for one in sorted(self.guests.get(before, ())) if place in self.level[one]),
                None,
            )
            if guest is None:
                self.spare[before] -= 1
                self.spare[place] += 1
            else:
                self.guests[before].discard(guest)
                self.guests.setdefault(place, set()).add(guest)
                self.seats[guest] = place
            place = before
