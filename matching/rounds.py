"""A round: run the matcher for an area, decide on each pair, send the offers.

A newcomer would work out the lists when they are sent. A coach must have seen everybody whom a family is offered, so
`open_round` works them out and keeps them. Days may lie between: `send` looks again and only ever takes people off.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from matching import notices, offering, snapshot
from matching.comparing import Comparison, compare, planned_end_on
from matching.engine.certificate import certify
from matching.engine.pairing import cost_of_waiting_order, pair
from matching.engine.shortlist import shortlists
from matching.engine.terms import Answer, Pair, Score, Weights
from matching.engine.witness import explain
from matching.engine.witness import shortages as shortages_of
from matching.engine_ids import family_id, row_id
from matching.models import Alternative, Proposal, Round, Shortlist
from matching.snapshot import Snapshot
from people.models import Area, Family, User

WEIGHTS = Weights()  # the programme's policy; its version is stored with every round
# The same round asked for twice within this time is a double click, or two coaches at once.
SAME_CLICK = timedelta(seconds=30)


class RoundError(Exception):
    """What was asked of the round can't be done; the message is for the coach."""


class RoundNotProvenError(RoundError):
    """The second check did not find the same answer, so nothing was stored."""


@dataclass(frozen=True)
class Sent:
    """The shortlists that families now have, and the approved pairs that no longer fitted."""

    shortlists: list[Shortlist]
    fell_away: list[Proposal]


@transaction.atomic
def open_round(*, area: Area, by: User, at: datetime) -> Round:
    """Run the matcher for an area and keep what it saw, answered and proved; nothing is sent to anybody.

    Raises RoundNotProvenError, and stores nothing, when the certificate doesn't hold.
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    again = area.rounds.filter(opened_at__gt=at - SAME_CLICK, sent_at=None).first()
    if again is not None:
        return again
    seen = snapshot.of_area(area, at=at)
    compared = compare(seen, weights=WEIGHTS)
    answer = pair(compared.instance)
    certificate = certify(compared.instance, answer)
    if not certificate.holds:
        raise RoundNotProvenError(
            _("A second check found something wrong with this round: %(what)s It was not kept.")
            % {"what": " ".join(certificate.findings)}
        )
    made = Round.objects.create(
        area=area,
        opened_by=by,
        opened_at=at,
        weights=asdict(WEIGHTS),
        snapshot=_as_seen(seen, compared),
        answer=_as_answered(compared, answer),
        certificate=certificate.as_json(),
    )
    proposals = Proposal.objects.bulk_create(
        _proposal(made, seen, compared, one) for one in answer.pairs
    )
    Alternative.objects.bulk_create(_alternatives(proposals, compared, answer))
    return made


@transaction.atomic
def approve(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """Say yes to a pair; saying it twice changes nothing. Raises RoundError once the round is sent or overtaken."""
    proposal = _locked(proposal)
    if proposal.standing != Proposal.Standing.APPROVED:
        _decide(proposal, Proposal.Standing.APPROVED, why="", by=by, at=at)
    return proposal


@transaction.atomic
def refuse(*, proposal: Proposal, why: str, by: User, at: datetime) -> User | None:
    """Say "not these two", and why; no later round proposes them again. Gives who had approved them before, if anybody.

    A second tab may still show a pair as undecided, so whoever refuses is told what they turned round.
    """
    why = why.strip()
    if not why:
        raise RoundError(_("Say in a few words why not these two."))
    proposal = _locked(proposal)
    approved = proposal.standing == Proposal.Standing.APPROVED
    approved_by = proposal.decided_by if approved else None
    if (proposal.standing, proposal.why) != (Proposal.Standing.REFUSED, why):
        _decide(proposal, Proposal.Standing.REFUSED, why=why, by=by, at=at)
    return approved_by


@transaction.atomic
def leave_out(*, alternative: Alternative, by: User, at: datetime) -> None:
    """Take a further supporter off a family's list, this time only. Raises RoundError as `approve` does."""
    _list(alternative, Alternative.Standing.LEFT_OUT, by=by, at=at)


@transaction.atomic
def put_back(*, alternative: Alternative, by: User, at: datetime) -> None:
    """Put a further supporter back on a family's list. Raises RoundError as `approve` does."""
    _list(alternative, Alternative.Standing.LISTED, by=by, at=at)


@transaction.atomic
def approve_all(*, round: Round, by: User, at: datetime) -> int:
    """Say yes to every pair that nobody has decided on, and give how many those were."""
    _open_round(round)
    return round.proposals.filter(standing=Proposal.Standing.PROPOSED).update(
        standing=Proposal.Standing.APPROVED, decided_by=by, decided_at=at
    )


