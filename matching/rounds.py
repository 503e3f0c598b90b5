"""A round: run the matcher for an area, decide on each pair, send the offers.

A newcomer would send what was proposed when the round was opened. Days may lie between: `send` looks again, so that
nobody is offered a supporter whose check ran out or whose place was taken meanwhile.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching import notices, snapshot
from matching.comparing import Comparison, compare, only, planned_end_on
from matching.engine.certificate import certify
from matching.engine.pairing import cost_of_waiting_order, pair
from matching.engine.shortlist import shortlists
from matching.engine.terms import Answer, Pair, Weights
from matching.engine.witness import explain
from matching.engine.witness import shortages as shortages_of
from matching.engine_ids import family_id, row_id, supporter_id
from matching.models import Proposal, Round, Shortlist, ShortlistEntry
from matching.reasons import for_family
from matching.snapshot import Snapshot
from matching.waiting import seeking
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
    Proposal.objects.bulk_create(_proposal(made, seen, compared, one) for one in answer.pairs)
    return made


@transaction.atomic
def approve(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """Say yes to a pair; saying it twice changes nothing. Raises RoundError once the round is sent or overtaken."""
    proposal = _locked(proposal)
    if proposal.standing != Proposal.Standing.APPROVED:
        _decide(proposal, Proposal.Standing.APPROVED, why="", by=by, at=at)
    return proposal


@transaction.atomic
def refuse(*, proposal: Proposal, why: str, by: User, at: datetime) -> Proposal:
    """Say "not these two", and why; no later round proposes them again."""
    why = why.strip()
    if not why:
        raise RoundError(_("Say in a few words why not these two."))
    proposal = _locked(proposal)
    if (proposal.standing, proposal.why) != (Proposal.Standing.REFUSED, why):
        _decide(proposal, Proposal.Standing.REFUSED, why=why, by=by, at=at)
    return proposal


@transaction.atomic
def approve_all(*, round: Round, by: User, at: datetime) -> int:
    """Say yes to every pair that nobody has decided on, and give how many those were."""
    _open_round(round)
    return round.proposals.filter(standing=Proposal.Standing.PROPOSED).update(
        standing=Proposal.Standing.APPROVED, decided_by=by, decided_at=at
    )


@transaction.atomic
def send(*, round: Round, by: User, at: datetime) -> Sent:
    """Give each approved family up to three supporters to choose from, spread so that nobody is on every list.

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
    made = _offer(locked, approved, by=by, at=at)
    locked.sent_at = at
    locked.save(update_fields=["sent_at"])
    offered = {shortlist.family_id for shortlist in made}
    notices.tell(
        notices.adults_of([one.family for one in approved if one.family_id in offered]),
        about="offered",
        page=notices.to("shortlist"),
    )
    return Sent(made, [one for one in approved if one.family_id not in offered])


# --- Sending ----------------------------------------------------------------------------------


def _offer(round_: Round, approved: list[Proposal], *, by: User, at: datetime) -> list[Shortlist]:
    of_area = snapshot.supporters_of(round_.area)
    now = snapshot.take(
        families=seeking(Family.objects.filter(pk__in=[one.family_id for one in approved])),
        supporters=of_area,
        at=at,
    )
    compared = compare(now, weights=WEIGHTS)
    agreed = tuple(
        Pair(family_id(one.family_id), supporter_id(one.supporter_id), one.score)
        for one in approved
    )
    answer = only(Answer(agreed, 0, ()), instance=compared.instance)
    lists = shortlists(compared.instance, answer)
    made = Shortlist.objects.bulk_create(
        Shortlist(round=round_, family_id=row_id(one), offered_by=by, offered_at=at)
        for one, helpers in lists.items()
        if helpers
    )
    by_family = {family_id(shortlist.family_id): shortlist for shortlist in made}
    ShortlistEntry.objects.bulk_create(
        _entry(by_family[one], place, now, compared, (one, helper))
        for one, helpers in lists.items()
        for place, helper in enumerate(helpers, start=1)
    )
    return made


def _entry(
    shortlist: Shortlist,
    place: int,
    seen: Snapshot,
    compared: Comparison,
    two: tuple[str, str],
) -> ShortlistEntry:
    score = compared.scores[two]
    return ShortlistEntry(
        shortlist=shortlist,
        supporter_id=row_id(two[1]),
        place=place,
        score=score.total,
        parts=[
            asdict(reason)
            for reason in for_family(seen.seeking[two[0]], seen.supporters[two[1]], score)
        ],
    )


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
    score = compared.scores[one.seeking, one.supporter]
    return Proposal(
        round=round_,
        family_id=row_id(one.seeking),
        supporter_id=row_id(one.supporter),
        waiting_days=seen.waiting[one.seeking],
        score=score.total,
        out_of=score.out_of,
        parts=[asdict(part) for part in score.parts],
    )
