"""Asking, then showing the answers to be checked, then doing it: two pages without script, for what moves hours.

The check asks the domain itself: the deed is done and undone again, so that a refusal is told before anybody says yes,
and no rule stands here a second time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from timebank.ledger import Refused


@dataclass(frozen=True)
class Check:
    """What is shown before it is done: `facts` are labels and values, `words` what will happen, `button` the yes.

    `instead` is an address and its words, for when it can't be done.
    """

    facts: list[tuple[str, str]]
    words: str
    button: str
    keep: str = ""
    stops: bool = False
    instead: tuple[str, str] | None = None


def ask_then_check(
    request: HttpRequest,
    form: Form,
    *,
    page: str,
    check: Callable[[], Check],
    deed: Callable[[], object],
    told: str,
    done: str,
    back: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, then what was answered, then do `deed` and lead to `done`; a refusal comes back on the form."""
    shown = {**(context or {}), "form": form, "back_url": back}
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "change":
        return render(request, page, shown)
    sent = request.POST.get("step") == "send"
    try:
        if sent:
            deed()
        else:
            _rehearse(deed)
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, page, shown)
    if not sent:
        return render(request, "timebank/check.html", {**shown, "check": check()})
    messages.success(request, told)
    return redirect(done)


def be_sure(
    request: HttpRequest,
    *,
    title: str,
    check: Check,
    deed: Callable[[], object],
    told: str,
    done: str,
    back: str,
) -> HttpResponse:
    """Show what will happen, then do `deed` and lead to `done`; what can't be done is told in its own words at once."""
    sent = request.method == "POST"
    refused_words = ""
    try:
        if sent:
            deed()
        else:
            _rehearse(deed)
    except Refused as refused:
        refused_words = str(refused)
    if sent and not refused_words:
        messages.success(request, told)
        return redirect(done)
    return render(
        request,
        "timebank/sure.html",
        {"title": title, "check": check, "refused": refused_words, "back_url": back},
    )


def _rehearse(deed: Callable[[], object]) -> None:
    with transaction.atomic():
        deed()
        transaction.set_rollback(True)
