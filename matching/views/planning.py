"""Planning what to do next: suggest, say yes, say another day, drop; and the calendar file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching import planning
from matching.access import link_up_for, plan_for
from matching.calendars import calendar_of
from matching.linkups import side_of
from matching.models import Idea, Plan
from matching.plan_forms import MoveForm, PlanForm
from matching.reading.plans import ideas_for
from matching.views.addresses import number_in
from people.access import SignedIn, access


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def plan(request: SignedIn, id: int) -> HttpResponse:
    """Suggest something for a day, from an idea or from nothing."""
    found = link_up_for(request.user, id)
    if not side_of(found, request.user):
        raise Http404
    idea = Idea.objects.filter(pk=number_in(request, "idea") or 0).first()
    form = PlanForm(request.POST) if request.POST else PlanForm.fresh(what=str(idea or ""))
    if form.is_valid():
        try:
            planning.suggest(link_up=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except planning.PlanError as problem:
            form.add_error("on", str(problem))
        else:
            messages.success(request, _("Suggested. The other side says yes, or another day."))
            return redirect("matching:link_up", id=found.pk)
    context = {"form": form, "link_up": found, "ideas": ideas_for(found)}
    return render(request, "matching/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def move_plan(request: SignedIn, id: int) -> HttpResponse:
    """Say another day for a plan."""
    found = plan_for(request.user, id)
    form = MoveForm(request.POST) if request.POST else MoveForm.of(found)
    if form.is_valid():
        try:
            planning.move(plan=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except planning.PlanError as problem:
            form.add_error("on", str(problem))
        else:
            messages.success(request, _("Another day it is, once the other side says yes."))
            return redirect("matching:link_up", id=found.link_up_id)
    return render(request, "matching/move_plan.html", {"form": form, "plan": found})


@require_POST
@access("member")
def agree_plan(request: SignedIn, id: int) -> HttpResponse:
    """Say yes to a plan."""
    return _done(request, id, planning.agree, _("Agreed. You can put it into your calendar."))


@require_POST
@access("member")
def drop_plan(request: SignedIn, id: int) -> HttpResponse:
    """Drop a plan."""
    return _done(request, id, planning.drop, _("Dropped. You can plan something else any time."))


@require_safe
@access("member")
def plan_calendar(request: SignedIn, id: int) -> HttpResponse:
    """Give a plan as a calendar file that says a day and nothing else."""
    response = HttpResponse(
        calendar_of(plan_for(request.user, id)), content_type="text/calendar; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="plan.ics"'
    return response


def _done(request: SignedIn, id: int, deed: Callable[..., Any], words: str) -> HttpResponse:
    found: Plan = plan_for(request.user, id)
    try:
        deed(plan=found, by=request.user, at=timezone.now())
    except planning.PlanError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, words)
    return redirect("matching:link_up", id=found.link_up_id)
