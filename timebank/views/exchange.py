"""One exchange: what was written down, what each side may do about it, and what has been counted."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import access
from people.models import User
from timebank import accounts, exchanges
from timebank.access import exchange_for
from timebank.forms import DifferentForm, ReasonForm, SettleForm
from timebank.ledger import Refused
from timebank.models import Exchange


@require_safe
@access("time_bank")
def exchange(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """Show one exchange to its two sides, and to a broker."""
    user: User = request.user  # type: ignore[assignment]
    found = exchange_for(user, exchange_id)
    return render(request, "timebank/exchange.html", _shown(found, user))


@require_POST
@access("time_bank")
def confirm(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """Say that it was as the other side wrote it."""
    return _do(
        request, exchange_id, exchanges.confirm, told=_("Thank you. It’s on both your hours now.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("time_bank")
def different(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """Say that it was different: another length of time, or not at all."""
    form = DifferentForm(request.POST or None)
    return _ask(
        request,
        exchange_id,
        form,
        lambda **who: exchanges.dispute(minutes=form.minutes(), **who),
        page="timebank/different.html",
        standings=exchanges.CAN_DISPUTE,
        told=_what_counts,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("time_bank")
def take_back(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """Take back what one's own side wrote down; a page to be sure first."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        return _do(request, exchange_id, exchanges.withdraw, told=_("Taken back."))
    found = exchange_for(user, exchange_id)
    context = {"exchange": found, "back_url": _address(found)}
    return _page(request, found, "timebank/take_back.html", context, exchanges.CAN_SETTLE)


@require_http_methods(["GET", "HEAD", "POST"])
@access("broker")
def settle(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """Let a broker on neither side decide what waits."""
    # Empty at first, so that a broker chooses and nobody's figure is taken by oversight.
    form = SettleForm(request.POST or None)
    return _ask(
        request,
        exchange_id,
        form,
        lambda **who: exchanges.settle(minutes=form.cleaned_data["took"], **who),
        page="timebank/settle.html",
        standings=exchanges.CAN_SETTLE,
        told=lambda _done: _("Settled. Both sides see it on their hours."),
    )


@require_POST
@access("broker")
def settle_at_nothing(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """Let a broker on neither side leave it at what is agreed already, or at nothing."""
    found = exchange_for(request.user, exchange_id)  # type: ignore[arg-type]
    agreed = found.confirmed_minutes or 0
    return _do(
        request,
        exchange_id,
        lambda **who: exchanges.settle(minutes=agreed, **who),
        told=_("Settled. Both sides see it on their hours."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("broker")
def put_right(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """Let a broker on neither side undo a confirmed exchange; both lines stay."""
    form = ReasonForm(request.POST or None)
    return _ask(
        request,
        exchange_id,
        form,
        lambda **who: exchanges.put_right(reason=form.cleaned_data["reason"], **who),
        page="timebank/put_right.html",
        standings=exchanges.CAN_PUT_RIGHT,
        told=lambda _done: _("Put right. Both entries stay on both statements."),
    )


def _ask(
    request: HttpRequest,
    exchange_id: int,
    form: Form,
    deed: Callable[..., Exchange],
    *,
    page: str,
    standings: tuple[str, ...],
    told: Callable[[Exchange], str],
) -> HttpResponse:
    """Load through the door, ask, and do one thing; a refusal comes back on the form, with what was written."""
    user: User = request.user  # type: ignore[assignment]
    found = exchange_for(user, exchange_id)
    if form.is_valid():
        try:
            done = deed(exchange=found, by=user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, told(done))
            return redirect("timebank:exchange", exchange_id=found.pk)
    context = {"form": form, "exchange": found, "back_url": _address(found)}
    if form.is_bound:
        return render(request, page, context)
    return _page(request, found, page, context, standings)


def _page(
    request: HttpRequest,
    found: Exchange,
    page: str,
    context: dict[str, object],
    standings: tuple[str, ...],
) -> HttpResponse:
    """Ask, or say at once that there is nothing to ask any more: nobody should write a reason for nothing."""
    try:
        exchanges.must_be(found, standings)
    except exchanges.NotWaiting as answered:
        messages.info(request, str(answered))
        return redirect(_address(found))
    return render(request, page, context)


def _what_counts(done: Exchange) -> str:
    if done.standing == Exchange.Standing.DISPUTED:
        return _("Thank you. What you both agree on counts; the time broker looks at the rest.")
    return _("Thank you. You both say the same, so it’s settled.")


def _do(
    request: HttpRequest, exchange_id: int, deed: Callable[..., Exchange], *, told: str
) -> HttpResponse:
    """Load through the door, do one thing, and show the exchange; a refusal is told in its own words."""
    user: User = request.user  # type: ignore[assignment]
    found = exchange_for(user, exchange_id)
    try:
        deed(exchange=found, by=user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("timebank:exchange", exchange_id=found.pk)


def _shown(found: Exchange, user: User) -> dict[str, object]:
    wrote = accounts.acts_for(user, found.recording_account)
    answers = accounts.acts_for(user, found.answering_account)
    return {
        "exchange": found,
        "wrote_it": (wrote or found.recorded_by_id == user.pk) and not (answers and not wrote),
        "answers_it": answers and not wrote and found.recorded_by_id != user.pk,
        "settles_it": exchanges.may_settle(found, by=user),
        "i_gave": accounts.acts_for(user, found.giver),
        "i_got": accounts.acts_for(user, found.receiver),
        "lines": list(found.transfers.order_by("id")),
        "back_url": reverse("timebank:statement" if wrote or answers else "timebank:desk"),
    }


def _address(found: Exchange) -> str:
    return reverse("timebank:exchange", kwargs={"exchange_id": found.pk})
