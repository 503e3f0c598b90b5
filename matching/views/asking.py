"""What a coach asks of a round: why not somebody else for this family, and what if?"""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.access import family_of_round, round_for, supporter_in
from matching.reading.asking import ask_page
from matching.reading.whatif import FURTHER_KM, ROOM, NobodyWaitsError, Supposition, what_if_page
from matching.reading.whynot import why_not_page
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


@require_safe
@access("coach")
@transaction.atomic
def what_if(request: SignedIn, id: int) -> HttpResponse:
    """Show what would change if a supporter had more room, or if everybody travelled further; nothing is written."""
    found = round_for(request.user, id)
    if not found.is_done:
        return redirect("matching:round", id=found.pk)
    try:
        page = what_if_page(found, _supposed(request), at=timezone.now())
    except NobodyWaitsError:
        raise Http404 from None
    note_openings(
        by=request.user,
        families=page.families,
        purpose=AccessEvent.Purpose.MATCHING,
        page="matching:what_if",
        at=timezone.now(),
    )
    return render(request, "matching/what_if.html", {"page": page})


def _supposed(request: SignedIn) -> Supposition:
    """Give what was asked, nothing where it makes no sense; the page's own forms can't ask that."""
    supporter, more, further = (
        int(told) if (told := request.GET.get(name, "")).isdecimal() and len(told) < 10 else 0
        for name in ("supporter", "more", "further")
    )
    if supporter and more in ROOM:
        return Supposition(supporter=supporter, more=more)
    return Supposition(further_km=further if further in FURTHER_KM else 0)
