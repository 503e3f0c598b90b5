"""What clears somebody to stand beside a family: whose needs somebody, one person's steps, and writing them down.

A family's steps are part of its record: that staff opened them is written down.
"""

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import SignedIn, access
from people.models import Family, Guardian, Volunteer
from safeguarding import approving, exempting, recording
from safeguarding.clearance_access import adult_to_clear, is_lead, row_to_clear, to_clear
from safeguarding.clearance_reading import (
    adults_shown,
    next_of,
    own_steps,
    to_clear_list,
    waiting_exemptions,
    written_about,
)
from safeguarding.forms import CheckForm, StepForm, WaitForm
from safeguarding.models import AccessEvent, Exemption, Step
from safeguarding.opening import note_openings
from safeguarding.recording import RecordingError
from safeguarding.tasks import tasks_for


@require_safe
@access("clearance")
def clearances(request: SignedIn) -> HttpResponse:
    """List whose clearance misses something or runs out soon: names and what is next, so no record is opened yet."""
    rows, others = to_clear_list(request.user, on=timezone.localdate())
    return render(request, "safeguarding/clearances.html", {"rows": rows, "others": others})


@require_safe
@access("clearance")
@transaction.atomic
def clearance(request: SignedIn, kind: str, id: int) -> HttpResponse:
    """Show one supporter's steps, what comes next and who does it."""
    member = to_clear(request.user, kind, id)
    _note(request, member)
    adults = tasks_for(member, on=timezone.localdate())
    shown = adults_shown(adults)
    waits = member.standing in approving.NOT_YET_ACTIVE
    return render(
        request,
        "safeguarding/clearance.html",
        {
            "member": member,
            "kind": kind,
            "adults": shown,
            "next": next_of(shown),
            "adult_kind": "adults" if kind == "families" else "volunteers",
            "may_approve": bool(adults)
            and all(one.is_ready for one in adults)
            and (waits or not all(one.is_approved for one in adults)),
            "cleared": bool(adults) and all(one.cleared_until for one in adults),
            "asked_to_wait": waiting_exemptions(member),
            "is_lead": is_lead(request.user),
            "written": written_about(member),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("clearance")
def record_check(request: SignedIn, kind: str, id: int) -> HttpResponse:
    """Write down what was decided after a certificate."""
    person = adult_to_clear(request.user, kind, id)
    on = timezone.localdate()
    eligible = recording.eligible_level(person, on=on)
    form = CheckForm(request.POST or None, eligible=eligible, on=on)
    if form.is_valid():
        try:
            recording.record_check(
                person=person, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except RecordingError as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, _("Written down."))
            return redirect(_page_of(person))
    return _question(request, person, form, "safeguarding/record_check.html", eligible=eligible)


@require_http_methods(["GET", "HEAD", "POST"])
@access("clearance")
def record_step(request: SignedIn, kind: str, id: int, step: str) -> HttpResponse:
    """Write down that a step was done."""
    person, name = adult_to_clear(request.user, kind, id), _step(step)
    form = StepForm(request.POST) if request.POST else StepForm.fresh(on=timezone.localdate())
    if form.is_valid():
        try:
            recording.record_step(
                person=person, kind=step, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except RecordingError as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, _("Written down."))
            return redirect(_page_of(person))
    return _question(
        request,
        person,
        form,
        "safeguarding/record_step.html",
        step=step,
        name=name,
        rules=recording.requirements_in_force(on=timezone.localdate()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("clearance")
def ask_to_wait(request: SignedIn, kind: str, id: int, step: str) -> HttpResponse:
    """Ask that a step may wait until a day."""
    person, name = adult_to_clear(request.user, kind, id), _step(step)
    form = WaitForm(request.POST) if request.POST else WaitForm.fresh()
    if form.is_valid():
        try:
            exempting.ask(
                person=person, kind=step, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except RecordingError as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, _("Asked. A safeguarding lead has to say yes to it."))
            return redirect(_page_of(person))
    return _question(request, person, form, "safeguarding/ask_to_wait.html", name=name)


@require_POST
@access("grant")
def grant(request: SignedIn, id: int) -> HttpResponse:
    """Let a step wait that somebody else asked for."""
    row = row_to_clear(request.user, "exemptions", id)
    assert isinstance(row, Exemption), "asked for one"
    try:
        exempting.grant(exemption=row, by=request.user, at=timezone.now())
    except RecordingError as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("It may wait."))
    return redirect(_page_of(_person(row.guardian, row.volunteer)))


@require_http_methods(["GET", "HEAD", "POST"])
@access("clearance")
def take_back(request: SignedIn, kind: str, id: int) -> HttpResponse:
    """Ask whether a row was a mistake, and take it back."""
    row = row_to_clear(request.user, kind, id)
    person = _person(row.guardian, row.volunteer)
    if request.method == "POST":
        try:
            recording.take_back(row=row, by=request.user, at=timezone.now())
        except RecordingError as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, _("Taken back. It counts no more."))
        return redirect(_page_of(person))
    return render(
        request,
        "safeguarding/take_back.html",
        {"row": row, "person": person, "back_url": _page_of(person)},
    )


@require_POST
@access("clearance")
def approve(request: SignedIn, kind: str, id: int) -> HttpResponse:
    """Say yes to a supporter who has everything."""
    member = to_clear(request.user, kind, id)
    try:
        approving.approve(member=member, by=request.user, at=timezone.now())
    except RecordingError as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("Done. They can be beside a family now."))
    return redirect("safeguarding:clearance", kind=kind, id=member.pk)


@require_safe
@access("getting_ready")
def getting_ready(request: SignedIn) -> HttpResponse:
    """Show a supporter their own steps: what’s done, what comes next, who does it."""
    guardian = getattr(request.user, "guardian", None)
    member = guardian.family if guardian else request.user.volunteer
    coach = str(member.coach) if member.coach else _("Your coach")
    return render(
        request,
        "safeguarding/getting_ready.html",
        {
            "adult": own_steps(request.user, member, on=timezone.localdate()),
            "coach": coach,
            "can_write": member.coach_id is not None,
        },
    )


def _question(
    request: SignedIn, person: Guardian | Volunteer, form: Form, template: str, **context: object
) -> HttpResponse:
    return render(
        request,
        template,
        {"form": form, "person": person, "back_url": _page_of(person), **context},
        status=400 if form.errors else 200,
    )


def _note(request: SignedIn, member: Family | Volunteer) -> None:
    if isinstance(member, Family):
        lead = is_lead(request.user)
        purpose = AccessEvent.Purpose.SAFEGUARDING if lead else AccessEvent.Purpose.COACHING
        note_openings(
            by=request.user,
            families=[member],
            purpose=purpose,
            page="safeguarding:clearance",
            at=timezone.now(),
        )


def _person(guardian: Guardian | None, volunteer: Volunteer | None) -> Guardian | Volunteer:
    person = guardian or volunteer
    assert person is not None, "the database holds one of the two"
    return person


def _page_of(person: Guardian | Volunteer) -> str:
    if isinstance(person, Guardian):
        kwargs: dict[str, str | int] = {"kind": "families", "id": person.family_id}
    else:
        kwargs = {"kind": "volunteers", "id": person.pk}
    return reverse("safeguarding:clearance", kwargs=kwargs)


def _step(step: str) -> str:
    if step not in Step.Kind.values:
        raise Http404
    return str(Step.Kind(step).label)
