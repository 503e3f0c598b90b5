"""Families and supporters as columns of numbers, so that rules can be worked out for millions of pairs at once.

A newcomer would loop over profiles. Here row i of `seeking` and row j of `supporters` stand for a
pair, and rules take whole arrays of i and j. What nobody has asked keeps its own mark in every column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import (
    ANYWHERE_M,
    FURTHEST_M,
    Bits,
    Children,
    Families,
    PairSet,
    Rows,
    Sets,
    Supporters,
    children_of,
    places_of,
    sets_of,
    whole,
)
from matching.engine.terms import SeekingProfile, SupporterProfile, Term
from matching.engine.terms.profiles import Profile, metres_apart

# Up to this many pairs of kinds a rule is written out as a table: 16 MiB of small numbers.
MOST_WRITTEN_OUT = 1 << 24
# Pairs worked on at once: what is needed for these stays in the processor's own memory.
AT_ONCE = 1 << 14

# The one rule that also says who is compared at all, so whoever looks for pairs must know where it is overruled.
TOO_FAR = "too_far"

Made = TypeVar("Made")
# From kinds a and kinds b, arrays of the same length, to a small whole number for each.
Rule = Callable[[Rows, Rows], NDArray[np.int8]]


class KindLookup:
    """A rule about two kinds, numbered from 0: `kinds` of the one and `others` of the other.

    Once it has been asked often enough to pay, it is written out for every two of them, unless
    they are too many. The values are the same, and so they are when several threads ask at once:
    at worst it is written out twice.
    """

    def __init__(self, kinds: int, others: int, rule: Rule) -> None:
        self._kinds, self._others, self._rule = kinds, others, rule
        self._asked = 0
        self._table: NDArray[np.int8] | None = None

    def __call__(self, a: Rows, b: Rows) -> NDArray[np.int8]:
        """The rule's value for each two kinds."""
        self._asked += len(a)
        if self._table is None:
            if not self._kinds * self._others <= min(MOST_WRITTEN_OUT, 2 * self._asked):
                return self._rule(a, b)
            self._table = self._written_out()
        at = a * self._others
        at += b
        return self._table.take(at)

    def _written_out(self) -> NDArray[np.int8]:
        table = np.empty(self._kinds * self._others, dtype=np.int8)
        for start in range(0, len(table), AT_ONCE):
            every = np.arange(start, min(start + AT_ONCE, len(table)), dtype=np.int64)
            table[every] = self._rule(every // self._others, every % self._others)
        return table


class Lookup:
    """A rule about the kind of a family and the kind of a supporter, asked by their rows.

    `mine` and `theirs` give each row's kind.
    """

    def __init__(self, mine: Rows, theirs: Rows, rule: Rule) -> None:
        kinds, others = (int(one.max(initial=-1)) + 1 for one in (mine, theirs))
        self._by_kind = KindLookup(kinds, others, rule)
        self._mine, self._theirs = mine, theirs

    def __call__(self, i: Rows, j: Rows) -> NDArray[np.int8]:
        """The rule's value for each pair of rows."""
        return self._by_kind(self._mine.take(i), self._theirs.take(j))


@dataclass(frozen=True, eq=False)
class Tables:
    """Both sides as columns, and the pairs of rows that somebody's history concerns.

    `own` are a household's pairs with itself; `blocked`, `ended_badly` and `known` as in the
    profiles, whichever side says it; `overruled` by the rule's code. `theme_close`, one row of
    bits for each kind of `supporters.lived_through`: the themes close to one of that kind.
    """

    seeking: Families
    supporters: Supporters
    own: PairSet
    blocked: PairSet
    ended_badly: PairSet
    known: PairSet
    overruled: Mapping[str, PairSet]
    theme_close: Bits
    _made: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, name: str, make: Callable[[Tables], Made]) -> Made:
        """What `make` gives for these tables, worked out the first time that it is asked for."""
        if name not in self._made:
            self._made[name] = make(self)
        made: Made = self._made[name]
        return made

    def metres(self, i: Rows, j: Rows) -> NDArray[np.float64]:
        """Whole metres between the two of each pair; NaN where a place is not known."""
        apart = self.seeking.packed_places.take(i).view(np.int32)
        apart -= self.supporters.packed_places.take(j).view(np.int32)
        x, y, z, unknown = apart.reshape(-1, 4).T
        metres = metres_apart(*(one.astype(np.float64) for one in (x, y, z)))
        metres[unknown != 0] = np.nan
        return metres


