"""What if? A round's question with more room, or today's area with everybody travelling further: answered exactly.

A newcomer would write the change and take it back. Nothing is written: the question is changed in memory alone.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from matching import snapshot
from matching.comparing import compare
from matching.engine.pairing import pair
from matching.engine.terms import Instance, Weights
from matching.engine.whatif import Difference, difference, what_if, with_capacity
from matching.engine_ids import supporter_id
from matching.locking import locked
from matching.models import Round
from matching.reopening import answer_of, question_of
from matching.snapshot import Snapshot
from people.models import Area


@dataclass(frozen=True)
class Supposed:
    """What would change, in the question after the change, of so many families placed before."""

    question: Instance
    change: Difference
    placed: int


def more_room(round_: Round, *, supporter: int, more: int) -> Supposed:
    """Give what a round would have come to if a supporter had room for `more`. Raises KeyError for one not in it."""
    question, answer = question_of(round_), answer_of(round_.answer)
    room = {one.id: one.capacity for one in question.supporters}
    one = supporter_id(supporter)
    changed = with_capacity(question, {one: room[one] + more})
    return Supposed(changed, what_if(question, answer, changed), answer.placed)


def travelling_further(area: Area, *, weights: Weights, more_m: int, at: datetime) -> Supposed:
    """Give what a round run now would change if everybody on both sides travelled `more_m` metres further."""
    with snapshot.one_moment():
        seen = snapshot.of_area(area, at=at)
    before = pair(locked(compare(seen, weights=weights).instance, seen.kept))
    question = locked(compare(_further(seen, more_m), weights=weights).instance, seen.kept)
    return Supposed(question, difference(before, pair(question)), before.placed)


def _further(seen: Snapshot, more_m: int) -> Snapshot:
    """Whoever was not asked how far they travel is left as they are."""
    return replace(
        seen,
        seeking={
            one: profile
            if profile.travel_m is None
            else replace(profile, travel_m=profile.travel_m + more_m)
            for one, profile in seen.seeking.items()
        },
        supporters={
            one: profile
            if profile.travel_m is None
            else replace(profile, travel_m=profile.travel_m + more_m)
            for one, profile in seen.supporters.items()
        },
    )
