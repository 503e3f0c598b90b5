"""A link-up's page, the same for both sides and their coach, and its end."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from goals.web_reading import web_of
from matching.access import link_up_for
from matching.reading import link_up_page
from matching.reading.how_was_it import asked_about, weeks_of
from matching.reading.plans import plans_of
from matching.resting import resting_for
from people.access import SignedIn, access
from safeguarding.about import word_for
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
    helper = found.supporter
    shown = {
        "page": page,
        "plans": plans_of(found, reader=request.user, on=timezone.localdate()),
        "resting": resting_for(found, reader=request.user, side=page.side),
        # Between a family and its coach: whoever stands beside the family never reads it.
        "web": None if page.side == "supporter" else web_of(found.family, viewer=request.user),
        "coach": not page.side,
        # Between the supporter and the coach: the family never reads it.
        "asked": asked_about(found, on=timezone.localdate()) if page.side == "supporter" else None,
        "weeks": None if page.side else weeks_of(found, on=timezone.localdate()),
        "worry": word_for(found.family, helper.family, helper.volunteer, reader=request.user),
    }
    return render(request, "matching/link_up.html", shown)
