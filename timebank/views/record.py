"""Writing down an hour: one page of questions, one page to check the answers, then it is sent. No JavaScript needed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.access import access
from people.models import User
from people.saying import hours
from timebank import accounts, exchanges, floors, limits, listings
from timebank.access import account_written_for, own_account
from timebank.forms import RecordForm
from timebank.ledger import Refused
from timebank.models import Account, Exchange, Listing


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def record(request: HttpRequest) -> HttpResponse:
    """Let a member write down time they gave or received."""
    user: User = request.user  # type: ignore[assignment]
    return _ask(request, own_account(user), recorded_for=None, back=reverse("timebank:statement"))


@require_http_methods(["GET", "HEAD", "POST"])
@access("broker")
def record_for(request: HttpRequest, account_id: int) -> HttpResponse:
    """Let a broker write down time for somebody who said yes to that; both names stand on it."""
    user: User = request.user  # type: ignore[assignment]
    at = timezone.now()
    account = account_written_for(user, account_id, at=at)
    person = accounts.willing_person(account, at=at)
    return _ask(
        request, account, recorded_for=person, back=reverse("timebank:desk"), for_other=True
    )


def _ask(
    request: HttpRequest,
    own: Account,
    *,
    recorded_for: User | None,
    back: str,
    for_other: bool = False,
) -> HttpResponse:
    """Show the questions, then the answers to check, then record; each step carries the answers along."""
    at = timezone.now()
    met = accounts.met_by(own)
    if for_other:
        met = _with_willing(met, own, request.user, at)  # type: ignore[arg-type]
    today = timezone.localdate(at)
    context = {"back_url": back, "own": own, "for_other": for_other, "nobody_met": not met}
    name = str(own) if for_other else ""
    if request.method == "GET":
        form = RecordForm(met=met, today=today, own_name=name, initial=_from_listing(request, own))
        return render(request, "timebank/record.html", {**context, "form": form})
    form = RecordForm(request.POST, met=met, today=today, own_name=name)
    if not form.is_valid() or not _has_room(form, own, for_other=for_other):
        return render(request, "timebank/record.html", {**context, "form": form})
    step = request.POST.get("step", "check")
    if step == "change":
        form = RecordForm(
            initial=form.cleaned_data | _typed(request), met=met, today=today, own_name=name
        )
        return render(request, "timebank/record.html", {**context, "form": form})
    if step != "send":
        other = form.other_account()
        linked = accounts.in_a_link_up(own, other)
        context |= {"form": form, "other": other, "in_a_link_up": linked}
        return render(request, "timebank/record_check.html", context)
    try:
        exchange = _record(form, own, by=request.user, recorded_for=recorded_for)  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "timebank/record.html", {**context, "form": form})
    messages.success(request, _("Sent. They’ll be asked whether it’s right."))
    return redirect("timebank:exchange", exchange_id=exchange.pk)


def _record(form: RecordForm, own: Account, *, by: User, recorded_for: User | None) -> Exchange:
    told = form.cleaned_data
    other = form.other_account()
    gave = told["side"] == Exchange.Side.GIVER
    giver, receiver = (own, other) if gave else (other, own)
    return exchanges.record(
        giver=giver,
        receiver=receiver,
        minutes=told["took"],
        happened_on=told["happened_on"],
        words=told["words"],
        side=told["side"],
        by=by,
        at=timezone.now(),
        client_id=told["client_id"],
        listing=_listing_between(told["listing"], giver, receiver),
        recorded_for=recorded_for,
    )


def _has_room(form: RecordForm, own: Account, *, for_other: bool) -> bool:
    """Say kindly, before it is sent, when the hours would go lower than they may."""
    left = limits.room(own, lowest=floors.lowest(own, at=timezone.now())).minutes
    if form.cleaned_data["side"] != Exchange.Side.RECEIVER or left is None:
        return True
    if form.cleaned_data["took"] <= left:
        return True
    if for_other:
        form.add_error("took", _("They have room for %(left)s just now.") % {"left": hours(left)})
        return False
    form.add_error(
        "took",
        _(
            "You have room for %(left)s just now. Somebody near you would love a hand, "
            "and the time broker can help too."
        )
        % {"left": hours(left)},
    )
    return False


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Give back what they wrote, not what we made of it."""
    return {"took": request.POST.get("took", "")}


def _with_willing(met: list[Account], own: Account, broker: User, at: datetime) -> list[Account]:
    """A broker may also choose among others who said yes to being written for; never their own family."""
    known = {account.pk for account in met}
    others = [
        one for one in accounts.willing(at=at)[:50] if one.pk not in known and one.pk != own.pk
    ]
    return [one for one in [*met, *others] if not accounts.acts_for(broker, one)]


def _from_listing(request: HttpRequest, own: Account) -> dict[str, Any]:
    """Fill in what a listing already tells: who with, what, how long and who would give."""
    wanted = request.GET.get("listing", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        return {}
    listing = listings.answered_by(own, int(wanted))
    if listing is None:
        return {}
    offered = listing.kind == Listing.Kind.OFFER
    return {
        "listing": listing.pk,
        "other": listing.owner_id,
        "side": Exchange.Side.RECEIVER if offered else Exchange.Side.GIVER,
        "words": listing.title,
        "took": f"{listing.minutes} min" if listing.minutes else "",
    }


def _listing_between(listing_id: int | None, giver: Account, receiver: Account) -> Listing | None:
    """Give the listing only when its owner really gave what was offered, or received what was asked for."""
    if listing_id is None:
        return None
    listing = Listing.objects.filter(pk=listing_id).first()
    if listing is None:
        return None
    owner = giver if listing.kind == Listing.Kind.OFFER else receiver
    return listing if listing.owner_id == owner.pk else None
