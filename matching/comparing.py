"""From a snapshot to the question that the engine answers: who may be paired with whom, and how well they suit.

A newcomer would compare every family with every supporter. The engine's `Index` looks only as far as people travel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from matching.engine.candidates import Index
from matching.engine.columns import Rows
from matching.engine.eligibility import Blocker, blockers, read_out
from matching.engine.eligibility import against as engine_against
from matching.engine.scoring import scores as scores_of
from matching.engine.scoring import totals
from matching.engine.tables import Tables, tabulate
from matching.engine.terms import Instance, Pair, Score, Seeking, Weights
from matching.engine.terms import Supporter as Helper
from matching.engine_ids import family_id, supporter_id
from matching.kinds import Kinds
from matching.models import Supporter, Wish
from matching.snapshot import Snapshot, take
from people.models import Family

USUAL_WEEKS = 20
# Looked at together, so that a large area needs no more memory than a small one.
MOST_PAIRS = 1_000_000
LookedAt = dict[str, list[Blocker]]


class Scores:
    """The score behind any two who were compared, by their ids; put into words when asked for.

    A round compares a hundred times as many as it proposes, and words cost more than numbers.
    """

    def __init__(self, lots: Iterable[tuple[Tables, Snapshot]], *, weights: Weights) -> None:
        self._lots = [
            (tables, list(seen.seeking.values()), list(seen.supporters.values()))
            for tables, seen in lots
        ]
        self._weights = weights
        self._place = {
            one.id: (lot, row)
            for lot, (_, families, _helpers) in enumerate(self._lots)
            for row, one in enumerate(families)
        }
        helpers = self._lots[0][2] if self._lots else []
        self._row = {one.id: row for row, one in enumerate(helpers)}

    def __getitem__(self, two: tuple[str, str]) -> Score:
        lot, row = self._place[two[0]]
        tables, families, helpers = self._lots[lot]
        i, j = np.array([row]), np.array([self._row[two[1]]])
        (told,) = scores_of(
            tables, i, j, weights=self._weights, seeking=families, supporters=helpers
        )
        return told

    def totals(self, pairs: Sequence[Pair], *, weights: Weights) -> list[int]:
        """What these pairs score under other weights, without comparing anybody again."""
        ends = np.array(
            [(*self._place[one.seeking], self._row[one.supporter]) for one in pairs], dtype=np.int64
        ).reshape(-1, 3)
        found = np.zeros(len(pairs), dtype=np.int64)
        for lot, (tables, _families, _helpers) in enumerate(self._lots):
            here = np.flatnonzero(ends[:, 0] == lot)
            found[here] = totals(tables, ends[here, 1], ends[here, 2], weights)
        told: list[int] = found.tolist()
        return told

    def beside(self, others: Iterable["Scores"]) -> "Scores":
        """These and those of further lots: other families, the same supporters."""
        joined = Scores([], weights=self._weights)
        for one in (self, *others):
            shift = len(joined._lots)
            joined._lots += one._lots
            joined._place |= {name: (lot + shift, row) for name, (lot, row) in one._place.items()}
        joined._row = self._row
        return joined


@dataclass(frozen=True)
class Comparison:
    """The question, the score behind each pair, and for families without any pair what stood in the way."""

    instance: Instance
    scores: Scores
    looked_at: dict[str, LookedAt] = field(default_factory=dict)


def planned_end_on(on: date, *, weeks: int = USUAL_WEEKS) -> date:
    """Give the last day of a link-up that starts on `on`; a Monday's hello ends on a Sunday."""
    return on + timedelta(weeks=weeks, days=-1)


def compare(snapshot: Snapshot, *, weights: Weights) -> Comparison:
    """Give the engine's question for a snapshot; pairs that a person decided against are in it as forbidden."""
    pairs: list[Pair] = []
    looked_at: dict[str, LookedAt] = {one: {} for one in snapshot.seeking}
    families, helpers = list(snapshot.seeking.values()), list(snapshot.supporters.values())
    kinds = Kinds(
        (snapshot.wishes[one.id] for one in families),
        (snapshot.helpers[one.id] for one in helpers),
    )
    tables = tabulate(families, helpers, own=_own(snapshot))
    days = {"on": snapshot.on, "planned_end_on": planned_end_on(snapshot.on)}
    for i, j in _near(tables):
        stands = engine_against(tables, i, j, **days)
        may = (stands == 0) & ~kinds.differ(i, j)
        paired = np.isin(i, i[may])
        found = totals(tables, i[may], j[may], weights).tolist()
        for row, other, total in zip(i[may].tolist(), j[may].tolist(), found, strict=True):
            two = (families[row].id, helpers[other].id)
            pairs.append(Pair(*two, score=total, forbidden=two in snapshot.ruled_out))
            looked_at.pop(two[0], None)
        alone = (column[~paired].tolist() for column in (i, j, stands))
        for row, other, rules in zip(*alone, strict=True):
            family, helper = families[row], helpers[other]
            looked_at[family.id][helper.id] = [
                *kinds.read_out(row, other),
                *read_out(rules, family, helper, **days),
            ]
    scores = Scores([(tables, snapshot)], weights=weights)
    return Comparison(_instance(snapshot, pairs), scores, looked_at)


def against(
    *, family: Family, supporter: Supporter, at: datetime, chosen_counts: bool
) -> list[Blocker]:
    """Give what stands against these two today, by the same rules as a round; empty when they may be linked.

    `chosen_counts`: whether choices that wait for this supporter's answer take up room.
    """
    seen = take(
        families=Family.objects.filter(pk=family.pk),
        supporters=Supporter.objects.filter(pk=supporter.pk),
        at=at,
        chosen_counts=chosen_counts,
        wishes=lambda _family: (Wish.EITHER,),  # what a list is for was settled when it was made
    )
    return blockers(
        seen.seeking[family_id(family.pk)],
        seen.supporters[supporter_id(supporter.pk)],
        on=seen.on,
        planned_end_on=planned_end_on(seen.on),
    )


def _instance(snapshot: Snapshot, pairs: list[Pair]) -> Instance:
    return Instance(
        seeking=tuple(
            Seeking(one.id, snapshot.waiting[one.id]) for one in snapshot.seeking.values()
        ),
        supporters=tuple(
            Helper(one.id, max(0, one.capacity - one.linked))
            for one in snapshot.supporters.values()
        ),
        pairs=tuple(pairs),
    )


def _near(tables: Tables) -> Iterable[tuple[Rows, Rows]]:
    """Give the pairs to look at, some whole families at a time; nobody is looked at as their own supporter."""
    index = Index(tables)
    for rows in index.blocks(MOST_PAIRS):
        i, j = index.within(rows)
        others = ~tables.own.holds(i, j)
        yield i[others], j[others]


def _own(snapshot: Snapshot) -> dict[str, str]:
    """Give the supporters who are families: a household may seek in one thing and share in another."""
    return {
        one: family_id(helper.family_id)
        for one, helper in snapshot.helpers.items()
        if helper.family_id is not None
    }
