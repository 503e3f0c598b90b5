"""Milestones: a manager edits the programme's list; a coach ticks lines off on a link-up's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching import linkups
from matching.access import coached_link_up
from matching.ending_forms import MilestoneForm
from matching.milestones import tick_off, untick
from matching.models import Milestone
from people.access import SignedIn, access, roles_of


@require_safe
@access("weights")
def milestones(request: SignedIn) -> HttpResponse:
    """List what the programme says at which week; coaches may read it, a manager edits it."""
    context = {
        "milestones": Milestone.objects.all(),
        "may_decide": "manager" in roles_of(request.user),
    }
    return render(request, "matching/milestones.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access("set_weights")
def milestone(request: SignedIn, id: int) -> HttpResponse:
    """Change one."""
    return _edit(request, get_object_or_404(Milestone, pk=id))


@require_http_methods(["GET", "HEAD", "POST"])
@access("set_weights")
def new_milestone(request: SignedIn) -> HttpResponse:
    """Add one."""
    return _edit(request, Milestone())


@require_POST
@access("coach")
def tick(request: SignedIn, id: int) -> HttpResponse:
    """Tick a line of a checklist off, or take the tick back."""
    found = coached_link_up(request.user, id)
    milestone = _posted(request)
    line = request.POST.get("line", "")
    if "back" in request.POST:
        untick(link_up=found, milestone=milestone, line=line)
        return redirect("matching:link_up", id=found.pk)
    try:
        tick_off(link_up=found, milestone=milestone, line=line, by=request.user, at=timezone.now())
    except linkups.LinkUpError as problem:
        messages.error(request, str(problem))
    return redirect("matching:link_up", id=found.pk)


def _posted(request: SignedIn) -> Milestone:
    """Give the milestone that was posted; 404 for what isn't one."""
    asked = request.POST.get("milestone", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) < 10
    return get_object_or_404(Milestone, pk=int(asked) if known else 0)


def _edit(request: SignedIn, row: Milestone) -> HttpResponse:
    form = MilestoneForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        form.save()
        messages.success(request, _("Kept. What was said or ticked before stays as it was."))
        return redirect("matching:milestones")
    return render(request, "matching/milestone.html", {"form": form, "is_new": row.pk is None})
