"""What is kept of a round: its question and answer as JSON, and a row for each pair and each further supporter.

A newcomer would keep the profiles too. The engine's own question is enough to ask it again, and tells nobody's
language or needs.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

from matching.answering import Answered
from matching.comparing import Comparison, planned_end_on
from matching.engine.terms import Pair, Score
from matching.engine.witness import shortages
from matching.engine_ids import family_id, row_id
from matching.models import Alternative, Proposal, Round
from matching.snapshot import Snapshot


@dataclass(frozen=True)
class Kept:
    """A round's answer, ready to be written: no thought is left for the transaction."""

    snapshot: dict[str, Any]
    answer: dict[str, Any]
    certificate: dict[str, Any]
    proposals: list[Proposal]
    alternatives: list[Alternative]

    def write(self) -> None:
        """Write the rows; the caller has opened the transaction and writes the round itself."""
        Proposal.objects.bulk_create(self.proposals)
        for one in self.alternatives:
            one.proposal_id = one.proposal.pk  # known only now
        Alternative.objects.bulk_create(self.alternatives)


def kept(round_: Round, seen: Snapshot, worked_out: Answered) -> Kept:
    """Give what a round keeps of an answer, with nothing written yet."""
    proposals = [
        _proposal(round_, seen, worked_out.compared, one) for one in worked_out.answer.pairs
    ]
    return Kept(
        snapshot=_as_seen(seen, worked_out.compared),
        answer=_as_answered(seen, worked_out) | _as_asked(seen, worked_out),
        certificate=worked_out.certificate.as_json(),
        proposals=proposals,
        alternatives=list(_alternatives(proposals, worked_out)),
    )


def _as_seen(seen: Snapshot, compared: Comparison) -> dict[str, Any]:
    instance = compared.instance
    return {
        "on": seen.on.isoformat(),
        "planned_end_on": planned_end_on(seen.on).isoformat(),
        "instance": {
            "version": 1,
            "seeking": [asdict(one) for one in instance.seeking],
            "supporters": [asdict(one) for one in instance.supporters],
            "pairs": [asdict(one) for one in instance.pairs],
        },
    }


def _as_answered(seen: Snapshot, worked_out: Answered) -> dict[str, Any]:
    answer = worked_out.answer
    waiting = {one.id: one.waiting_days for one in worked_out.compared.instance.seeking}
    return {
        "pairs": [
            {"seeking": one.seeking, "supporter": one.supporter, "score": one.score}
            for one in answer.pairs
        ],
        "placed": answer.placed,
        "score": answer.score,
        "prices": [list(price) for price in answer.prices],
        "closed": [list(one) for one in answer.closed],
        "cost_of_waiting_order": worked_out.cost,
        "unplaced": [
            {
                "seeking": one.seeking,
                "wish": str(seen.wishes[one.seeking]),
                "waiting_days": waiting[one.seeking],
                "code": one.code,
                "reason": one.reason,
                # The same again in parts, so that a page can put names in: of whom a place would help with.
                "why": one.why,
                "supporters": len(one.supporters),
                "room_with": list(one.room_with),
            }
            for one in worked_out.unplaced
        ],
        "shortages": [
            {"waiting": list(one.waiting), "supporters": list(one.supporters), "words": one.words}
            for one in shortages(worked_out.unplaced)
        ],
    }


def _as_asked(seen: Snapshot, worked_out: Answered) -> dict[str, Any]:
    """The pairs that were to be kept and are, how many could not be, and how many a person had decided against."""
    made = {(one.seeking, one.supporter) for one in worked_out.answer.pairs}
    return {
        "kept": sorted(seen.kept.keys() & made),
        "not_kept": len(seen.kept.keys() - made),
        "ruled_out": sum(one.forbidden for one in worked_out.compared.instance.pairs),
    }


def _proposal(round_: Round, seen: Snapshot, compared: Comparison, one: Pair) -> Proposal:
    return Proposal(
        round=round_,
        family_id=row_id(one.seeking),
        wish=seen.wishes[one.seeking],
        supporter_id=row_id(one.supporter),
        waiting_days=seen.waiting[one.seeking],
        kept_by_id=seen.kept.get((one.seeking, one.supporter)),
        **_added_up(compared.scores[one.seeking, one.supporter]),
    )


def _alternatives(proposals: list[Proposal], worked_out: Answered) -> Iterator[Alternative]:
    for proposal in proposals:
        family = family_id(proposal.family_id, proposal.wish)
        for place, helper in enumerate(worked_out.lists[family], start=1):
            if place > 1:  # the first is the proposal itself
                yield Alternative(
                    proposal=proposal,
                    supporter_id=row_id(helper),
                    place=place,
                    **_added_up(worked_out.compared.scores[family, helper]),
                )


class _AddedUp(TypedDict):
    score: int
    out_of: int
    parts: list[dict[str, Any]]


def _added_up(score: Score) -> _AddedUp:
    return {
        "score": score.total,
        "out_of": score.out_of,
        "parts": [asdict(part) for part in score.parts],
    }
