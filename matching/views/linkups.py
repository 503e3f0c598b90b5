"""A link-up's page, the same for both sides and their coach, and its end."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matching import linkups
from matching.access import coached_link_up, link_up_for
from matching.forms import EndForm
from matching.reading import link_up_page
from matching.reading.plans import plans_of
from people.access import SignedIn, access
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings


@require_safe
@access("link_up")
@transaction.atomic
def link_up(request: SignedIn, id: int) -> HttpResponse:
    """Show the path with today on it, the goals and what they did; a coach's look is written down."""
    found = link_up_for(request.user, id)
    page = link_up_page(found, reader=request.user, on=timezone.localdate())
    if not page.side:
        note_openings(
            by=request.user,
            families=[found.family],
            purpose=AccessEvent.Purpose.COACHING,
            page="matching:link_up",
            at=timezone.now(),
        )
    plans = plans_of(found, reader=request.user, on=timezone.localdate())
    return render(request, "matching/link_up.html", {"page": page, "plans": plans})


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
def end(request: SignedIn, id: int) -> HttpResponse:
    """Let the family's coach end a link-up, with a reason."""
    found = coached_link_up(request.user, id)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            linkups.end(
                link_up=found,
                on=timezone.localdate(),
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except linkups.LinkUpError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The link-up has ended. They can always come back."))
            return redirect("matching:family", id=found.family_id)
    return render(request, "matching/end.html", {"form": form, "link_up": found})
