"""What stands between a family and each supporter of an area, and how well two suit, looked at afresh.

A newcomer would take this from the round. A round keeps neither profiles nor reasons against single pairs: those are
as of today, and may differ from what the round saw.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import QuerySet

from matching import snapshot
from matching.comparing import planned_end_on
from matching.engine.eligibility import Blocker, read_out
from matching.engine.eligibility import against as engine_against
from matching.engine.scoring import score
from matching.engine.tables import tabulate
from matching.engine.terms import Score, Weights
from matching.engine_ids import family_id, supporter_id
from matching.kinds import against_kind
from matching.models import Supporter, Wish
from matching.models.supporter import SupporterQuerySet
from matching.models.wish import wishes_of
from people.models import Family


@dataclass(frozen=True)
class Beside:
    """A supporter beside the family: what stands against the two today, the gravest first, and how far in metres."""

    supporter: Supporter
    blockers: list[Blocker]
    metres: int | None

    @property
    def may_overrule(self) -> bool:
        """Whether a person may decide otherwise about all of it."""
        return all(one.may_overrule for one in self.blockers)


def everybody(*, family: Family, supporters: SupporterQuerySet, at: datetime) -> dict[str, Beside]:
    """Give all these supporters by the engine's ids, in a constant number of queries; not the family itself."""
    others = supporters.exclude(family_id=family.pk)
    seen = snapshot.take(families=_only(family), supporters=others, at=at, wishes=_as_one)
    wish, *further = wishes_of(family)
    profile, helpers = seen.seeking[family_id(family.pk)], list(seen.supporters.values())
    tables = tabulate([profile], helpers)
    j = np.arange(len(helpers), dtype=np.int64)
    days = {"on": seen.on, "planned_end_on": planned_end_on(seen.on)}
    stands = engine_against(tables, j * 0, j, **days).tolist()
    return {
        helper.id: Beside(
            supporter=seen.helpers[helper.id],
            blockers=[
                *([] if further else against_kind(wish, seen.helpers[helper.id])),
                *read_out(rules, profile, helper, **days),
            ],
            metres=profile.metres_to(helper),
        )
        for helper, rules in zip(helpers, stands, strict=True)
    }


def score_today(*, family: Family, supporter: Supporter, weights: Weights, at: datetime) -> Score:
    """Give how well two suit today, part by part, whether or not something stands against them."""
    seen = snapshot.take(
        families=_only(family),
        supporters=Supporter.objects.filter(pk=supporter.pk),
        at=at,
        wishes=_as_one,
    )
    return score(
        seen.seeking[family_id(family.pk)],
        seen.supporters[supporter_id(supporter.pk)],
        weights=weights,
    )


def _as_one(_family: Family) -> tuple[Wish, ...]:
    """Whoever has two wishes is the same family in both."""
    return (Wish.EITHER,)


def _only(family: Family) -> QuerySet[Family]:
    return Family.objects.filter(pk=family.pk)
