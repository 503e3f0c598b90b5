"""Why a family of a round is not with somebody: what stands against the two, or what would change with them.

A newcomer would name the family that asks and forget the others. Whoever loses a place is named too, so every name
that these pages show is a record that they open.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matching.asking import everybody, score_today
from matching.engine.eligibility import Blocker
from matching.engine.whynot import why_not
from matching.engine_ids import supporter_id
from matching.models import Proposal, Round, Supporter
from matching.models.wish import answers
from matching.reading.members import Other, families_among, other_of
from matching.reading.overruled import Overruled, overruled
from matching.reading.sums import Sum, sum_of, sum_today
from matching.reopening import Called, answer_of, question_of, stands_as
from people.models import Family


@dataclass(frozen=True)
class PartRow:
    """One part of the score with the one who was chosen and with the one asked about; points, None for not known."""

    label: str
    chosen: int | None
    asked: int | None

    @property
    def difference(self) -> int | None:
        """How many points more the asked one has from this part; what is not known gives none, to neither: None."""
        if self.chosen is None and self.asked is None:
            return None
        return (self.asked or 0) - (self.chosen or 0)

    @property
    def less(self) -> int:
        """How many points fewer, for a page that writes the minus itself."""
        return -(self.difference or 0)


@dataclass(frozen=True)
class WhyNotPage:
    """The answer about one supporter. `code` is the engine's, or `not_there` for who came after the round."""

    round: Round
    family: Family
    supporter: Other
    supporter_id: int
    chosen: Other | None
    code: str
    words: tuple[str, ...]
    blockers: list[Blocker]
    may_overrule: bool
    overruled: list[Overruled]
    asked_sum: Sum
    chosen_sum: Sum | None
    changed: bool
    families: list[Family] = field(default_factory=list)

    @property
    def parts(self) -> list[PartRow]:
        """Each part with both, in the order in which parts are read."""
        before = (
            {one["code"]: _points(one) for one in self.chosen_sum.parts} if self.chosen_sum else {}
        )
        return [
            PartRow(one["label"], before.get(one["code"]), _points(one))
            for one in self.asked_sum.parts
        ]

    @property
    def difference(self) -> int:
        """How many points the asked one has more in all."""
        return self.asked_sum.score - (self.chosen_sum.score if self.chosen_sum else 0)

    @property
    def less(self) -> int:
        """How many points fewer in all."""
        return -self.difference


def why_not_page(
    round_: Round, family: Family, supporter: Supporter, *, at: datetime
) -> WhyNotPage:
    """Give what stands against a pair, or what it would cost; in a constant number of queries."""
    question, answer = question_of(round_), answer_of(round_.answer)
    called = Called(question)
    proposal = _proposal(round_, family, supporter)
    ids = stands_as(question, family, supporter)[0], supporter_id(supporter.pk)
    there = any(one.id == ids[1] for one in question.supporters)
    told = why_not(question, answer, *ids, named=called) if there else None
    beside = everybody(family=family, supporters=Supporter.objects.filter(pk=supporter.pk), at=at)
    stands = beside.get(ids[1])
    weights = round_.weights.weights
    today = sum_today(score_today(family=family, supporter=supporter, weights=weights, at=at))
    kept = _kept(proposal, supporter)
    asked = kept or today
    named = {one.pk: one for one in called.families()}
    helpers = [supporter, *([proposal.supporter] if proposal else [])]
    named |= {one.pk: one for one in (family, *families_among(helpers))}
    return WhyNotPage(
        round=round_,
        family=family,
        supporter=other_of(supporter),
        supporter_id=supporter.pk,
        chosen=other_of(proposal.supporter) if proposal else None,
        code=told.code if told else "not_there",
        words=told.words if told else (),
        blockers=stands.blockers if stands else [],
        may_overrule=bool(stands and stands.may_overrule),
        overruled=overruled([(family.pk, supporter.pk)]),
        asked_sum=asked,
        chosen_sum=sum_of(proposal) if proposal else None,
        changed=bool(told and told.score is not None and told.score != today.score),
        families=[named[pk] for pk in sorted(named)],
    )


def proposals_of(round_: Round, family: Family) -> list[Proposal]:
    """Give what a round proposes for a family, one for each wish that it could answer."""
    people = "supporter__family__place", "supporter__volunteer__place"
    return list(round_.proposals.filter(family=family).select_related(*people))


def _proposal(round_: Round, family: Family, supporter: Supporter) -> Proposal | None:
    """What the round proposes for the wish that this supporter could answer."""
    found = proposals_of(round_, family)
    return next((one for one in found if answers(supporter, one.wish)), None)


def _kept(proposal: Proposal | None, supporter: Supporter) -> Sum | None:
    """What the round kept of the pair: of the one it proposes, and of those it would also offer."""
    if proposal is None:
        return None
    if proposal.supporter_id == supporter.pk:
        return sum_of(proposal)
    also = proposal.alternatives.filter(supporter=supporter).first()
    return sum_of(also) if also else None


def _points(part: dict[str, Any]) -> int | None:
    return None if part["value"] is None else part["points"]
