"""The manager's page: six numbers, each with its n and period, and what they cannot say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from insight import efficiency, outcomes
from insight.figures import Period
from people.access import access

PERIODS = {"12": _("12 weeks"), "26": _("Half a year"), "52": _("A year")}
FIRST = "26"


@require_safe
@access("numbers")
def numbers(request: HttpRequest) -> HttpResponse:
    """Show the six numbers for the weeks that the reader picked."""
    weeks = request.GET.get("weeks", FIRST)
    if weeks not in PERIODS:
        weeks = FIRST
    period = Period.weeks_before(timezone.localdate(), int(weeks))
    return render(
        request,
        "insight/numbers.html",
        {
            "periods": PERIODS.items(),
            "weeks": weeks,
            "period": period,
            "as_of": timezone.now(),
            "figures": [
                efficiency.placed(period),
                efficiency.days_to_link_up(period),
                efficiency.contacts_on_time(period),
                outcomes.goals_up(period),
                outcomes.hours_given(period),
                outcomes.ended_well(period),
            ],
        },
    )
