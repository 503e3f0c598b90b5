"""Whom a family could meet today, for its coach."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.reading.meeting import meeting_page
from people.access import SignedIn, access
from people.models import Area
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings, open_family


@require_safe
@access("coach")
def meeting(request: SignedIn, id: int) -> HttpResponse:
    """Show whom one family could meet today; that it and they were opened is written down before.

    Not in one transaction: working it out would keep everybody else from writing.
    """
    now = timezone.now()
    purpose, shown = AccessEvent.Purpose.MATCHING, "matching:meeting"
    family = open_family(by=request.user, family_id=id, purpose=purpose, page=shown, at=now)
    area = Area.objects.filter(coaches=request.user, places=family.place_id).first()
    page = meeting_page(family, area=area, at=now) if area else None
    if page:
        note_openings(by=request.user, families=page.families, purpose=purpose, page=shown, at=now)
    return render(request, "matching/meeting.html", {"family": family, "page": page})
