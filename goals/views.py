"""The pages of a family's own goals. Coaches rate on theirs (matching/views/goals.py), where openings are noted."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goals import drawing, reading, reviewing, setting
from goals.access import own_goal
from goals.forms import RateForm
from goals.models import Goal
from goals.questions import GoalForm, horizon_of
from goals.web_reading import web_of
from people.access import access, own_family, signed_in

MOVES: dict[str, Callable[..., None]] = {
    "reached": reviewing.reach,
    "set-aside": reviewing.set_aside,
    "again": reviewing.take_up_again,
}


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def new(request: HttpRequest) -> HttpResponse:
    """Set another goal, or say that three are enough."""
    family = own_family(signed_in(request))
    form = GoalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            goal = setting.set_goal(
                family=family,
                words=told["words"],
                theme=told["theme"],
                horizon=horizon_of(told["horizon"]),
                hope=told["hope"],
                rating=told["rating"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except setting.TooManyGoals as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, _("That’s your goal now."))
            return redirect("goals:goal", goal.pk)
    active = Goal.objects.active().filter(family=family).count()
    return render(
        request,
        "goals/new.html",
        {"form": form, "full": active >= setting.MOST_ACTIVE, "back_url": reverse("home")},
    )


@require_safe
@access("family")
def goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Show one goal: its lines, its table, and everything anybody said about it."""
    family = own_family(signed_in(request))
    read = reading.read(own_goal(family, goal_id), viewer=signed_in(request))
    return render(
        request,
        "goals/goal.html",
        {
            "read": read,
            "goal": read.goal,
            "picture": drawing.every_voice(read, at=timezone.now()),
            "others": reading.others_of(read.goal),
            "web": web_of(family, viewer=signed_in(request)),
            "back_url": reverse("home"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def rate(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Say where a goal is today."""
    found = own_goal(own_family(signed_in(request)), goal_id)
    form = RateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reviewing.rate(goal=found, by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Thank you. It’s on your line."))
        return redirect("goals:goal", found.pk)
    return render(
        request,
        "goals/rate.html",
        {"form": form, "goal": found, "back_url": reverse("goals:goal", args=[found.pk])},
    )


@require_POST
@access("family")
def move(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Mark a goal as reached, set it aside, or take it up again, which undoes either."""
    found = own_goal(own_family(signed_in(request)), goal_id)
    act = MOVES.get(request.POST.get("to", ""))
    if act is None:
        return HttpResponseBadRequest()
    try:
        act(goal=found, by=signed_in(request), at=timezone.now())
    except setting.TooManyGoals:
        messages.warning(request, _("You have three goals already. Set one aside first."))
    return redirect("goals:goal", found.pk)
