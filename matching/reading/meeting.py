"""Whom a family could meet today, at once: the best three, and where it would stand in the round that is open.

A newcomer would run a round for it. A round is for everybody and has its day; somebody who has just said hello can be
told now, by looking at those within reach, and what a round would do with them is worked out in the part they touch.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from matching import reopening, snapshot
from matching.comparing import planned_end_on
from matching.engine.arriving import arrive
from matching.engine.reception import Reception
from matching.engine.terms import Answer, Instance, Pair, Score, Seeking
from matching.engine.whatif import Difference, difference
from matching.engine.witness import explain
from matching.engine_ids import family_id, row_id, supporter_id
from matching.models import Round, Supporter, WeightsVersion, Wish
from matching.models.wish import answers, wishes_of
from matching.reading.hopes import wish_words
from matching.reading.members import Other, other_of
from matching.reading.suiting import suits_little
from matching.snapshot import Snapshot
from matching.waiting import seeking, waiting_days, wishes_left, with_wait
from people.models import Area, Family

MOST_NAMED = 5


@dataclass(frozen=True)
class AddedUp:
    """A score as `matching/arithmetic.html` reads it."""

    score: int
    out_of: int
    parts: list[dict[str, Any]]


@dataclass(frozen=True)
class Meeting:
    """A supporter whom the family could meet; `unknown` in points."""

    other: Other
    row: AddedUp
    unknown: int

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
            Meeting(other_of(helper), _added_up(one.score), one.score.unknown)
            for helper, one in zip(helpers, offers, strict=True)
        ],
        standings=standings,
        families=[one.family for one in helpers if one.family is not None] + called,
    )


def _not_for(family: Family, wishes: Iterable[Wish], seen: Snapshot) -> frozenset[str]:
    """Its own household, whom a person ruled out, and who is of a kind that is not hoped for."""
    out = {
        one
        for one, helper in seen.helpers.items()
        if helper.family_id == family.pk or not any(answers(helper, wish) for wish in wishes)
    }
    return frozenset(out | {helper for _, helper in seen.ruled_out})


def _added_up(score: Score) -> AddedUp:
    return AddedUp(score.total, score.out_of, [asdict(part) for part in score.parts])


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
        found.append(_standing(newest, (question, answer), me, theirs, called))
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
    return told, [*called.families(), *(one.family for one in helpers if one.family)]


def _standing(
    newest: Round,
    kept: tuple[Instance, Answer],
    me: Seeking,
    theirs: list[Pair],
    called: reopening.Called,
) -> tuple[Standing, str]:
    """Where one wish stands, and the supporter's id there, if any."""
    question, answer = kept
    there = any(one.id == me.id for one in question.seeking)
    after = answer
    if not there:
        known = {one.id for one in question.supporters}
        pairs = [one for one in theirs if one.supporter in known]
        question, after = arrive(question, answer, me, pairs)
    changed = difference(answer, after)
    helper = next((one.supporter for one in after.pairs if one.seeking == me.id), "")
    standing = Standing(
        round=newest,
        there=there,
        hoped="",
        other=None,
        reason="" if helper else _reason(question, after, me.id),
        moved=[called[one.seeking] for one in changed.moved[:MOST_NAMED]],
        lost=[called[one.seeking] for one in changed.no_longer_placed[:MOST_NAMED]],
        more=_more(changed),
    )
    return standing, helper


def _reason(question: Instance, answer: Answer, me: str) -> str:
    return next(one.reason for one in explain(question, answer) if one.seeking == me)


def _more(changed: Difference) -> int:
    """How many for whom something would change are not named."""
    return sum(max(0, len(one) - MOST_NAMED) for one in (changed.moved, changed.no_longer_placed))
