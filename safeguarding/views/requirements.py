"""What is asked of supporters: everybody who clears people may read it, a lead or a manager sets a new version."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.access import SignedIn, access, policies, roles_of
from safeguarding import requiring
from safeguarding.clearance_reading import versions
from safeguarding.forms import RequirementsForm
from safeguarding.recording import RecordingError, requirements_in_force


@require_safe
@access("requirements")
def requirements(request: SignedIn) -> HttpResponse:
    """Show what is asked and how it came to that."""
    return _page(request, RequirementsForm.of(requiring.newest()))


@require_POST
@access("set_requirements")
def set_requirements(request: SignedIn) -> HttpResponse:
    """Set a new version; what can't be taken comes back as it was written."""
    form = RequirementsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    told = form.cleaned_data
    try:
        made = requiring.set_requirements(
            base=told["base"],
            asking=form.asking,
            counts_from_on=told["counts_from_on"],
            existing_until_on=told["existing_until_on"],
            why=told["why"],
            by=request.user,
            at=timezone.now(),
        )
    except requiring.OvertakenError as problem:
        form.start_from(requiring.newest())
        form.add_error(None, str(problem))
        return _page(request, form)
    except RecordingError as problem:
        form.add_error(problem.field, str(problem))
        return _page(request, form)
    messages.success(request, _("Version %(version)d is set.") % {"version": made.version})
    return redirect("safeguarding:requirements")


def _page(request: SignedIn, form: RequirementsForm) -> HttpResponse:
    return render(
        request,
        "safeguarding/requirements.html",
        {
            "form": form,
            "versions": versions(),
            "in_force": requirements_in_force(on=timezone.localdate()),
            "may_set": bool(roles_of(request.user) & set(policies()["set_requirements"])),
        },
        status=400 if form.errors else 200,
    )
