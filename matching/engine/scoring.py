"""How well two suit, in whole points that can be read out: parts of 0 to 100 times a weight.

A newcomer would turn what is not known into 0. Not known is its own state (-1 in arrays, None in
a `Part`): it counts in neither the total nor what it is out of, and tells the coach what to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from matching.engine import words
from matching.engine.columns import Bits, Children, Rows, Sets
from matching.engine.tables import AT_ONCE, KindLookup, Lookup, Tables, tabulate
from matching.engine.terms import Part, Score, SeekingProfile, SupporterProfile, Weights

FEW = 2  # children; any further ones are looked up for the households that have them

Values = NDArray[np.int8]  # 0 to 100, -1 for not known


@dataclass(frozen=True, slots=True)
class Judge:
    """One part: `values` for any pairs of rows, and `words` about one pair and its value.

    `match_from`: the lowest value that is called a match. Where things are counted off a list, all of
    them: "does not speak Arabic" is no match, however high the share of the others.
    """

    code: str
    label: str
    values: Callable[[Tables, Rows, Rows], Values]
    words: Callable[[SeekingProfile, SupporterProfile, int | None], str]
    match_from: int = 60


def totals(tables: Tables, i: Rows, j: Rows, weights: Weights) -> NDArray[np.int64]:
    """The total of each pair of family i and supporter j; rows of the same length as `i` and `j`."""
    total = np.empty(len(i), dtype=np.int64)
    for start in range(0, len(i), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        points = np.zeros(len(i[part]), dtype=np.int32)
        for judge in JUDGES:
            weight = getattr(weights, judge.code)
            if weight:
                value = judge.values(tables, i[part], j[part]).astype(np.int32)
                np.maximum(value, 0, out=value)
                value *= weight
                points += value
        total[part] = points
    return total


def scores(
    tables: Tables,
    i: Rows,
    j: Rows,
    *,
    weights: Weights,
    seeking: Sequence[SeekingProfile],
    supporters: Sequence[SupporterProfile],
) -> Iterator[Score]:
    """The score of each pair with its words; the profiles stand in the order of the tables' rows."""
    columns = [judge.values(tables, i, j).tolist() for judge in JUDGES]
    pairs = zip(i.tolist(), j.tolist(), *columns, strict=True)
    for family, supporter, *values in pairs:
        yield _score(seeking[family], supporters[supporter], values, weights)


def score(
    seeking: SeekingProfile, supporter: SupporterProfile, *, weights: Weights | None = None
) -> Score:
    """The score of a pair that no hard rule stands against, with the arithmetic behind it."""
    tables, first = tabulate([seeking], [supporter]), np.zeros(1, dtype=np.int64)
    values = [int(judge.values(tables, first, first)[0]) for judge in JUDGES]
    return _score(seeking, supporter, values, weights or Weights())


def _score(
    seeking: SeekingProfile, supporter: SupporterProfile, values: Sequence[int], weights: Weights
) -> Score:
    parts = tuple(
        _part(judge, None if value < 0 else value, getattr(weights, judge.code), seeking, supporter)
        for judge, value in zip(JUDGES, values, strict=True)
    )
    return Score(
        total=sum(part.points for part in parts),
        out_of=sum(100 * part.weight for part in parts if part.value is not None),
        unknown=sum(100 * part.weight for part in parts if part.value is None),
        parts=parts,
    )


def _part(
    judge: Judge,
    value: int | None,
    weight: int,
    seeking: SeekingProfile,
    supporter: SupporterProfile,
) -> Part:
    said = judge.words(seeking, supporter, value)
    if value is None:
        return Part(judge.code, judge.label, "unknown", said, None, weight, 0)
    standing = "match" if value >= judge.match_from else "part" if value > 0 else "mismatch"
    return Part(judge.code, judge.label, standing, said, value, weight, value * weight)


# --- The parts --------------------------------------------------------------------------------


def _count(bits: Bits) -> Rows:
    """How many bits are set in each row."""
    counted: Rows = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
    return counted


