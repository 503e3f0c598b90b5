"""A round that has an answer: decide on each pair, and on who else stands on a list; send the offers.

A newcomer would work out the lists when they are sent. A coach must have seen everybody whom a family is offered, so
a run (matching.running) works them out and keeps them. Days may lie between: `send` looks again and only ever takes
people off.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching import notices, offering, running
from matching.models import Alternative, Proposal, Round, Shortlist
from people.letters import tell
from people.models import Area, Family, User


class RoundError(Exception):
    """What was asked of the round can't be done; the message is for the coach."""


@dataclass(frozen=True)
class Sent:
    """The shortlists that families now have, and the approved pairs that no longer fitted."""

    shortlists: list[Shortlist]
    fell_away: list[Proposal]


def open_round(*, area: Area, by: User, at: datetime) -> Round:
    """Give a round that is run here and now, however tasks are done: for the demonstration, and for tests.

    Pages ask `running.ask`. Raises RoundError when the run fails; nothing is sent to anybody.
    """
    asked, _waits = running.line_up(area=area, by=by, at=at)
    running.run(round_id=asked.pk, clock=lambda: at)
    asked.refresh_from_db()
    if asked.standing == Round.Standing.FAILED:
        raise RoundError(asked.get_trouble_display())
    return asked


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
    _keep(proposal, None)
    return approved_by


@transaction.atomic
def take_back(*, proposal: Proposal, by: User, at: datetime) -> None:
    """Leave a pair undecided again, so that it may be proposed later too. Raises RoundError as `approve` does."""
    proposal = _locked(proposal)
    if proposal.standing != Proposal.Standing.PROPOSED:
        _decide(proposal, Proposal.Standing.PROPOSED, why="", by=by, at=at)


@transaction.atomic
def keep(*, proposal: Proposal, by: User) -> None:
    """Let the next round of the area keep this pair, if it still may be made. Raises RoundError as `approve` does."""
    proposal = _locked(proposal)
    if proposal.standing == Proposal.Standing.REFUSED:
        raise RoundError(_("You said “Not these two”. Take that back first."))
    if proposal.kept_by_id is None:
        _keep(proposal, by)


@transaction.atomic
def let_go(*, proposal: Proposal) -> None:
    """Leave the pair to the next round again. Raises RoundError as `approve` does."""
    _keep(_locked(proposal), None)


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
    locked = Round.objects.select_for_update().light().get(pk=round.pk)
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
    made = offering.offer(
        round=locked, approved=approved, weights=locked.weights.weights, by=by, at=at
    )
    locked.sent_at = at
    locked.save(update_fields=["sent_at"])
    offered = {(shortlist.family_id, shortlist.wish) for shortlist in made}
    away = [one for one in approved if (one.family_id, one.wish) not in offered]
    tell(
        notices.adults_of([one.family for one in approved if one not in away]),
        about="matching/offered",
        page=notices.to("shortlist"),
    )
    return Sent(made, away)


# --- Deciding ---------------------------------------------------------------------------------


def _locked(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update().select_related("round").get(pk=proposal.pk)
    _open_round(locked.round)
    return locked


def _open_round(round_: Round) -> None:
    if not round_.is_done:
        raise RoundError(_("This round has no pairs to decide on."))
    if round_.sent_at is not None:
        raise RoundError(_("The offers of this round are sent. A new round can change the rest."))
    if Round.objects.done().filter(area=round_.area_id, pk__gt=round_.pk).exists():
        raise RoundError(_("A newer round was run for this area. Decide there."))


def _decide(proposal: Proposal, standing: str, *, why: str, by: User, at: datetime) -> None:
    proposal.standing = standing
    proposal.why = why
    proposal.decided_by = by
    proposal.decided_at = at
    proposal.save(update_fields=["standing", "why", "decided_by", "decided_at"])


def _keep(proposal: Proposal, by: User | None) -> None:
    proposal.kept_by = by
    proposal.save(update_fields=["kept_by"])


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
