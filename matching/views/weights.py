"""What counts in a match: everybody on the matching side may look at what would change, a manager decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching import weighing
from matching.forms import WeightsForm
from matching.models import WeightsVersion
from matching.reading.weights import AreaPreview, previews, versions
from people.access import SignedIn, access, roles_of
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings


@require_http_methods(["GET", "HEAD", "POST"])
@access("weights")
def weights(request: SignedIn) -> HttpResponse:
    """Show what counts and how it went; posted numbers are looked at, and nothing is written but who was shown."""
    newest = WeightsVersion.objects.newest()
    if request.method != "POST":
        return _page(request, WeightsForm.of(newest))
    form = WeightsForm(request.POST)
    if not form.may_be_looked_at():
        return _page(request, form)
    found = previews(
        request.user,
        all_areas="manager" in roles_of(request.user),
        before=newest.weights,
        after=form.weights(),
        at=timezone.now(),
    )
    # One statement, and before anybody is shown: the reading itself takes too long to be in its transaction.
    note_openings(
        by=request.user,
        families=[family for one in found for family in one.families],
        purpose=AccessEvent.Purpose.MATCHING,
        page="matching:weights",
        at=timezone.now(),
    )
    return _page(request, form, previews=found)


@require_POST
@access("set_weights")
def set_weights(request: SignedIn) -> HttpResponse:
    """Use the posted numbers from the next round on; what can't be taken comes back as it was written."""
    form = WeightsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        made = weighing.adopt(
            base=form.cleaned_data["base"],
            weights=form.weights(),
            why=form.cleaned_data["why"],
            by=request.user,
            at=timezone.now(),
        )
    except weighing.OvertakenError as problem:
        form.start_from(problem.newest)
        form.add_error(None, str(problem))
        return _page(request, form, overtaken_by=problem.newest)
    except weighing.WeighingError as problem:
        form.add_error(None, str(problem))
        return _page(request, form)
    messages.success(
        request,
        _("Version %(version)d counts from the next round on.") % {"version": made.version},
    )
    return redirect("matching:weights")


def _page(
    request: SignedIn,
    form: WeightsForm,
    *,
    previews: list[AreaPreview] | None = None,
    overtaken_by: WeightsVersion | None = None,
) -> HttpResponse:
    roles = roles_of(request.user)
    return render(
        request,
        "matching/weights.html",
        {
            "form": form,
            "previews": previews,
            "overtaken_by": overtaken_by,
            "versions": versions(),
            "may_decide": "manager" in roles,
            "coaches": "coach" in roles,
        },
    )
