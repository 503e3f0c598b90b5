"""Why a family of a round is not with somebody: what stands against the two, or what would change with them.

A newcomer would name the family that asks and forget the others. Whoever loses a place is named too, so every name
that these pages show is a record that they open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matching.asking import everybody, score_today
from matching.engine.eligibility import Blocker
from matching.engine.whynot import why_not
from matching.engine_ids import supporter_id
from matching.models import Alternative, Proposal, Round, Supporter
from matching.models.wish import answers
from matching.reading.members import Other, other_of
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
class Sum:
    """A score as templates add it up (matching/arithmetic.html)."""

    score: int
    out_of: int
    unknown: int
    parts: list[dict[str, Any]]


@dataclass(frozen=True)
class WhyNotPage:
    """The answer about one supporter. `code` is the engine's, or `not_there` for who came after the round."""

    round: Round
    family: Family
    supporter: Other
    chosen: Other | None
    code: str
    words: tuple[str, ...]
    blockers: list[Blocker]
    may_overrule: bool
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
    today = _today(round_, family, supporter, at)
    kept = _kept(proposal, supporter)
    asked = kept or today
    named = {one.pk: one for one in called.families()}
    helpers = [supporter, *([proposal.supporter] if proposal else [])]
    named |= {one.pk: one for one in families_of(family, helpers)}
    return WhyNotPage(
        round=round_,
        family=family,
        supporter=other_of(supporter),
        chosen=other_of(proposal.supporter) if proposal else None,
        code=told.code if told else "not_there",
        words=told.words if told else (),
        blockers=stands.blockers if stands else [],
        may_overrule=bool(stands and stands.may_overrule),
        asked_sum=asked,
        chosen_sum=_sum(proposal) if proposal else None,
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


def families_of(family: Family, helpers: Iterable[Supporter]) -> list[Family]:
    """Give the families whose records a page opens that shows this one and these supporters."""
    return [family, *(one.family for one in helpers if one.family)]


def _kept(proposal: Proposal | None, supporter: Supporter) -> Sum | None:
    """What the round kept of the pair: of the one it proposes, and of those it would also offer."""
    if proposal is None:
        return None
    if proposal.supporter_id == supporter.pk:
        return _sum(proposal)
    also = proposal.alternatives.filter(supporter=supporter).first()
    return _sum(also) if also else None


def _today(round_: Round, family: Family, supporter: Supporter, at: datetime) -> Sum:
    found = score_today(family=family, supporter=supporter, weights=round_.weights.weights, at=at)
    parts = [
        {
            "code": one.code,
            "label": one.label,
            "standing": one.standing,
            "words": one.words,
            "value": one.value,
            "weight": one.weight,
            "points": one.points,
        }
        for one in found.parts
    ]
    return Sum(found.total, found.out_of, found.unknown, parts)


def _sum(row: Proposal | Alternative) -> Sum:
    unknown = sum(100 * part["weight"] for part in row.parts if part["value"] is None)
    return Sum(row.score, row.out_of, unknown, row.parts)


def _points(part: dict[str, Any]) -> int | None:
    return None if part["value"] is None else part["points"]
