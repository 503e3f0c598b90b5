"""What stands between a family and each supporter of an area, and how well two suit, looked at afresh.

A newcomer would take this from the round. A round keeps neither profiles nor reasons against single pairs: those are
as of today, and may differ from what the round saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from matching import snapshot
from matching.comparing import planned_end_on
from matching.engine.eligibility import Blocker, read_out
from matching.engine.eligibility import against as engine_against
from matching.engine.scoring import score
from matching.engine.tables import tabulate
from matching.engine.terms import Score, Weights
from matching.engine.wording import sentence
from matching.engine_ids import family_id, supporter_id
from matching.kinds import against_kind
from matching.models import Supporter, Wish
from matching.models.supporter import SupporterQuerySet
from matching.models.wish import answers, wishes_of
from matching.waiting import going_for, wishes_left
from people.models import Family

_LINKED = {
    Wish.SHARING: _lazy("They already have a family beside them"),
    Wish.VOLUNTEER: _lazy("They already have a volunteer beside them"),
    Wish.EITHER: _lazy("They already have somebody beside them"),
}
_LISTED = {
    Wish.SHARING: _lazy("They already have a list of families"),
    Wish.VOLUNTEER: _lazy("They already have a list of volunteers"),
    Wish.EITHER: _lazy("They already have a list"),
}


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
    answered = _answered(seen.families[family_id(family.pk)])
    profile, helpers = seen.seeking[family_id(family.pk)], list(seen.supporters.values())
    tables = tabulate([profile], helpers)
    j = np.arange(len(helpers), dtype=np.int64)
    days = {"on": seen.on, "planned_end_on": planned_end_on(seen.on)}
    stands = engine_against(tables, j * 0, j, **days).tolist()
    return {
        helper.id: Beside(
            supporter=seen.helpers[helper.id],
            blockers=_against_wishes(
                answered, seen.helpers[helper.id], read_out(rules, profile, helper, **days)
            ),
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


def _answered(family: Family) -> dict[Wish, list[Blocker]]:
    """For each wish of a family of `with_wait`, that it has somebody already; nothing where it still waits."""
    left = wishes_left(family)
    return {
        wish: [] if wish in left else [_has_already(family, wish, left)]
        for wish in wishes_of(family)
    }


def _has_already(family: Family, wish: Wish, left: tuple[Wish, ...]) -> Blocker:
    words = str((_LINKED if going_for(family, wish).exists() else _LISTED)[wish])
    if left:
        words = _("%(has)s; here they wait for %(whom)s") % {"has": words, "whom": left[0].label}
    return Blocker(
        code="answered",
        label=_("of a kind that they have already"),
        words=sentence(words),
        may_overrule=False,  # nobody can start a second link-up of a kind, or send a second list
    )


def _against_wishes(
    answered: Mapping[Wish, list[Blocker]], supporter: Supporter, rules: list[Blocker]
) -> list[Blocker]:
    """Give the rules against a pair, and that this kind is not hoped for; or only that the family has such a one."""
    own = next((wish for wish in answered if answers(supporter, wish)), None)
    if own is None:
        return [*against_kind(next(iter(answered)), supporter), *rules]
    return answered[own] or rules


def _as_one(_family: Family) -> tuple[Wish, ...]:
    """Whoever has two wishes is the same family in both."""
    return (Wish.EITHER,)


def _only(family: Family) -> QuerySet[Family]:
    return Family.objects.filter(pk=family.pk)
