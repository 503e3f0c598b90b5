"""Calls and visits: how many were made in time, and by which cadence they are planned. A manager decides which."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching import cadence_versions
from matching.forms_cadence import CadenceForm
from matching.models import CadenceTemplate
from matching.reading import calls as reading
from people.access import SignedIn, access, roles_of


@require_safe
@access("calls")
def calls(request: SignedIn) -> HttpResponse:
    """Show the share made in time, a coach's own or everybody's, and the cadences."""
    roles = roles_of(request.user)
    coaches = "coach" in roles
    otherwise = cadence_versions.planned_otherwise(request.user).count() if coaches else 0
    shown = {
        "shares": reading.shares(coach=request.user if coaches else None, on=timezone.localdate()),
        "target": reading.TARGET_PERCENT,
        "own": coaches,
        "cadences": reading.cadences(),
        "may_decide": "manager" in roles,
        "otherwise": otherwise,
    }
    return render(request, "matching/calls.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@access("set_calls")
def cadence(request: SignedIn, slug: str) -> HttpResponse:
    """Change a cadence: a new version, with a reason."""
    versions = CadenceTemplate.objects.filter(slug=slug)
    newest = versions.order_by("-version").first()
    if newest is None:
        raise Http404
    form = CadenceForm(request.POST or None, of=newest)
    if form.is_valid():
        based_on = versions.filter(version=form.cleaned_data["base"]).first() or newest
        try:
            cadence_versions.new_version(
                of=based_on,
                sides=form.sides(),
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
        except cadence_versions.PlanningError as problem:
            form.start_from(versions.latest("version"))
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Kept as a new version. Going link-ups stay as planned."))
            return redirect("matching:calls")
    shown = {"form": form, "newest": newest, "lines": reading.in_words(newest)}
    return render(request, "matching/cadence.html", shown)


@require_POST
@access("set_calls")
def pick(request: SignedIn, slug: str) -> HttpResponse:
    """Use a cadence, in its newest version, for the link-ups from now on."""
    template = CadenceTemplate.objects.filter(slug=slug).order_by("-version").first()
    if template is None:
        raise Http404
    cadence_versions.pick(template=template, by=request.user, at=timezone.now())
    messages.success(request, _("Link-ups that begin from now on are planned like this."))
    return redirect("matching:calls")


@require_POST
@access("coach")
def plan_anew(request: SignedIn) -> HttpResponse:
    """Plan the rest of this coach's going link-ups by the cadence in use."""
    many = cadence_versions.plan_anew(coach=request.user, by=request.user, at=timezone.now())
    words = ngettext(
        "The rest of %(many)d link-up is planned anew.",
        "The rest of %(many)d link-ups is planned anew.",
        many,
    )
    messages.success(request, words % {"many": many})
    return redirect("matching:calls")
