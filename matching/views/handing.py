"""Handing people over: one form, a look at what it means, and it is done; and the page of what was handed over.

A manager may do it for a coach who is ill or has left, by area or for everybody; names stand only before the coach.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.access import giver_for, hand_over_for
from matching.forms_handing import HandOverForm
from matching.reading.handing import (
    areas_of,
    given_so_far,
    givers,
    hand_over_page,
    reach_in_words,
)
from matching.views.addresses import number_in
from people import handing
from people.access import SignedIn, access, roles_of


@require_http_methods(["GET", "HEAD", "POST"])
@access("hand_over")
def hand_over(request: SignedIn) -> HttpResponse:
    """Ask to whom and for how long, show what it means, and hand over."""
    of = number_in(request, "of")
    if of is None and "coach" not in roles_of(request.user):
        return render(request, "matching/hand_over_whose.html", {"givers": givers()})
    giver = giver_for(request.user, of)
    own = giver == request.user
    form = HandOverForm(
        request.POST or None,
        giver=giver,
        areas=areas_of(giver),
        ticks=own and "tick" in request.GET,
        today=timezone.localdate(),
    )
    step = request.POST.get("step")
    if step != "change" and form.is_valid():
        meant = {key: form.cleaned_data[key] for key in ("to", "from_on", "back_on")}
        meant |= {"giver": giver, "reach": form.reach, "at": timezone.now()}
        try:
            if step == "send":
                return _hand_over(request, form, meant)
            handing.check(**meant)
        except handing.HandingError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            who, keeps = reach_in_words(form.reach, giver, form.cleaned_data["to"])
            shown = {"form": form, "giver": giver, "own": own, "who": who, "keeps": keeps}
            return render(request, "matching/hand_over_check.html", shown)
    shown = {"form": form, "giver": giver, "own": own, "before": given_so_far(giver)}
    return render(request, "matching/hand_over.html", shown)


@require_safe
@access("hand_over")
def handed(request: SignedIn, id: int) -> HttpResponse:
    """Show one hand-over to both coaches and to a manager; a coach sees the names of those who are theirs now."""
    found = hand_over_for(request.user, id)
    page = hand_over_page(found, reader=request.user, at=timezone.now())
    return render(request, "matching/handed.html", {"page": page})


@require_POST
@access("hand_over")
def hand_back(request: SignedIn, id: int) -> HttpResponse:
    """Bring everybody back before the day, or call off what hasn't begun."""
    found = hand_over_for(request.user, id)
    if found.to_id == request.user.pk:
        raise Http404
    try:
        handing.end(hand_over=found, by=request.user, at=timezone.now())
    except handing.HandingError as problem:
        messages.warning(request, str(problem))
    else:
        said = _("They are back.") if found.begun_at else _("Called off. Nobody was moved.")
        messages.success(request, said)
    return redirect("home")


def _hand_over(request: SignedIn, form: HandOverForm, meant: dict[str, Any]) -> HttpResponse:
    made = handing.hand_over(
        why=form.cleaned_data["why"],
        client_id=form.cleaned_data["client_id"],
        by=request.user,
        **meant,
    )
    words = (
        _("Done. %(name)s looks after them now.")
        if made.begun_at
        else _("Planned. Until that day they stay where they are, and then %(name)s has them.")
    )
    messages.success(request, words % {"name": made.to})
    return redirect("home")
