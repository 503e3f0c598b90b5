"""My statement: what I have, what waits for my yes, every line with its running balance, and the same as a file.

Days are chosen in the address, so that links, the file and a print all keep them.
"""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.access import access
from timebank import floors, flow, listings, reading
from timebank.access import own_account
from timebank.forms import DaysForm
from timebank.limits import Footing
from timebank.models import Transfer
from timebank.statements import (
    ALL,
    EVERYTHING,
    GAVE,
    GOT,
    Line,
    ends,
    every_line,
    statement,
)


@require_safe
@access("member")
def my_statement(request: HttpRequest) -> HttpResponse:
    """Show the hours of the signed-in member, of all days or of those they chose."""
    account = own_account(request.user)  # type: ignore[arg-type]
    at = timezone.now()
    show = request.GET.get("show", ALL)
    show = show if show in {ALL, GAVE, GOT} else ALL
    before = _number(request.GET.get("before"))
    days = DaysForm(request.GET)
    chosen = days.chosen()
    within = chosen or EVERYTHING
    hours = reading.hours_of(account, at=at)
    page = statement(account, before=before, show=show, within=within)
    steady = hours.room.footing == Footing.STEADY or not page.lines
    return render(
        request,
        "timebank/statement.html",
        {
            "account": account,
            "hours": hours,
            "page": page,
            "show": show,
            "tabs": [(ALL, _("All")), (GAVE, _("I gave")), (GOT, _("I got"))],
            "is_first_page": before is None,
            "days": days,
            "has_problem": bool(days.errors),
            "ends": ends(account, within=within) if chosen else None,
            "exceptions": floors.shown(account, at=at),
            "waits_on_others": reading.waits_on_others(account),
            "could_help_with": [] if steady else listings.could_help_with(account),
            "picture": flow.flow_of(account) if not (before or chosen) and page.lines else None,
        },
    )


@require_safe
@access("member")
def download(request: HttpRequest) -> HttpResponse:
    """Send every line of the chosen days as a file that spreadsheets open, newest first."""
    account = own_account(request.user)  # type: ignore[arg-type]
    days = DaysForm(request.GET)
    if not days.is_valid():  # the page says what is wrong with them
        return redirect(f"{reverse('timebank:statement')}?{request.GET.urlencode()}")
    response = HttpResponse(
        "".join(_csv(every_line(account, within=days.chosen() or EVERYTHING))),
        content_type="text/csv; charset=utf-8",
    )
    # The name says nothing about whose it is: files are left on shared computers (trust.md SG-39).
    response["Content-Disposition"] = 'attachment; filename="my-hours.csv"'
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """Give the line."""
        return text


def _csv(lines: Iterator[Line]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets on Windows take it for UTF-8 only with this mark
    yield writer.writerow(
        [
            _("Day"),
            _("What"),
            _("Who with"),
            _("Took (minutes)"),
            _("Hours (minutes)"),
            _("Balance (minutes)"),
            _("Note"),
        ]
    )
    for line in lines:
        yield writer.writerow(
            [
                timezone.localdate(line.counted_at).isoformat(),
                _plain(line.transfer.reason),
                _plain(str(line.other)),
                line.minutes,
                line.delta,
                line.balance,
                _note(line),
            ]
        )


def _note(line: Line) -> str:
    if line.transfer.reverses_id:
        return _("Put right")
    if line.stood_in:
        return _("The community pot stood in")
    return {
        Transfer.Kind.GATHERING.value: _("A gathering"),
        Transfer.Kind.GIFT.value: _("A gift"),
        Transfer.Kind.WRITE_OFF.value: _("Written off"),
    }.get(line.transfer.kind, "")


def _plain(text: str) -> str:
    """Give text that a spreadsheet takes as text: a leading =, + or @ would be run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
