"""Every pair within reach once more, found another way: for the certificate alone.

A newcomer would call `candidates.Index`. Then a pair that the index loses would be lost to the
certificate too; so this shares nothing with it but the tables and how distance is measured.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import Side
from matching.engine.tables import TOO_FAR, Tables

Rows = NDArray[np.int64]
Runs = tuple[Rows, Rows, Rows]  # whose, from where, up to but not including where

STRIP_DM = 12_000  # strips from west to east are so wide; in each, people stand from south to north
# Beyond this reach a family is measured against everybody, for it would look into most strips anyway.
FAR_M = 60_000
MIDDLE, SPAN = 1 << 27, 1 << 28  # half the earth, and all of it, are fewer decimetres than this
FAMILIES, PAIRS = 1 << 10, 1 << 14  # worked on at once


def every_pair(tables: Tables, *, most_pairs: int) -> Iterator[tuple[Rows, Rows]]:
    """All pairs of a family and a supporter that are within the reach of both, in parts.

    Each part holds all the pairs of the families in it, families ascending, a family's supporters
    in no order. About `most_pairs` pairs are looked at for a part; a single family may need more.
    Whoever's place is not known is within everybody's reach, and so are two whose distance a person
    overruled.
    """
    strips = _Strips(tables)
    held: list[tuple[Rows, Rows]] = []
    looked_at = 0
    for first in range(0, len(tables.seeking), FAMILIES):
        rows = np.arange(first, min(first + FAMILIES, len(tables.seeking)))
        whose, low, high = strips.runs(rows)
        ends = np.searchsorted(whose, rows - first, side="right")
        counts = np.diff(np.concatenate(([0], np.cumsum(high - low)))[ends], prepend=0)
        done = before = begun = 0
        for at, (end, count) in enumerate(zip(ends.tolist(), counts.tolist(), strict=True)):
            if looked_at and looked_at + count > most_pairs:
                part = slice(done, before)
                held += strips.measured((rows[whose[part]], low[part], high[part]))
                held += strips.overruled(rows[begun:at])
                if held:
                    yield _joined(held)
                held, looked_at, done, begun = [], 0, before, at
            looked_at += count
            before = end
        held += strips.measured((rows[whose[done:]], low[done:], high[done:]))
        held += strips.overruled(rows[begun:])
    if held:
        yield _joined(held)


class _Strips:
    """The supporters strip by strip; those without a place stand last."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        people = tables.supporters
        self._plane = _ground(people)
        placed = np.flatnonzero(people.placed)
        east, north = self._seen(people, placed)
        numbers = np.floor(east / STRIP_DM).astype(np.int64) * SPAN
        numbers += np.rint(north).astype(np.int64) + MIDDLE
        order = np.argsort(numbers)
        self._numbers = numbers[order]
        self._people = np.concatenate((placed[order], np.flatnonzero(~people.placed)))

    def _seen(self, side: Side, rows: Rows) -> NDArray[np.float64]:
        """How far east and north of the earth's middle, (2, rows) in decimetres."""
        return self._plane @ side.axes[:, rows]

    def runs(self, rows: Rows) -> Runs:
        """Which of `rows`, by position and in order, looks at which supporters as they stand here."""
        people = self._tables.seeking
        reach = 10.0 * people.reach_m[rows] + 20  # over, for metres and places are rounded
        everywhere = ~people.placed[rows] | (people.reach_m[rows] > FAR_M)
        whose = np.flatnonzero(~everywhere)
        east, north = self._seen(people, rows[whose])
        west_most, east_most = (
            np.floor((east + turn * reach[whose]) / STRIP_DM).astype(np.int64) for turn in (-1, 1)
        )
        which, strip = _each_of(west_most, east_most)
        whose, east, north = whose[which], east[which], north[which]
        gap = np.maximum(0, np.abs(east - (strip + 0.5) * STRIP_DM) - STRIP_DM / 2)
        half = np.sqrt(np.maximum(0, reach[whose] ** 2 - gap**2)) + 20
        low, high = (
            np.searchsorted(
                self._numbers, strip * SPAN + MIDDLE + (north + turn * half).astype(np.int64)
            )
            for turn in (-1, 1)
        )
        all_placed, everybody = len(self._numbers), len(self._people)
        nobody_knows = np.flatnonzero(everywhere)
        runs = (
            (whose, low, high),
            (nobody_knows, 0 * nobody_knows, 0 * nobody_knows + all_placed),
            # Those without a place are within everybody's reach.
            (np.arange(len(rows)), np.full(len(rows), all_placed), np.full(len(rows), everybody)),
        )
        whose, low, high = (np.concatenate(column) for column in zip(*runs, strict=True))
        some = np.flatnonzero(high > low)
        order = some[np.argsort(whose[some], kind="stable")]
        return whose[order], low[order], high[order]

    def measured(self, runs: Runs) -> Iterator[tuple[Rows, Rows]]:
        """The pairs of these runs that are within the reach of both, a few runs at a time."""
        family, low, high = runs
        first, sums = 0, np.cumsum(high - low)
        while first < len(family):
            done = sums[first - 1] if first else 0
            last = max(first + 1, int(np.searchsorted(sums, done + PAIRS, side="right")))
            which, place = _each_of(low[first:last], high[first:last] - 1)
            i, j = family[first:last].take(which), self._people.take(place)
            near = np.flatnonzero(~self._too_far(i, j))
            yield i.take(near), j.take(near)
            first = last

    def overruled(self, families: Rows) -> Iterator[tuple[Rows, Rows]]:
        """The pairs of these families beyond somebody's reach of which a person decided that they may be."""
        among = self._tables.overruled.get(TOO_FAR)
        if among is not None and len(families):
            i, j = among.of_families(families)
            beyond = np.flatnonzero(self._too_far(i, j))
            yield i[beyond], j[beyond]

    def _too_far(self, i: Rows, j: Rows) -> NDArray[np.bool_]:
        metres = self._tables.metres(i, j)
        too_far: NDArray[np.bool_] = metres > self._tables.supporters.reach_m.take(j)
        too_far |= metres > self._tables.seeking.reach_m.take(i)
        return too_far


def _ground(people: Side) -> NDArray[np.float64]:
    """East and north, (2, 3), as seen from where these people live on average."""
    middle = np.nansum(people.axes, axis=1)
    up = middle / (float(np.sqrt(middle @ middle)) or 1.0)
    east = np.array([-up[1], up[0], 0.0])
    length = float(np.sqrt(east @ east))
    # At a pole, and where there is nobody, any two directions at right angles will do.
    if length < 1e-6:
        return np.eye(2, 3)
    return np.stack((east / length, np.cross(up, east / length)))


def _each_of(first: Rows, last: Rows) -> tuple[Rows, Rows]:
    """The whole numbers from each `first` to its `last`, and whose each is."""
    lengths = last - first + 1
    whose = np.repeat(np.arange(len(first)), lengths)
    before = np.cumsum(lengths) - lengths
    return whose, np.arange(len(whose)) + (first - before).take(whose)


def _joined(parts: list[tuple[Rows, Rows]]) -> tuple[Rows, Rows]:
    i, j = (np.concatenate(side) for side in zip(*parts, strict=True))
    order = np.argsort(i, kind="stable") if np.any(np.diff(i) < 0) else slice(None)
    return i[order], j[order]
