"""The board: offers and requests near me, putting one up, taking it down, and answering one, which opens a talk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import access
from people.models import User
from timebank import listings
from timebank.access import listing_for, own_account, own_account_if_any
from timebank.forms import ListingForm
from timebank.ledger import Refused
from timebank.models import Listing


@require_safe
@access("time_bank")
def board(request: HttpRequest) -> HttpResponse:
    """Show what people near by offer and ask for."""
    account = own_account_if_any(request.user)  # type: ignore[arg-type]
    kind = request.GET.get("kind", "")
    kind = kind if kind in Listing.Kind.values else ""
    before = request.GET.get("before", "")
    before_id = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    return render(
        request,
        "timebank/listings.html",
        {
            "account": account,
            "page": listings.board(viewer=account, kind=kind, before=before_id),
            "kind": kind,
            "tabs": [
                ("", _("All")),
                ("request", _("Could do with help")),
                ("offer", _("Can help")),
            ],
            "back_url": reverse("timebank:statement" if account else "timebank:desk"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def ask(request: HttpRequest) -> HttpResponse:
    """Put up an offer or a request."""
    user: User = request.user  # type: ignore[assignment]
    account = own_account(user)
    form = ListingForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            listings.must_be_welcomed(account)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            listings.post_listing(
                owner=account,
                kind=told["kind"],
                title=told["title"],
                words=told["words"],
                minutes=told["took"],
                at=timezone.now(),
            )
            messages.success(request, _("It’s up. People near you can see it now."))
            return redirect("timebank:listings")
    return render(
        request, "timebank/ask.html", {"form": form, "back_url": reverse("timebank:listings")}
    )


@require_POST
@access("member")
def answer(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Open the talk with whoever put it up."""
    user: User = request.user  # type: ignore[assignment]
    account = own_account(user)
    found = listing_for(user, listing_id)
    try:
        talk = listings.answer(listing=found, account=account, by=user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("timebank:listings")
    return redirect("messaging:conversation", talk.pk)


@require_POST
@access("member")
def close_listing(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Take down one of my own."""
    user: User = request.user  # type: ignore[assignment]
    found = listing_for(user, listing_id)
    try:
        listings.close_listing(listing=found, by=user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken down. You can put it up again whenever you like."))
    return redirect("timebank:listings")
