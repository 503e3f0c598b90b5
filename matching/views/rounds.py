"""Rounds, for coaches: run one, decide on each pair, send the offers."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from matching import rounds as domain
from matching import running
from matching.access import alternative_for, area_for, proposal_for, round_for
from matching.forms import RefuseForm
from matching.models import Proposal, Round
from matching.reading import round_page, rounds_of
from matching.reading.rounds import areas_of
from matching.reading.runs import run_page, run_rows
from people.access import SignedIn, access
from people.models import User
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings

LATEST = 20


@require_safe
@access("coach")
def rounds(request: SignedIn) -> HttpResponse:
    """List the rounds of a coach's areas, and offer to run one for each area."""
    latest = rounds_of(request.user)[:LATEST]
    return render(
        request,
        "matching/rounds.html",
        {"areas": areas_of(request.user), "rounds": run_rows(latest, at=timezone.now())},
    )


@require_POST
@access("coach")
def open_round(request: SignedIn, area_id: int) -> HttpResponse:
    """Have the matcher run for one of the coach's own areas, and lead to where its progress is told."""
    area = area_for(request.user, area_id)
    asked = running.ask(area=area, by=request.user, at=timezone.now())
    return redirect("matching:round", id=asked.pk)


@require_safe
@access("coach")
def round_(request: SignedIn, id: int) -> HttpResponse:
    """Show a round: what is proposed and how it adds up, who waits and why; or how far its run is."""
    found = round_for(request.user, id)
    if not found.is_done:
        return _show_run(request, found)
    if request.htmx:  # asked by the page that told the progress
        return HttpResponseClientRedirect(request.path)
    return _show(request, id, page=request.GET.get("page"))


@require_POST
@access("coach")
def stop(request: SignedIn, id: int) -> HttpResponse:
    """Stop a round that waits for its turn or runs."""
    found = round_for(request.user, id)
    try:
        running.stop(round=found, by=request.user, at=timezone.now())
    except running.RunError as problem:
        messages.warning(request, str(problem))
    return redirect("matching:round", id=found.pk)


@require_POST
@access("coach")
def decide(request: SignedIn, id: int) -> HttpResponse:
    """Approve a pair, keep it or let it go, take a decision back, or say "not these two" and why.

    A reason that can't be taken comes back.
    """
    proposal = proposal_for(request.user, id)
    page = request.POST.get("page", "")
    if "refuse" in request.POST:
        form = RefuseForm(request.POST, of=proposal)
        if not (form.is_valid() and _refuse(request, proposal, form)):
            return _show(request, proposal.round_id, page=page, refusal=form)
        return _back(request, proposal, page)
    try:
        if "keep" in request.POST:
            domain.keep(proposal=proposal, by=request.user)
        elif "let_go" in request.POST:
            domain.let_go(proposal=proposal)
        elif "take_back" in request.POST:
            domain.take_back(proposal=proposal, by=request.user, at=timezone.now())
        else:
            domain.approve(proposal=proposal, by=request.user, at=timezone.now())
    except domain.RoundError as problem:
        messages.error(request, str(problem))
    return _back(request, proposal, page)


@require_POST
@access("coach")
def alternative(request: SignedIn, id: int) -> HttpResponse:
    """Leave a further supporter out of a family's list, or put them back."""
    further = alternative_for(request.user, id)
    change = domain.put_back if "put_back" in request.POST else domain.leave_out
    try:
        change(alternative=further, by=request.user, at=timezone.now())
    except domain.RoundError as problem:
        messages.error(request, str(problem))
    return _back(request, further.proposal, request.POST.get("page", ""), unfolded=True)


@require_POST
@access("coach")
def approve_all(request: SignedIn, id: int) -> HttpResponse:
    """Approve every pair that nobody has decided on."""
    round_row = round_for(request.user, id)
    try:
        domain.approve_all(round=round_row, by=request.user, at=timezone.now())
    except domain.RoundError as problem:
        messages.error(request, str(problem))
    return redirect("matching:round", id=round_row.pk)


@require_POST
@access("coach")
def send(request: SignedIn, id: int) -> HttpResponse:
    """Send the approved offers to the families."""
    round_row = round_for(request.user, id)
    try:
        sent = domain.send(round=round_row, by=request.user, at=timezone.now())
    except domain.RoundError as problem:
        messages.error(request, str(problem))
    else:
        many = len({one.family_id for one in sent.shortlists})
        messages.success(
            request,
            ngettext("One family has an offer now.", "%(many)d families have an offer now.", many)
            % {"many": many},
        )
        if sent.fell_away:
            names = ", ".join(dict.fromkeys(one.family.display_name for one in sent.fell_away))
            messages.warning(
                request,
                _("Not sent to %(names)s: something changed since. Run a new round for them.")
                % {"names": names},
            )
    return redirect("matching:round", id=round_row.pk)


def _show_run(request: SignedIn, found: Round) -> HttpResponse:
    """Tell how far a run is, or why it came to nothing; nobody's record is on this page."""
    page = run_page(found, at=timezone.now())
    if not request.htmx:
        return render(request, "matching/round_run.html", {"page": page})
    if not page.goes_on:
        return HttpResponseClientRedirect(request.path)
    return render(request, "matching/run.html", {"page": page})


@transaction.atomic
def _show(
    request: SignedIn, round_id: int, *, page: str | None, refusal: RefuseForm | None = None
) -> HttpResponse:
    """Give a round's page and write down whose records it shows; `refusal` is a form to put right on it."""
    read = round_page(round_for(request.user, round_id), page=page)
    note_openings(
        by=request.user,
        families=read.families,
        purpose=AccessEvent.Purpose.MATCHING,
        page="matching:round",
        at=timezone.now(),
    )
    pairs = [
        (one, refusal if refusal and refusal.of == one.row else RefuseForm(of=one.row))
        for one in read.proposals
    ]
    told = {"page": read, "pairs": pairs, "form": refusal, "unfolded": request.GET.get("pair")}
    return render(request, "matching/round.html", told)


def _refuse(request: SignedIn, proposal: Proposal, form: RefuseForm) -> bool:
    """Say whether the refusal was taken; the form says why not."""
    try:
        approved_by = domain.refuse(
            proposal=proposal, why=form.cleaned_data["why"], by=request.user, at=timezone.now()
        )
    except domain.RoundError as problem:
        form.add_error(None, str(problem))
        return False
    if approved_by is not None:
        messages.warning(request, _turned_round(proposal, approved_by, reader=request.user))
    return True


def _turned_round(proposal: Proposal, approved_by: User, *, reader: User) -> str:
    before = (
        _("You had approved this pair.")
        if approved_by == reader
        else _("%(name)s had approved this pair.") % {"name": approved_by}
    )
    now = _("Now it says “Not these two”: %(family)s with %(supporter)s.") % {
        "family": proposal.family,
        "supporter": proposal.supporter,
    }
    return f"{before} {now}"


def _back(
    request: SignedIn, proposal: Proposal, page: str, *, unfolded: bool = False
) -> HttpResponse:
    """Lead back to the pair, open if `unfolded`; to the top where there is something to tell, which stands there."""
    asked = {"page": page} if page.isdigit() else {}
    if unfolded:
        asked["pair"] = str(proposal.pk)
    address = reverse("matching:round", kwargs={"id": proposal.round_id}, query=asked)
    return redirect(address if messages.get_messages(request) else f"{address}#pair-{proposal.pk}")