def _lived_through(tables: Tables) -> Lookup:
    """The average over the family's themes: 100 for the same, 50 for one close by in the tree."""
    goals, lived = tables.seeking.goal_themes, tables.supporters.lived_through

    def value(a: Rows, b: Rows) -> Values:
        wanted, there = goals.bits[a], lived.bits[b]
        points = 100 * _count(wanted & there)
        points += 50 * _count(wanted & ~there & tables.theme_close[b])
        known = (goals.size[a] > 0) & (lived.size[b] > 0)
        return np.where(known, points // np.maximum(goals.size[a], 1), -1).astype(np.int8)

    return Lookup(goals.kind, lived.kind, value)


def _free_times(tables: Tables, i: Rows, j: Rows) -> Values:
    """30 for each part of the week both have free, up to 100."""
    mine, theirs = tables.seeking.free_times.take(i), tables.supporters.free_times.take(j)
    shared = np.minimum(np.bitwise_count(mine & theirs), np.uint8(4)).view(np.int8)
    value: Values = np.minimum(shared * np.int8(30), np.int8(100))
    value[(mine == 0) | (theirs == 0)] = -1
    return value


def _distance(tables: Tables, i: Rows, j: Rows) -> Values:
    """100 next door, falling evenly to 0 where the shorter of the two travels ends."""
    metres = tables.metres(i, j)
    limit = np.minimum(tables.seeking.travel_m.take(i), tables.supporters.travel_m.take(j))
    # Half a metre for none, so that next door is 100 there too.
    np.maximum(limit, 0.5, out=limit)
    value = np.subtract(limit, metres, out=metres)
    value *= 100
    with np.errstate(invalid="ignore"):
        value /= limit  # not a number where a place, or how far either travels, is not known
    np.maximum(value, 0, out=value)
    np.fmax(value, -1, out=value)
    # Cut to whole points: numbers this small divide exactly, or miss the next whole one by more
    # than a float can.
    return value.astype(np.int8)


def _children(tables: Tables, i: Rows, j: Rows) -> Values:
    """For each of the family's children the likeness to the nearest child over there, averaged."""
    one, two = tables.seeking.children, tables.supporters.children
    nearest = tables.once("nearest child", _nearest_child)
    mine, theirs = one.kind.take(i), two.kind.take(j)
    counts = one.count.take(mine)
    sums = np.zeros(len(i), dtype=np.int32)
    for place, child in enumerate(one.child):
        there = _having(counts, place)
        sums[there] += nearest(child.take(mine[there]), theirs[there])
    value = (sums / np.maximum(counts, 1)).astype(np.int8)  # cut to whole points, as in `_distance`
    value[(counts <= 0) | (two.count.take(theirs) <= 0)] = -1
    return value


def _nearest_child(tables: Tables) -> KindLookup:
    """How alike a family's child and the most alike one of a supporter's are; 0 for no child."""
    one, two = tables.seeking.children, tables.supporters.children
    like = KindLookup(len(one.ages), len(two.ages), partial(_likeness, one, two))

    def value(child: Rows, household: Rows) -> Values:
        best, counts = np.zeros(len(child), dtype=np.int8), two.count.take(household)
        for place, other in enumerate(two.child):
            there = _having(counts, place)
            alike = like(child[there], other.take(household[there]))
            best[there] = np.maximum(best[there], alike)
        return best

    return KindLookup(len(one.ages), len(two.count), value)


def _having(counts: Rows, place: int) -> slice | Rows:
    """Which have a child in this place, counted from 0; all of them where most have one."""
    return slice(None) if place < FEW else np.flatnonzero(counts > place)


def _likeness(one: Children, two: Children, a: Rows, b: Rows) -> Values:
    """How alike two children are: ages make 70 of the 100 and a shared interest 30; where the
    interests of one of them are not known, ages make all of it. 0 for no child (kind 0)."""
    gap = np.maximum(one.ages[a, 0] - two.ages[b, 1], two.ages[b, 0] - one.ages[a, 1])
    # Bands that touch (5 to 7, 8 to 10) are a year apart at the least, hence 1.
    nearness = np.select([(a == 0) | (b == 0), gap <= 0, gap == 1, gap <= 4], [0, 100, 70, 40])
    shared = (one.likes[a] & two.likes[b]).any(axis=1)
    both_known = (one.likes != 0).any(axis=1)[a] & (two.likes != 0).any(axis=1)[b]
    compared = (70 * nearness + 3000 * shared) // 100
    return np.where(both_known, compared, nearness).astype(np.int8)


def _languages(tables: Tables) -> Lookup:
    """The share of the family's languages that the supporter speaks too, never below 60 for one."""
    mine, theirs = tables.seeking.languages, tables.supporters.languages

    def value(a: Rows, b: Rows) -> Values:
        shared = _count(mine.bits[a] & theirs.bits[b])
        share = np.maximum(60, 100 * shared // np.maximum(mine.size[a], 1))
        known = (mine.size[a] > 0) & (theirs.size[b] > 0)
        return np.where(known, np.where(shared > 0, share, 0), -1).astype(np.int8)

    return Lookup(mine.kind, theirs.kind, value)


def _access(tables: Tables) -> Lookup:
    """The share of the known access needs that the supporter can meet."""
    needs = tables.seeking.access_needs
    meets, lacks = tables.supporters.meets, tables.supporters.lacks
    theirs, (meeting, lacking) = _joint(meets, lacks)

    def value(a: Rows, b: Rows) -> Values:
        lacked = lacks.bits[lacking[b]]
        met = _count(needs.bits[a] & meets.bits[meeting[b]] & ~lacked)
        known = met + _count(needs.bits[a] & lacked)
        share = np.where(known > 0, 100 * met // np.maximum(known, 1), -1)
        share[needs.size[a] == 0] = 100
        share[~needs.asked[a]] = -1
        return share.astype(np.int8)

    return Lookup(needs.kind, theirs, value)


def _wishes(tables: Tables) -> Lookup:
    """0 when either meets what it would rather not; else the share of the wishes that come true."""
    one, two = tables.seeking, tables.supporters
    mine, (unwanted, hoped, here) = _joint(one.no_to, one.wishes, one.has)
    theirs, (there, offered, refused) = _joint(two.has, two.offers, two.no_to)

    def value(a: Rows, b: Rows) -> Values:
        no_to, hopes, has, offers = unwanted[a], hoped[a], there[b], offered[b]
        clash = (one.no_to.bits[no_to] & two.has.bits[has]).any(axis=1)
        clash |= (two.no_to.bits[refused[b]] & one.has.bits[here[a]]).any(axis=1)
        come_true = _count(one.wishes.bits[hopes] & (two.has.bits[has] | two.offers.bits[offers]))
        wished = one.wishes.size[hopes]
        has_asked, offers_asked = two.has.asked[has], two.offers.asked[offers]
        return np.select(
            [
                clash,
                ~one.no_to.asked[no_to] & ~one.wishes.asked[hopes],
                (one.no_to.size[no_to] > 0) & ~has_asked,
                wished == 0,
                ~has_asked & ~offers_asked,
            ],
            [0, -1, -1, 100, -1],
            100 * come_true // np.maximum(wished, 1),
        ).astype(np.int8)

    return Lookup(mine, theirs, value)


def _joint(*columns: Sets) -> tuple[Rows, tuple[Rows, ...]]:
    """One column for several: each row's kind, and what kind that is in each of the columns."""
    together = np.stack([one.kind for one in columns], axis=1)
    kinds, kind = np.unique(together, axis=0, return_inverse=True)
    return kind.reshape(-1), tuple(kinds.T)


def _by_kind(name: str, rule: Callable[[Tables], Lookup]) -> Callable[[Tables, Rows, Rows], Values]:
    return lambda tables, i, j: tables.once(name, rule)(i, j)


JUDGES: tuple[Judge, ...] = (
    Judge(
        "lived_through",
        "What they lived through",
        _by_kind("lived_through", _lived_through),
        words.lived_through,
        match_from=100,
    ),
    Judge("free_times", "Free times", _free_times, words.free_times),
    Judge("distance", "Distance", _distance, words.distance),
    Judge("children", "Children", _children, words.children),
    Judge(
        "languages",
        "Languages",
        _by_kind("languages", _languages),
        words.languages,
        match_from=100,
    ),
    Judge("access", "Steps and access", _by_kind("access", _access), words.access, match_from=100),
    Judge("wishes", "Wishes", _by_kind("wishes", _wishes), words.wishes, match_from=100),
)