@transaction.atomic
def send(*, round: Round, by: User, at: datetime) -> Sent:
    """Give each approved family its pair and those it would also choose from, save who was left out or can't today.

    Sending twice gives what the first sending made. Raises RoundError when nothing is approved.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.sent_at is not None:
        return Sent(list(locked.shortlists.order_by("family_id")), [])
    _open_round(locked)
    approved = list(
        locked.proposals.filter(standing=Proposal.Standing.APPROVED).select_related("family")
    )
    if not approved:
        raise RoundError(_("Approve a pair first. Then there is something to send."))
    chosen_from = Family.objects.filter(pk__in=[one.family_id for one in approved])
    list(chosen_from.order_by("pk").select_for_update())  # no other round offers to them meanwhile
    made = offering.offer(round=locked, approved=approved, weights=WEIGHTS, by=by, at=at)
    locked.sent_at = at
    locked.save(update_fields=["sent_at"])
    offered = {shortlist.family_id for shortlist in made}
    notices.tell(
        notices.adults_of([one.family for one in approved if one.family_id in offered]),
        about="offered",
        page=notices.to("shortlist"),
    )
    return Sent(made, [one for one in approved if one.family_id not in offered])


# --- Deciding ---------------------------------------------------------------------------------


def _locked(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update().select_related("round").get(pk=proposal.pk)
    _open_round(locked.round)
    return locked


def _open_round(round_: Round) -> None:
    if round_.sent_at is not None:
        raise RoundError(_("The offers of this round are sent. A new round can change the rest."))
    if Round.objects.filter(area=round_.area_id, pk__gt=round_.pk).exists():
        raise RoundError(_("A newer round was run for this area. Decide there."))


def _decide(proposal: Proposal, standing: str, *, why: str, by: User, at: datetime) -> None:
    proposal.standing = standing
    proposal.why = why
    proposal.decided_by = by
    proposal.decided_at = at
    proposal.save(update_fields=["standing", "why", "decided_by", "decided_at"])


def _list(alternative: Alternative, standing: str, *, by: User, at: datetime) -> None:
    alternative = (
        Alternative.objects.select_for_update()
        .select_related("proposal__round")
        .get(pk=alternative.pk)
    )
    _open_round(alternative.proposal.round)
    if alternative.standing != standing:
        alternative.standing = standing
        alternative.decided_by = by
        alternative.decided_at = at
        alternative.save(update_fields=["standing", "decided_by", "decided_at"])


# --- What is kept -----------------------------------------------------------------------------


def _as_seen(seen: Snapshot, compared: Comparison) -> dict[str, Any]:
    """The engine's own question and no more: it can be asked again, and tells nobody's language or needs."""
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


def _as_answered(compared: Comparison, answer: Answer) -> dict[str, Any]:
    unplaced = explain(compared.instance, answer, looked_at=compared.looked_at)
    waiting = {one.id: one.waiting_days for one in compared.instance.seeking}
    return {
        "pairs": [
            {"seeking": one.seeking, "supporter": one.supporter, "score": one.score}
            for one in answer.pairs
        ],
        "placed": answer.placed,
        "score": answer.score,
        "prices": [list(price) for price in answer.prices],
        "cost_of_waiting_order": cost_of_waiting_order(compared.instance, answer),
        "unplaced": [
            {
                "seeking": one.seeking,
                "waiting_days": waiting[one.seeking],
                "code": one.code,
                "reason": one.reason,
            }
            for one in unplaced
        ],
        "shortages": [
            {"waiting": list(one.waiting), "supporters": list(one.supporters), "words": one.words}
            for one in shortages_of(unplaced)
        ],
    }


def _proposal(round_: Round, seen: Snapshot, compared: Comparison, one: Pair) -> Proposal:
    return Proposal(
        round=round_,
        family_id=row_id(one.seeking),
        supporter_id=row_id(one.supporter),
        waiting_days=seen.waiting[one.seeking],
        **_added_up(compared.scores[one.seeking, one.supporter]),
    )


def _alternatives(
    proposals: list[Proposal], compared: Comparison, answer: Answer
) -> Iterator[Alternative]:
    lists = shortlists(compared.instance, answer)
    for proposal in proposals:
        family = family_id(proposal.family_id)
        for place, helper in enumerate(lists[family], start=1):
            if place > 1:  # the first is the proposal itself
                yield Alternative(
                    proposal=proposal,
                    supporter_id=row_id(helper),
                    place=place,
                    **_added_up(compared.scores[family, helper]),
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
