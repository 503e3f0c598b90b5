"""The time broker's desk, and the page that shows everybody that the books balance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import access
from people.models import User
from timebank import accounts, reconcile
from timebank.desk import desk as lay_out
from timebank.models import Seal

MOST_WILLING = 50


@require_safe
@access("broker")
def desk(request: HttpRequest) -> HttpResponse:
    """Show a broker what waits and who might like a word."""
    user: User = request.user  # type: ignore[assignment]
    at = timezone.now()
    return render(
        request,
        "timebank/desk.html",
        {
            "desk": lay_out(by=user, at=at, all_that_waits=request.GET.get("waiting") == "all"),
            "willing": accounts.written_for_by(user, at=at)[:MOST_WILLING],
            "books": reconcile.latest(at=at),
        },
    )


@require_safe
@access("public")
def books(request: HttpRequest) -> HttpResponse:
    """Show anybody that the books balance; no names."""
    return render(
        request,
        "timebank/books.html",
        {"books": reconcile.latest(at=timezone.now()), "seal": Seal.objects.order_by("day").last()},
    )
