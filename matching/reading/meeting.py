"""Whom a family could meet today, at once: the best three, and where it would stand in the round that is open.

A newcomer would run a round for it. A round is for everybody and has its day; somebody who has just said hello can be
told now, by looking at those within reach, and what a round would do with them is worked out in the part they touch.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from matching import reopening, snapshot
from matching.comparing import LookedAt, compare, planned_end_on
from matching.engine.arriving import arrive
from matching.engine.reception import Reception
from matching.engine.terms import Answer, Instance, Pair, Seeking, Weights
from matching.engine.whatif import Difference, difference
from matching.engine.witness import explain
from matching.engine_ids import family_id, row_id, supporter_id
from matching.models import Round, Supporter, WeightsVersion, Wish
from matching.models.wish import answers, wishes_of
from matching.reading.hopes import wish_words
from matching.reading.members import Other, families_among, other_of
from matching.reading.suiting import suits_little
from matching.reading.sums import Sum, sum_today
from matching.snapshot import Snapshot
from matching.waiting import seeking, waiting_days, wishes_left, with_wait
from people.models import Area, Family

MOST_NAMED = 5


@dataclass(frozen=True)
class Meeting:
    """A supporter whom the family could meet."""

    other: Other
    row: Sum

    @property
    def unknown(self) -> int:
        """How many points are not known."""
        return self.row.unknown

    @property
    def suits_little(self) -> bool:
        """Whether it is marked as a pair of whom not much fits."""
        return suits_little(self.row.score, self.row.out_of)


@dataclass(frozen=True)
class Standing:
    """Where the family stands, or would stand, in a round that is not sent: with whom, or why with nobody.

    `there` says that the round knew the family already, `hoped` for which wish this is. `moved` and `lost` name
    others for whom something would change.
    """

    round: Round
    there: bool
    hoped: str
    other: Other | None
    reason: str
    moved: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class MeetingPage:
    """What a coach reads; `families` are those whose names it shows, besides the family itself."""

    family: Family
    waits: bool
    meetings: list[Meeting]
    standings: list[Standing]
    families: list[Family]


def meeting_page(family: Family, *, area: Area, at: datetime) -> MeetingPage:
    """Give whom the family could meet of an area's supporters, in a constant number of queries; nothing is written."""
    seen = snapshot.take(
        families=Family.objects.filter(pk=family.pk),
        supporters=snapshot.supporters_of(area),
        at=at,
        wishes=lambda _family: (Wish.EITHER,),  # one family, whatever it hopes for
    )
    profile = seen.seeking[family_id(family.pk)]
    end = planned_end_on(seen.on)
    desk = Reception(
        list(seen.supporters.values()),
        weights=WeightsVersion.objects.newest().weights,
        on=seen.on,
        planned_end_on=end,
    )
    waiting = with_wait(seeking(Family.objects.filter(pk=family.pk))).first()
    left = wishes_left(waiting) if waiting else ()
    leaving_out = _not_for(family, left or wishes_of(family), seen)
    offers = desk.shortlist(profile, leaving_out=leaving_out)
    pairs = [one for one in desk.pairs(profile) if one.supporter not in leaving_out]
    standings, called = _standings(waiting, left, area, pairs, seen) if waiting else ([], [])
    helpers = [seen.helpers[one.supporter] for one in offers]
    return MeetingPage(
        family=family,
        waits=bool(left),
        meetings=[
            Meeting(other_of(helper), sum_today(one.score))
            for helper, one in zip(helpers, offers, strict=True)
        ],
        standings=standings,
        families=[*families_among(helpers), *called],
    )


def _not_for(family: Family, wishes: Iterable[Wish], seen: Snapshot) -> frozenset[str]:
    """Its own household, whom a person ruled out, and who is of a kind that is not hoped for."""
    out = {
        one
        for one, helper in seen.helpers.items()
        if helper.family_id == family.pk or not any(answers(helper, wish) for wish in wishes)
    }
    return frozenset(out | {helper for _, helper in seen.ruled_out})


def _standings(
    family: Family, wishes: Collection[Wish], area: Area, pairs: list[Pair], seen: Snapshot
) -> tuple[list[Standing], list[Family]]:
    """Where each wish stands in the area's newest round, if that is not sent; and whose names that shows."""
    newest = area.rounds.done().order_by("-pk").first()
    if newest is None or newest.sent_at is not None:
        return [], []
    question, answer = reopening.question_of(newest), reopening.answer_of(newest.answer)
    called = reopening.Called(question)
    found = []
    for wish in wishes:
        me = Seeking(family_id(family.pk, wish), waiting_days(family, on=seen.on, wish=wish))
        theirs = [
            replace(one, seeking=me.id)
            for one in pairs
            if answers(seen.helpers[one.supporter], wish)
        ]
        in_the_way = None
        if not theirs:
            theirs, in_the_way = _nobody_for(family, wish, me, seen)
        found.append(_standing(newest, (question, answer), me, theirs, called, in_the_way))
    helpers = Supporter.objects.with_people().filter(
        pk__in=[row_id(helper) for _, helper in found if helper]
    )
    by_id = {supporter_id(one.pk): one for one in helpers}
    told = [
        replace(
            one,
            hoped=wish_words(family, wish, alone=len(wishes) == 1),
            other=other_of(by_id[helper]) if helper in by_id else None,
        )
        for (one, helper), wish in zip(found, wishes, strict=True)
    ]
    return told, [*called.families(), *families_among(helpers)]


def _nobody_for(
    family: Family, wish: Wish, me: Seeking, seen: Snapshot
) -> tuple[list[Pair], LookedAt | None]:
    """What a round finds where nobody may answer a wish: the pairs a person ruled out, else what is in the way."""
    own = family_id(family.pk)
    compared = compare(replace(seen, wishes={own: wish}), weights=Weights())
    pairs = [replace(one, seeking=me.id) for one in compared.instance.pairs]
    return pairs, compared.looked_at.get(own)


def _standing(
    newest: Round,
    kept: tuple[Instance, Answer],
    me: Seeking,
    theirs: list[Pair],
    called: reopening.Called,
    in_the_way: LookedAt | None,
) -> tuple[Standing, str]:
    """Where one wish stands, and the supporter's id there, if any; a reason that the round kept is told as it was."""
    question, answer = kept
    there = any(one.id == me.id for one in question.seeking)
    after = answer
    if not there:
        known = {one.id for one in question.supporters}
        pairs = [one for one in theirs if one.supporter in known]
        question, after = arrive(question, answer, me, pairs)
    changed = difference(answer, after)
    helper = next((one.supporter for one in after.pairs if one.seeking == me.id), "")
    reasons = {one["seeking"]: one["reason"] for one in newest.answer["unplaced"]}
    if not helper and not there:
        looked_at = {} if in_the_way is None else {me.id: in_the_way}
        reasons = {one.seeking: one.reason for one in explain(question, after, looked_at=looked_at)}
    standing = Standing(
        round=newest,
        there=there,
        hoped="",
        other=None,
        reason="" if helper else reasons[me.id],
        moved=[called[one.seeking] for one in changed.moved[:MOST_NAMED]],
        lost=[called[one.seeking] for one in changed.no_longer_placed[:MOST_NAMED]],
        more=_more(changed),
    )
    return standing, helper


def _more(changed: Difference) -> int:
    """How many for whom something would change are not named."""
    return sum(max(0, len(one) - MOST_NAMED) for one in (changed.moved, changed.no_longer_placed))