def tabulate(
    seeking: Sequence[SeekingProfile],
    supporters: Sequence[SupporterProfile],
    *,
    own: Mapping[str, str] | None = None,
) -> Tables:
    """The tables of these profiles, rows in the order given.

    `own` names for supporters that are themselves families the id of that family, so that no
    household is paired with itself. Raises ValueError when an id stands twice on a side.
    """
    rows = _numbered(seeking), _numbered(supporters)
    themes, close = _themes(seeking, supporters)
    languages, _ = sets_of([_each(seeking, "languages"), _each(supporters, "languages")])
    needs, _ = sets_of(
        [_each(seeking, "access_needs"), *(_each(supporters, one) for one in ("meets", "lacks"))]
    )
    things, _ = sets_of(
        [_each(side, one) for side in (seeking, supporters) for one in ("has", "no_to")]
        + [_each(seeking, "wishes"), _each(supporters, "offers")]
    )
    children = children_of([_each(seeking, "children"), _each(supporters, "children")])
    return Tables(
        seeking=Families(
            **_common(seeking, children[0]),
            places=places_of((one.point for one in seeking), unknown=1),
            languages=languages[0],
            has=things[0],
            no_to=things[1],
            goal_themes=themes[0],
            access_needs=needs[0],
            wishes=things[4],
        ),
        supporters=Supporters(
            **_common(supporters, children[1]),
            places=places_of((one.point for one in supporters), unknown=-1),
            languages=languages[1],
            has=things[2],
            no_to=things[3],
            lived_through=themes[1],
            offers=things[5],
            meets=needs[1],
            lacks=needs[2],
            capacity=whole(one.capacity for one in supporters),
            linked=whole(one.linked for one in supporters),
            cleared_until=whole(
                one.cleared_until.toordinal() if one.cleared_until else 0 for one in supporters
            ),
            trained=np.array(_each(supporters, "trained"), dtype=bool),
        ),
        own=PairSet.of(*rows, ((family, one) for one, family in (own or {}).items())),
        blocked=_either(seeking, supporters, rows, "blocked"),
        ended_badly=_either(seeking, supporters, rows, "ended_badly"),
        known=_either(seeking, supporters, rows, "knows"),
        overruled=_overruled(seeking, rows),
        theme_close=close,
    )


def _numbered(side: Sequence[Profile]) -> dict[str, int]:
    rows = {one.id: row for row, one in enumerate(side)}
    if len(rows) < len(side):
        raise ValueError("Everybody on a side needs an id of their own.")
    return rows


def _each(side: Sequence[Profile], name: str) -> list[Any]:
    return [getattr(one, name) for one in side]


def _common(side: Sequence[Profile], children: Children) -> dict[str, Any]:
    travel_m = (one.travel_m for one in side)
    return {
        "ids": tuple(one.id for one in side),
        "travel_m": np.array(
            [ANYWHERE_M if one is None else min(one, FURTHEST_M) for one in travel_m],
            dtype=np.float64,
        ),
        "free_times": np.array([one.free_times or 0 for one in side], dtype=np.uint32),
        "children": children,
        "paused": np.array(_each(side, "paused"), dtype=bool),
        "consents": np.array(_each(side, "consents"), dtype=bool),
    }


def _themes(
    seeking: Sequence[SeekingProfile], supporters: Sequence[SupporterProfile]
) -> tuple[list[Sets], Bits]:
    sets, themes = sets_of([_each(seeking, "goal_themes"), _each(supporters, "lived_through")])
    lived = sets[1].bits
    close = np.zeros_like(lived)
    for at, theme in enumerate(themes):
        has_it = (lived[:, at // 64] >> np.uint64(at % 64)) & np.uint64(1) == 1
        for other in _close_to(theme, themes):
            close[has_it, other // 64] |= np.uint64(1 << other % 64)
    return sets, close


def _close_to(theme: Term, themes: Sequence[Term]) -> Iterable[int]:
    return (at for at, other in enumerate(themes) if other.close_to(theme))


def _either(
    seeking: Sequence[SeekingProfile],
    supporters: Sequence[SupporterProfile],
    rows: tuple[dict[str, int], dict[str, int]],
    name: str,
) -> PairSet:
    said = [(one.id, other) for one in seeking for other in getattr(one, name)]
    said += [(other, one.id) for one in supporters for other in getattr(one, name)]
    return PairSet.of(*rows, said)


def _overruled(
    seeking: Sequence[SeekingProfile], rows: tuple[dict[str, int], dict[str, int]]
) -> dict[str, PairSet]:
    by_rule: dict[str, list[tuple[str, str]]] = {}
    for one in seeking:
        for supporter, code in one.overruled:
            by_rule.setdefault(code, []).append((one.id, supporter))
    return {code: PairSet.of(*rows, pairs) for code, pairs in by_rule.items()}
