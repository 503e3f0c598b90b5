"""The columns that `tables.py` is made of: places, sets of terms as bits, children, named pairs.

A newcomer would give every row its own bits. Most rows share theirs with many others, so a
column says which *kind* each row is of, and rules are worked out kind by kind.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.engine.terms import Child, Point, Term
from matching.engine.terms.profiles import USUAL_TRAVEL_M

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]  # (kinds, words): bit b of word w is term 64 w + b

ANYWHERE_M = np.inf  # the travel of somebody whom nobody has asked
# Who travels further than this, many times round the earth, is kept as travelling this far: no
# rule and no point depends on more.
FURTHEST_M = 1 << 31

_Alike = tuple[int, int, frozenset[str]]  # what is compared of a child


@dataclass(frozen=True, eq=False)
class Sets:
    """A column of sets of terms. Row r is of kind `kind[r]`; a kind's terms are `bits`, their
    number `size`, and `asked` whether anybody has asked."""

    kind: Rows
    bits: Bits
    size: Rows
    asked: Flags


@dataclass(frozen=True, eq=False)
class Children:
    """A column of households with children. Row r is of kind `kind[r]`, which has `count` children
    (-1: nobody has asked): the first is child `child[0, kind]`, the second `child[1, kind]` and so on,
    0 after the last. `ages` (youngest, oldest) and `likes` describe each child from 1 on."""

    kind: Rows
    count: Rows
    child: Rows
    ages: Rows
    likes: Bits


@dataclass(frozen=True, eq=False)
class PairSet:
    """A few pairs of rows, found quickly: sorted numbers family * supporters + supporter."""

    codes: Rows
    supporters: int
    families: Flags

    @classmethod
    def of(
        cls,
        families: Mapping[str, int],
        supporters: Mapping[str, int],
        pairs: Iterable[tuple[str, str]],
    ) -> PairSet:
        """The pairs of ids whom both sides list; others concern nobody here."""
        codes = {
            families[one] * len(supporters) + supporters[two]
            for one, two in pairs
            if one in families and two in supporters
        }
        found = np.array(sorted(codes), dtype=np.int64)
        concerned = np.zeros(len(families), dtype=bool)
        concerned[found // max(len(supporters), 1)] = True
        return cls(found, len(supporters), concerned)

    def of_families(self, rows: Rows) -> tuple[Rows, Rows]:
        """These families' pairs among them, ascending: rows of families and of supporters."""
        theirs = self.codes[np.isin(self.codes // max(self.supporters, 1), rows)]
        return theirs // max(self.supporters, 1), theirs % max(self.supporters, 1)

    def holds(self, i: Rows, j: Rows) -> Flags:
        """Whether each pair is one of these."""
        if not len(self.codes):
            return np.zeros(len(i), dtype=bool)
        held = self.families.take(i)
        maybe = np.flatnonzero(held)
        asked = i[maybe] * self.supporters + j[maybe]
        at = np.searchsorted(self.codes, asked)
        held[maybe] = self.codes.take(at, mode="clip") == asked
        return held


@dataclass(frozen=True, eq=False, kw_only=True)
class Side:
    """What both sides have, one entry a row. `places`, (rows, 4): whole decimetres from the middle
    of the earth along three axes, and a mark that is 0 where the place is known, else 1 for a family
    and -1 for a supporter, so that two marks differ unless both are known; `travel_m`: `ANYWHERE_M`
    where nobody has asked; `free_times`: 21 bits, 0 where nobody has asked."""

    ids: tuple[str, ...]
    places: NDArray[np.int32]
    travel_m: Floats
    languages: Sets
    free_times: NDArray[np.uint32]
    children: Children
    has: Sets
    no_to: Sets
    paused: Flags
    consents: Flags

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def reach_m(self) -> Floats:
        """How far to look for each: their travel, or the usual one where nobody has asked."""
        return np.where(self.travel_m == ANYWHERE_M, float(USUAL_TRAVEL_M), self.travel_m)

    @cached_property
    def placed(self) -> Flags:
        """Whether each row's place is known."""
        known: Flags = self.places[:, 3] == 0
        return known

    @cached_property
    def axes(self) -> Floats:
        """The coordinates axis by axis, (3, rows), in decimetres; NaN where the place is not known."""
        axes = self.places[:, :3].T.astype(np.float64)
        axes[:, ~self.placed] = np.nan
        return axes

    @cached_property
    def packed_places(self) -> NDArray[np.complex128]:
        """`places` with the four numbers of a row in one of 16 bytes: fetched in one go, not in four."""
        return np.ascontiguousarray(self.places).view(np.complex128).reshape(-1)


@dataclass(frozen=True, eq=False, kw_only=True)
class Families(Side):
    """The seeking families."""

    goal_themes: Sets
    access_needs: Sets
    wishes: Sets


@dataclass(frozen=True, eq=False, kw_only=True)
class Supporters(Side):
    """The supporters. `cleared_until` is a day's number (`date.toordinal`), 0 for never."""

    lived_through: Sets
    offers: Sets
    meets: Sets
    lacks: Sets
    capacity: Rows
    linked: Rows
    cleared_until: Rows
    trained: Flags


def whole(numbers: Iterable[int]) -> Rows:
    """Whole numbers as a column."""
    return np.fromiter(numbers, dtype=np.int64)


def places_of(points: Iterable[Point | None], unknown: int) -> NDArray[np.int32]:
    """The points as `Side.places`, with this mark for those not known."""
    nowhere = (0, 0, 0, unknown)
    listed = [nowhere if point is None else (*point.coordinates, 0) for point in points]
    return np.array(listed, dtype=np.int32).reshape(-1, 4)


def sets_of(columns: Sequence[Sequence[frozenset[Term] | None]]) -> tuple[list[Sets], list[Term]]:
    """Columns over one vocabulary, and that vocabulary in the order of its bits."""
    distinct = [list(dict.fromkeys(column)) for column in columns]
    named = [term for kinds in distinct for kind in kinds for term in kind or ()]
    # One code should always have one parent; where it has not, the answer is the same in any order.
    terms = sorted(
        {term.code: term for term in sorted(named, key=lambda term: term.parent)}.values()
    )
    place: dict[Hashable, int] = {term: at for at, term in enumerate(terms)}
    return [
        Sets(
            kind=_kinds(column, kinds),
            bits=_bits(kinds, place),
            size=whole(len(kind or ()) for kind in kinds),
            asked=np.array([kind is not None for kind in kinds], dtype=bool),
        )
        for column, kinds in zip(columns, distinct, strict=True)
    ], terms


def children_of(columns: Sequence[Sequence[tuple[Child, ...] | None]]) -> list[Children]:
    """Columns of children whose likes stand for the same words."""
    alike = [[_alike(one) for one in column] for column in columns]
    said = (child for column in alike for one in column for child in one or ())
    words = sorted({like for child in said for like in child[2]})
    place: dict[Hashable, int] = {like: at for at, like in enumerate(words)}
    return [_children(column, place) for column in alike]


def _alike(children: tuple[Child, ...] | None) -> tuple[_Alike, ...] | None:
    if children is None:
        return None
    return tuple((child.youngest, child.oldest, child.likes) for child in children)


def _children(
    column: Sequence[tuple[_Alike, ...] | None], place: Mapping[Hashable, int]
) -> Children:
    households = list(dict.fromkeys(column))
    nobody: _Alike = (-1, -1, frozenset())
    distinct = dict.fromkeys(child for one in households for child in one or ())
    number = {child: at for at, child in enumerate(distinct, start=1)}
    count = whole(-1 if one is None else len(one) for one in households)
    there = np.arange(int(count.max(initial=0))) < count[:, None]
    child = np.zeros(there.shape, dtype=np.int64)
    child[there] = whole(number[child] for one in households for child in one or ())
    return Children(
        kind=_kinds(column, households),
        count=count,
        child=np.ascontiguousarray(child.T),
        ages=np.array([one[:2] for one in (nobody, *distinct)], dtype=np.int64),
        likes=_bits([one[2] for one in (nobody, *distinct)], place),
    )


def _kinds(column: Sequence[Hashable], kinds: Sequence[Hashable]) -> Rows:
    number = {kind: at for at, kind in enumerate(kinds)}
    return whole(number[one] for one in column)


def _bits(kinds: Sequence[frozenset[Hashable] | None], place: Mapping[Hashable, int]) -> Bits:
    bits = np.zeros((len(kinds), max(1, -(-len(place) // 64))), dtype=np.uint64)
    for row, kind in enumerate(kinds):
        for one in kind or ():
            word, bit = divmod(place[one], 64)
            bits[row, word] |= np.uint64(1 << bit)
    return bits
