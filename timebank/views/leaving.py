"""Giving hours away, and closing one's own account once nothing is left."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.access import access
from people.models import User
from people.saying import hours
from timebank import accounts, leaving
from timebank.access import own_account
from timebank.forms import GiftForm
from timebank.models import Transfer
from timebank.views.checking import Check, ask_then_check, be_sure


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def give(request: HttpRequest) -> HttpResponse:
    """Let a member give hours to the community pot, or to somebody they have met."""
    user: User = request.user  # type: ignore[assignment]
    own, pot = own_account(user), accounts.pot()
    form = GiftForm(request.POST or None, pot=pot, met=accounts.met_by(own))

    def check() -> Check:
        to_pot = form.to_account() == pot
        return Check(
            facts=[
                (_("To"), _("The community pot") if to_pot else str(form.to_account())),
                (_("How much time"), hours(form.cleaned_data["took"])),
                (_("Your words"), form.cleaned_data["words"]),
            ],
            words=_("They go at once, and a gift can’t be taken back."),
            button=_("Yes, give them"),
        )

    def deed() -> Transfer:
        told = form.cleaned_data
        return leaving.donate(
            account=own,
            to=form.to_account(),
            minutes=told["took"],
            words=told["words"],
            by=user,
            at=timezone.now(),
            key=f"gift:{user.pk}:{told['client_id']}",
        )

    statement = reverse("timebank:statement")
    return ask_then_check(
        request,
        form,
        page="timebank/give.html",
        context={"account": own},
        check=check,
        deed=deed,
        told=_("Given. Thank you."),
        done=statement,
        back=statement,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def close_own(request: HttpRequest) -> HttpResponse:
    """Let a member close their own account when nothing is left on it and nothing waits."""
    user: User = request.user  # type: ignore[assignment]
    own = own_account(user)
    statement = reverse("timebank:statement")
    left = own.balance_minutes > 0
    return be_sure(
        request,
        title=_("Close your hours?"),
        check=Check(
            facts=[(_("To spend"), hours(own.balance_minutes))],
            words=_(
                "Thank you for every hour. Each one stays here for you to look at. No new ones can be counted "
                "for you after that. Nothing else on Kith changes."
            ),
            button=_("Yes, close my hours"),
            keep=_("No, keep them open"),
            stops=True,
            instead=(reverse("timebank:give"), _("Give hours away")) if left else None,
        ),
        deed=lambda: leaving.close(account=own, by=user, at=timezone.now()),
        told=_("Your hours are closed. Thank you for all of them."),
        done=statement,
        back=statement,
    )
