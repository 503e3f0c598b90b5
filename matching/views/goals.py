"""How a coach says where a family's goals stand and how its children are, and writes down what a child said.

Own families only; that the record was opened is written down before anything is shown. What the family says, it says
on its own pages (goals/views.py): a coach never speaks for a parent.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goals import reviewing, wellbeing
from goals.access import own_goal
from goals.forms import FOR_COACHES, RateForm, WebForm
from goals.web_reading import asked_ids, web_of
from people.access import SignedIn, access
from people.models import Family
from safeguarding.models import AccessEvent
from safeguarding.opening import open_family


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
def rate(request: SignedIn, id: int, goal_id: int) -> HttpResponse:
    """Say where a goal is today, as the coach sees it or as a child told them."""
    family = _opened(request, id, "matching:rate")
    goal = own_goal(family, goal_id)
    form = RateForm(request.POST if request.method == "POST" else None, scorers=FOR_COACHES)
    if form.is_valid():
        reviewing.rate(goal=goal, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Written down. It’s on the line."))
        return redirect("matching:family", id=family.pk)
    shown = {"form": form, "goal": goal, "coach": True, "back_url": _page_of(family)}
    return render(request, "goals/rate.html", shown)


@require_safe
@access("coach")
def web(request: SignedIn, id: int) -> HttpResponse:
    """Show a family's web: first and latest, or the two moments that were picked."""
    family = _opened(request, id, "matching:web")
    return render(
        request,
        "goals/web.html",
        {
            "read": web_of(family, viewer=request.user, **asked_ids(request.GET)),
            "coach": True,
            "back_url": _page_of(family),
            "back_label": _("The family"),
            "fill_in_url": reverse("matching:fill_in", args=[family.pk]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
def fill_in(request: SignedIn, id: int) -> HttpResponse:
    """Ask the eight, as the coach sees them or as a child told them."""
    family = _opened(request, id, "matching:fill_in")
    form = WebForm(request.POST if request.method == "POST" else None, scorers=FOR_COACHES)
    if form.is_valid():
        wellbeing.fill_in(
            family=family,
            scorer=form.cleaned_data["scorer"],
            marks=form.marks(),
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
            client_id=form.cleaned_data["client_id"],
        )
        messages.success(request, _("Written down. It’s on their web."))
        return redirect("matching:web", id=family.pk)
    shown = {"form": form, "coach": True, "back_url": _page_of(family)}
    return render(request, "goals/fill_in.html", shown)


def _opened(request: SignedIn, family_id: int, page: str) -> Family:
    return open_family(
        by=request.user,
        family_id=family_id,
        purpose=AccessEvent.Purpose.COACHING,
        page=page,
        at=timezone.now(),
    )


def _page_of(family: Family) -> str:
    return reverse("matching:family", args=[family.pk])
