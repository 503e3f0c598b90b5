"""What a coach asks of a round: why not somebody else for this family?"""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.access import family_of_round, round_for, supporter_in
from matching.reading.whynot import ask_page, why_not_page
from people.access import SignedIn, access
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings


@require_safe
@access("coach")
@transaction.atomic
def ask(request: SignedIn, id: int, family_id: int) -> HttpResponse:
    """Show whom one may ask about for a family of a round, and who may not be linked with it."""
    found = round_for(request.user, id)
    if not found.is_done:
        return redirect("matching:round", id=found.pk)
    family = family_of_round(found, family_id)
    name = request.GET.get("name", "").strip()[:80]
    page = ask_page(found, family, name=name, at=timezone.now())
    note_openings(
        by=request.user,
        families=page.families,
        purpose=AccessEvent.Purpose.MATCHING,
        page="matching:ask",
        at=timezone.now(),
    )
    return render(request, "matching/ask.html", {"page": page})


@require_safe
@access("coach")
@transaction.atomic
def why_not(request: SignedIn, id: int, family_id: int, supporter_id: int) -> HttpResponse:
    """Show what stands against a pair, or what it would cost to make it."""
    found = round_for(request.user, id)
    if not found.is_done:
        return redirect("matching:round", id=found.pk)
    family = family_of_round(found, family_id)
    supporter = supporter_in(found.area, supporter_id)
    page = why_not_page(found, family, supporter, at=timezone.now())
    note_openings(
        by=request.user,
        families=page.families,
        purpose=AccessEvent.Purpose.MATCHING,
        page="matching:why_not",
        at=timezone.now(),
    )
    return render(request, "matching/why_not.html", {"page": page})
