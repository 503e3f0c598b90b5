"""Writing down a gathering: a broker says who lent a hand, checks it, and everybody is credited at once."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.access import access
from people.models import User
from people.saying import day, hours
from timebank import accounts, gatherings
from timebank.forms import GatheringForm
from timebank.models import Gathering
from timebank.views.checking import Check, ask_then_check


@require_http_methods(["GET", "HEAD", "POST"])
@access("broker")
def gathering(request: HttpRequest) -> HttpResponse:
    """Let a broker write down who gave the community some time together; never their own family."""
    user: User = request.user  # type: ignore[assignment]
    at = timezone.now()
    people = list(accounts.written_for_by(user, at=at))
    form = GatheringForm(request.POST or None, people=people, today=timezone.localdate(at))

    def check() -> Check:
        there = form.minutes()
        return Check(
            facts=[
                (_("What you did"), form.cleaned_data["words"]),
                (_("When"), day(form.cleaned_data["held_on"], with_year=True)),
                *((str(account), hours(minutes)) for account, minutes in there.items()),
                (_("All together"), hours(sum(there.values()))),
            ],
            words=_("The community pot gives these hours, to everybody at once."),
            button=_("Yes, count them"),
        )

    def deed() -> Gathering:
        return gatherings.record(
            words=form.cleaned_data["words"],
            held_on=form.cleaned_data["held_on"],
            minutes=form.minutes(),
            by=user,
            at=at,
            client_id=form.cleaned_data["client_id"],
        )

    desk = reverse("timebank:desk")
    return ask_then_check(
        request,
        form,
        page="timebank/gathering.html",
        context={"nobody": not people},
        check=check,
        deed=deed,
        told=_("Counted. Everybody has it on their hours now."),
        done=desk,
        back=desk,
    )
