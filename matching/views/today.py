"""Everything of a coach's day for one reason, a page at a time: what doesn't stand on the day itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.reading import coach_today
from matching.reading.folding import REASONS, label_of
from matching.views.addresses import number_in
from people.access import SignedIn, access

ON_A_PAGE = 30


@require_safe
@access("coach")
def today(request: SignedIn) -> HttpResponse:
    """List what needs the coach for one reason, or all that is coming; without a reason, everything in order."""
    why, first = request.GET.get("why", ""), number_in(request, "from") or 0
    day = coach_today(request.user, timezone.localdate())
    wanted = [one for one in day.all_needs if why not in REASONS or one.kind == why]
    shown = wanted[first : first + ON_A_PAGE]
    following = first + ON_A_PAGE
    return render(
        request,
        "matching/today.html",
        {
            "why": why if why in REASONS or why == "coming" else "",
            "title": label_of(why),
            "needs": shown,
            "number_before": first,
            "total": len(wanted),
            "next_from": following if following < len(wanted) else None,
            "coming": day.all_coming if why == "coming" else None,
        },
    )
