"""Every pair within reach once more, found another way: for the certificate alone.

A newcomer would call `candidates.Index`. Then a pair that the index loses would be lost to the
certificate too; so this shares nothing with it but the tables and how distance is measured.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.engine.columns import Floats, Rows
from matching.engine.tables import Tables

CUBE_DM = 20_000  # the side of a cube of the lattice: 2 km
# Beyond this reach a family is measured against everybody, for it would look into most cubes anyway.
FAR_M = 30_000
CUBES_ACROSS = 1 << 14  # more than the earth has in any direction (6,372), with room around


def every_pair(tables: Tables, *, most_pairs: int) -> Iterator[tuple[Rows, Rows]]:
    """All pairs of a family and a supporter that are within the reach of both, in parts.

    Each part holds all the pairs of the families in it, families ascending, a family's supporters
    in no order. About `most_pairs` pairs are looked at for a part; a single family may need more.
    Whoever's place is not known is within everybody's reach.
    """
    lattice = _Lattice(tables)
    start, families = 0, len(tables.seeking)
    step = 1 << 12
    while start < families:
        rows = np.arange(start, min(start + step, families))
        family, low, high = lattice.runs(rows)
        upto = np.searchsorted(family, np.arange(len(rows)), side="right")
        looked_at = np.concatenate(([0], np.cumsum(high - low)))[upto]
        looked_at += len(lattice.unplaced) * np.arange(1, len(rows) + 1)
        fit = max(1, int(np.searchsorted(looked_at, most_pairs, side="right")))
        runs = slice(0, upto[fit - 1])
        yield _measured(tables, lattice, rows[:fit], (family[runs], low[runs], high[runs]))
        start += fit
        step = min(1 << 12, 2 * fit)


class _Lattice:
    """The supporters in cubes of space, sorted cube by cube, along z first."""

    def __init__(self, tables: Tables) -> None:
        people = tables.supporters
        self._tables = tables
        self.unplaced = np.flatnonzero(np.isnan(people.x))
        placed = np.flatnonzero(~np.isnan(people.x))
        cubes = [_cube(axis[placed]) for axis in (people.x, people.y, people.z)]
        numbers = (cubes[0] * CUBES_ACROSS + cubes[1]) * CUBES_ACROSS + cubes[2]
        order = np.argsort(numbers, kind="stable")
        self._numbers = numbers[order]
        self.people = placed[order]

    def runs(self, rows: Rows) -> tuple[Rows, Rows, Rows]:
        """Which of `rows` should look where: its position, and a run [low, high) of `people`."""
        people = self._tables.seeking
        reach_m = people.reach_m[rows]
        all_of_them = np.isnan(people.x[rows]) | (reach_m > FAR_M)
        whole = np.flatnonzero(all_of_them)
        some = np.flatnonzero(~all_of_them)
        reach = 10 * reach_m[some] + 10  # a metre over, for distances are rounded
        x, y, z = (axis[rows[some]] for axis in (people.x, people.y, people.z))
        at, across = _each_of(_cube(x - reach), _cube(x + reach))
        which, along = _each_of(_cube(y - reach)[at], _cube(y + reach)[at])
        at, column = at[which], across[which] * CUBES_ACROSS + along
        bottom, top = _cube(z - reach)[at], _cube(z + reach)[at]
        low = np.searchsorted(self._numbers, column * CUBES_ACROSS + bottom, side="left")
        high = np.searchsorted(self._numbers, column * CUBES_ACROSS + top, side="right")
        family = np.concatenate((some[at], whole))
        order = np.argsort(family, kind="stable")
        return (
            family[order],
            np.concatenate((low, np.zeros(len(whole), dtype=np.int64)))[order],
            np.concatenate((high, np.full(len(whole), len(self.people))))[order],
        )


def _measured(
    tables: Tables, lattice: _Lattice, rows: Rows, runs: tuple[Rows, Rows, Rows]
) -> tuple[Rows, Rows]:
    """The pairs of these runs within reach of both, and everybody with the unplaced."""
    family, low, high = runs
    run, place = _each_of(low, high - 1)
    i, j = rows[family[run]], lattice.people[place]
    metres = tables.metres(i, j)
    near = ~((metres > tables.seeking.reach_m[i]) | (metres > tables.supporters.reach_m[j]))
    i, j = i[near], j[near]
    if not len(lattice.unplaced):
        return i, j
    i = np.concatenate((i, np.repeat(rows, len(lattice.unplaced))))
    j = np.concatenate((j, np.tile(lattice.unplaced, len(rows))))
    order = np.argsort(i, kind="stable")
    return i[order], j[order]


def _cube(decimetres: Floats) -> Rows:
    """The number of the cube along one axis; always between 0 and CUBES_ACROSS."""
    return np.floor(decimetres / CUBE_DM).astype(np.int64) + CUBES_ACROSS // 2


def _each_of(first: Rows, last: Rows) -> tuple[Rows, Rows]:
    """The whole numbers from each `first` to its `last`, and whose each is."""
    lengths = last - first + 1
    owner = np.repeat(np.arange(len(first)), lengths)
    ends = np.cumsum(lengths)
    return owner, np.arange(len(owner)) - (ends - lengths)[owner] + first[owner]
