"""From a snapshot to the question that the engine answers: who may be paired with whom, and how well they suit.

A newcomer would compare every family with every supporter. The engine's `near` looks only as far as people travel.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from matching.engine.candidates import near
from matching.engine.eligibility import Blocker, blockers
from matching.engine.scoring import score
from matching.engine.terms import (
    Instance,
    Pair,
    Score,
    Seeking,
    SeekingProfile,
    SupporterProfile,
    Weights,
)
from matching.engine.terms import Supporter as Helper
from matching.engine_ids import family_id, supporter_id
from matching.models import Supporter
from matching.snapshot import Snapshot, take
from people.models import Family

USUAL_WEEKS = 20
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
    looked_at: dict[str, LookedAt] = {}
    end = planned_end_on(snapshot.on)
    for family, found in groupby(
        near(snapshot.seeking.values(), snapshot.supporters.values()), lambda two: two[0]
    ):
        found_against: LookedAt = {}
        before = len(pairs)
        for _family, helper in _of_two_households(snapshot, found):
            found_against[helper.id] = blockers(family, helper, on=snapshot.on, planned_end_on=end)
            if not found_against[helper.id]:
                two = (family.id, helper.id)
                scores[two] = score(family, helper, weights=weights)
                forbidden = two in snapshot.ruled_out
                pairs.append(Pair(*two, score=scores[two].total, forbidden=forbidden))
        if len(pairs) == before:
            looked_at[family.id] = found_against
    return Comparison(_instance(snapshot, pairs), scores, _all_told(snapshot, looked_at, pairs))


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


def _of_two_households(
    snapshot: Snapshot, found: Iterable[tuple[SeekingProfile, SupporterProfile]]
) -> Iterable[tuple[SeekingProfile, SupporterProfile]]:
    """Leave out a family as its own supporter: a household may seek in one thing and share in another."""
    for family, helper in found:
        helping = snapshot.helpers[helper.id].family_id
        if helping is None or family_id(helping) != family.id:
            yield family, helper


def _all_told(
    snapshot: Snapshot, looked_at: dict[str, LookedAt], pairs: list[Pair]
) -> dict[str, LookedAt]:
    """Add the families near whom nobody lives, so that they too are told why."""
    paired = {pair.seeking for pair in pairs}
    return {one: looked_at.get(one, {}) for one in snapshot.seeking if one not in paired}
