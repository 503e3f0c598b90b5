"""From a snapshot to the question that the engine answers: who may be paired with whom, and how well they suit.

A newcomer would compare every family with every supporter. The engine's `Index` looks only as far as people travel.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from matching.engine.candidates import Index
from matching.engine.columns import Rows
from matching.engine.eligibility import Blocker, blockers, read_out
from matching.engine.eligibility import against as engine_against
from matching.engine.scoring import scores as scores_of
from matching.engine.tables import Tables, tabulate
from matching.engine.terms import Instance, Pair, Score, Seeking, Weights
from matching.engine.terms import Supporter as Helper
from matching.engine_ids import family_id, supporter_id
from matching.kinds import Kinds
from matching.models import Supporter, Wish
from matching.snapshot import Snapshot, take
from people.models import Family

USUAL_WEEKS = 20
MOST_PAIRS = (
    1_000_000  # looked at together, so that a large area needs no more memory than a small one
)
LookedAt = dict[str, list[Blocker]]


@dataclass(frozen=True)
class Comparison:
    """The question, the score behind each pair, and for families without any pair what stood in the way."""

    instance: Instance
    scores: dict[tuple[str, str], Score]
    looked_at: dict[str, LookedAt] = field(default_factory=dict)


def planned_end_on(on: date, *, weeks: int = USUAL_WEEKS) -> date:
    """Give the last day of a link-up that starts on `on`; a Monday's hello ends on a Sunday."""
    return on + timedelta(weeks=weeks, days=-1)


def compare(snapshot: Snapshot, *, weights: Weights) -> Comparison:
    """Give the engine's question for a snapshot; pairs that a person decided against are in it as forbidden."""
    pairs: list[Pair] = []
    scores: dict[tuple[str, str], Score] = {}
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
        found = scores_of(
            tables, i[may], j[may], weights=weights, seeking=families, supporters=helpers
        )
        for row, other, one in zip(i[may].tolist(), j[may].tolist(), found, strict=True):
            two = (families[row].id, helpers[other].id)
            scores[two] = one
            pairs.append(Pair(*two, score=one.total, forbidden=two in snapshot.ruled_out))
            looked_at.pop(two[0], None)
        alone = (column[~paired].tolist() for column in (i, j, stands))
        for row, other, rules in zip(*alone, strict=True):
            family, helper = families[row], helpers[other]
            looked_at[family.id][helper.id] = [
                *kinds.read_out(row, other),
                *read_out(rules, family, helper, **days),
            ]
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
