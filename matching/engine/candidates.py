"""Who lives near enough to be compared, without comparing everybody with everybody.

A newcomer would loop over all pairs: a county has a hundred million. Supporters are sorted once
into bands and, inside a band, from one end to the other; a family then looks up one short stretch
in each band within its reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import Families, Floats, Rows
from matching.engine.tables import AT_ONCE, TOO_FAR, Tables

BAND_DM = 15_000  # how high a band is
# Distances are rounded to whole metres, so look a metre further; measuring settles who is near.
MARGIN_DM = 10


class _Stretches(NamedTuple):
    """Parts of the sorted supporters, [start, end), that the family at position `at` of some rows looks at."""

    at: Rows
    start: Rows
    end: Rows


class Index:
    """The supporters of some tables by where they live."""

    def __init__(self, tables: Tables) -> None:
        people = tables.supporters
        self._tables = tables
        self._axes = _plane(people.axes[:, people.placed])
        placed = np.flatnonzero(people.placed)
        along, across = self._axes @ people.axes[:, placed]
        self._bands, order = _Bands.of(along, across, float(people.reach_m.max(initial=0.0)))
        # Whoever's place is not known stands last, and every family looks there.
        self._placed = len(placed)
        self._sorted = np.concatenate((placed[order], np.flatnonzero(~people.placed)))

    def within(self, rows: Rows) -> tuple[Rows, Rows]:
        """All pairs of these families and supporters that are within the reach of both.

        Gives rows of families and of supporters: families in the order given, a family's
        supporters ascending. Whoever's place is not known is paired with everybody, and who was
        not asked about travel reaches `USUAL_TRAVEL_M`. Where a person overruled the distance, the
        two are among them however far apart.
        """
        look = self._stretches(rows)
        upto = np.searchsorted(look.at, np.arange(len(rows)), side="right")
        so_far = np.concatenate(([0], np.cumsum(look.end - look.start)))[upto]
        # Room for all that is looked at: one large piece of memory is had more quickly than many.
        i, j = np.empty((2, so_far[-1] if len(rows) else 0), dtype=np.int64)
        first = found = 0
        for last in _cuts(so_far, AT_ONCE):
            part = slice(upto[first - 1] if first else 0, upto[last - 1])
            at, other = self._near(rows, _Stretches(*(column[part] for column in look)))
            i[found : found + len(at)], j[found : found + len(at)] = at, other
            first, found = last, found + len(at)
        return self._and_overruled(rows, i[:found], j[:found])

    def _and_overruled(self, rows: Rows, i: Rows, j: Rows) -> tuple[Rows, Rows]:
        """The same pairs, and those of these families whose distance a person overruled."""
        overruled = self._tables.overruled.get(TOO_FAR)
        if overruled is None or not overruled.families[rows].any():
            return i, j
        further, other = overruled.of_families(rows)
        place = np.empty(len(self._tables.seeking), dtype=np.int64)
        place[rows] = np.arange(len(rows))
        many = len(self._tables.supporters)
        codes = np.union1d(place[i] * many + j, place[further] * many + other)
        return rows[codes // many], codes % many

    def seen_from(self, seeking: Families) -> Index:
        """The same supporters, sorted once, with these families in place of the tables' own.

        Only places are looked at: nothing that anybody decided about single pairs is known of these families.
        """
        other = copy(self)
        other._tables = replace(self._tables, seeking=seeking, overruled={})
        return other

    def blocks(self, most_pairs: int) -> Iterator[Rows]:
        """All families in order, cut so that no block looks at more than `most_pairs` pairs.

        A single family with more than that is a block of its own.
        """
        families = len(self._tables.seeking)
        for start in range(0, families, AT_ONCE):
            rows = np.arange(start, min(start + AT_ONCE, families))
            look = self._stretches(rows)
            most = np.bincount(look.at, weights=look.end - look.start, minlength=len(rows))
            first = 0
            for last in _cuts(np.cumsum(most), most_pairs):
                yield rows[first:last]
                first = last

    def _stretches(self, rows: Rows) -> _Stretches:
        people = self._tables.seeking
        placed, nowhere = (np.flatnonzero(people.placed[rows] == there) for there in (True, False))
        theirs = rows[placed]
        along, across = self._axes @ people.axes[:, theirs]
        at, start, end = self._bands.stretches(along, across, people.reach_m[theirs])
        found = [_Stretches(placed[at], start, end)]
        everybody = len(self._sorted)
        if self._placed < everybody:
            found.append(_constant(placed, self._placed, everybody))
        found.append(_constant(nowhere, 0, everybody))
        at, starts, ends = (np.concatenate(column) for column in zip(*found, strict=True))
        # Small numbers sort many times as quickly as large ones.
        order = np.argsort(at.astype(np.min_scalar_type(len(rows))), kind="stable")
        return _Stretches(at[order], starts[order], ends[order])

    def _near(self, rows: Rows, look: _Stretches) -> tuple[Rows, Rows]:
        """The pairs of some families' stretches that are within both sides' reach, sorted."""
        one, two = self._tables.seeking, self._tables.supporters
        which, place = _spelled_out(look.start, look.end)
        at, j = look.at.take(which), self._sorted.take(place)
        i = rows.take(at)
        metres = self._tables.metres(i, j)
        # Asked this way round, because not known (NaN) is not too far.
        beyond = metres > one.reach_m.take(i)
        beyond |= metres > two.reach_m.take(j)
        near = np.flatnonzero(~beyond)
        codes = at.take(near) * len(two) + j.take(near)
        codes.sort()
        at = codes // max(len(two), 1)
        codes -= at * len(two)
        return rows.take(at), codes


class _Bands(NamedTuple):
    """Supporters band by band along one axis, and in a band along the other.

    `places` is the number of a band times `width` plus the place in the band, so that one look-up
    finds both; `furthest_m` is how far any of them reaches.
    """

    furthest_m: float
    heights: Floats
    west: float
    width: float
    places: Floats

    @classmethod
    def of(cls, along: Floats, across: Floats, furthest_m: float) -> tuple[_Bands, Rows]:
        """The bands of supporters at these decimetres along two axes, and the order they stand in."""
        heights = np.floor(along / BAND_DM)
        order = np.lexsort((across, heights))
        west = float(across.min()) if len(across) else 0.0
        width = float(across.max(initial=west)) - west + 2
        distinct, band = np.unique(heights[order], return_inverse=True)
        return cls(furthest_m, distinct, west, width, band * width + (across[order] - west)), order

    def stretches(self, along: Floats, across: Floats, reach_m: Floats) -> _Stretches:
        """Where families at these places look, `at` being their position in what is given."""
        reach = 10 * np.minimum(reach_m, self.furthest_m) + MARGIN_DM
        first = np.searchsorted(self.heights, np.floor((along - reach) / BAND_DM))
        last = np.searchsorted(self.heights, np.floor((along + reach) / BAND_DM), side="right")
        at, band = _spelled_out(first, last)
        floor = self.heights[band] * BAND_DM
        away = np.maximum(np.maximum(floor - along[at], along[at] - floor - BAND_DM), 0)
        half = np.sqrt(np.maximum(reach[at] ** 2 - away**2, 0)) + MARGIN_DM
        middle = across[at] - self.west
        west, east = (
            band * self.width + np.clip(edge, -1, self.width - 1)
            for edge in (middle - half, middle + half)
        )
        start = np.searchsorted(self.places, west, side="left")
        end = np.searchsorted(self.places, east, side="right")
        there = np.flatnonzero(end > start)
        return _Stretches(at[there], start[there], end[there])


def _plane(places: Floats) -> Floats:
    """Two directions at right angles, (2, 3): those along which the places differ most.

    Nobody is further away along them than in truth, so looking by them loses nobody.
    """
    if not places.shape[1]:
        return np.eye(2, 3)
    _sizes, directions = np.linalg.eigh(np.cov(places, bias=True))
    plane: Floats = directions[:, :0:-1].T
    return plane


def _constant(at: Rows, start: int, end: int) -> _Stretches:
    return _Stretches(at, np.full(len(at), start), np.full(len(at), end))


def _cuts(so_far: NDArray[Any], most: int) -> Iterator[int]:
    """Where to cut a list whose running sum is given, so that parts of more than one come to `most`."""
    first, before = 0, 0.0
    while first < len(so_far):
        last = int(np.searchsorted(so_far, before + most, side="right"))
        first = max(last, first + 1)
        before = float(so_far[first - 1])
        yield first


def _spelled_out(start: Rows, end: Rows) -> tuple[Rows, Rows]:
    """Every number of every [start, end), and which of the stretches each belongs to."""
    lengths = np.maximum(end - start, 0)
    which = np.repeat(np.arange(len(start)), lengths)
    shift = start - (np.cumsum(lengths) - lengths)
    return which, np.arange(len(which)) + shift.take(which)
