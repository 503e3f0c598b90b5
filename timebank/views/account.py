"""A broker's page for one account: how it stands, what waits, and what a broker who isn't of the family may decide."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.access import access
from people.models import User
from people.saying import day, hours
from timebank import floors, leaving, lines, reading
from timebank.access import account_kept_by
from timebank.forms import LowerForm, ReasonForm, WriteOffForm
from timebank.models import Account, Transfer, WriteOff
from timebank.views.checking import Check, ask_then_check, be_sure

_ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@access("broker")
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show one account to a broker."""
    found = _kept(request, account_id)
    kept = reading.kept(found, at=timezone.now())
    return render(
        request,
        "timebank/account.html",
        {
            "account": found,
            "kept": kept,
            "exceptions": kept.exceptions,
            "asked_by_me": kept.write_off is not None and kept.write_off.asked_by == request.user,
        },
    )


@_ASKS
@access("broker")
def lower(request: HttpRequest, account_id: int) -> HttpResponse:
    """Let an account go lower for a while."""
    found = _kept(request, account_id)
    form = LowerForm(request.POST or None)
    return ask_then_check(
        request,
        form,
        page="timebank/lower.html",
        context={"account": found},
        check=lambda: Check(
            facts=[
                (_("Whose hours"), str(found)),
                (_("They may go down to"), hours(form.floor_minutes())),
                (_("Until the end of"), day(form.cleaned_data["until"], with_year=True)),
                (_("Why"), form.cleaned_data["reason"]),
            ],
            words=_("They will see this on their own hours, with your name."),
            button=_("Yes, let them"),
        ),
        deed=lambda: floors.grant(
            account=found,
            floor_minutes=form.floor_minutes(),
            reason=form.cleaned_data["reason"],
            ends_at=form.ends_at(),
            by=_user(request),
            at=timezone.now(),
        ),
        told=_("Done. Their hours may go lower now."),
        done=_address(found),
        back=_address(found),
    )


@_ASKS
@access("broker")
def end_lower(request: HttpRequest, account_id: int, exception_id: int) -> HttpResponse:
    """End what let an account go lower."""
    found = _kept(request, account_id)
    exception = found.exceptions.filter(pk=exception_id, reverses__isnull=True).first()
    if exception is None:
        raise Http404
    return be_sure(
        request,
        title=_("End it now?"),
        check=Check(
            facts=[
                (_("Whose hours"), str(found)),
                (_("They may go down to"), hours(exception.floor_minutes)),
                (_("Until the end of"), day(exception.last_day, with_year=True)),
                (_("Why"), exception.reason),
            ],
            words=_("Their hours stay where they are. They can’t go any lower from now on."),
            button=_("Yes, end it"),
            keep=_("No, keep it"),
            stops=True,
        ),
        deed=lambda: floors.revoke(exception=exception, by=_user(request), at=timezone.now()),
        told=_("Ended."),
        done=_address(found),
        back=_address(found),
    )


@_ASKS
@access("broker")
def write_off(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask that what an account has or owes be written off; another broker has to agree."""
    found = _kept(request, account_id)
    form = WriteOffForm(request.POST or None)
    return ask_then_check(
        request,
        form,
        page="timebank/write_off.html",
        context={"account": found},
        check=lambda: Check(
            facts=[
                (_("Whose hours"), str(found)),
                (_("What is written off"), hours(found.balance_minutes)),
                (_("Why"), form.cleaned_data["reason"]),
            ],
            words=_("No hours move yet. Another broker has to agree first."),
            button=_("Yes, ask for it"),
        ),
        deed=lambda: leaving.ask_to_write_off(
            account=found,
            reason=form.cleaned_data["reason"],
            by=_user(request),
            at=timezone.now(),
        ),
        told=_("Asked for. Another broker has to agree now."),
        done=_address(found),
        back=_address(found),
    )


@_ASKS
@access("broker")
def agree_write_off(request: HttpRequest, account_id: int, write_off_id: int) -> HttpResponse:
    """Agree, as the second broker, that hours are written off."""
    found = _kept(request, account_id)
    asked = found.write_offs.select_related("asked_by").filter(pk=write_off_id).first()
    if asked is None:
        raise Http404
    return be_sure(
        request,
        title=_("Write these hours off?"),
        check=Check(
            facts=_facts_of(asked, found),
            words=_("The hours go into the community pot, and their own are at nothing then.")
            if asked.minutes > 0
            else _("The community pot gives the hours, and their own are at nothing then."),
            button=_("Yes, I agree"),
            keep=_("Not now"),
        ),
        deed=lambda: leaving.agree_to_write_off(
            write_off=asked, by=_user(request), at=timezone.now()
        ),
        told=_("Written off. It stands on their hours."),
        done=_address(found),
        back=_address(found),
    )


@_ASKS
@access("broker")
def take_back_write_off(request: HttpRequest, account_id: int, write_off_id: int) -> HttpResponse:
    """Take back what was asked for and nobody has agreed to yet."""
    found = _kept(request, account_id)
    asked = found.write_offs.select_related("asked_by").filter(pk=write_off_id).first()
    if asked is None or asked.agreed_at is not None:
        messages.info(request, _("Nothing waits here now: it was taken back or agreed already."))
        return redirect(_address(found))
    return be_sure(
        request,
        title=_("Take this back?"),
        check=Check(
            facts=_facts_of(asked, found),
            words=_("No hours have moved. You can ask for it again."),
            button=_("Yes, take it back"),
            keep=_("No, keep it"),
            stops=True,
        ),
        deed=lambda: leaving.take_back_write_off(
            write_off=asked, by=_user(request), at=timezone.now()
        ),
        told=_("Taken back."),
        done=_address(found),
        back=_address(found),
    )


@_ASKS
@access("broker")
def put_line_right(request: HttpRequest, account_id: int, line_id: int) -> HttpResponse:
    """Send the hours of a gathering or a gift back; both entries stay."""
    found = _kept(request, account_id)
    mine = Q(payer=found) | Q(payee=found)
    line = Transfer.objects.filter(mine, pk=line_id, kind__in=lines.ALONE).first()
    if line is None:
        raise Http404
    if Transfer.objects.filter(reverses=line).exists():
        messages.info(request, _("This entry was put right already."))
        return redirect(_address(found))
    form = ReasonForm(request.POST or None)
    return ask_then_check(
        request,
        form,
        page="timebank/put_line_right.html",
        context={"account": found, "line": line},
        check=lambda: Check(
            facts=[
                (_("Whose hours"), str(found)),
                (_("What"), line.reason or line.get_kind_display()),
                (_("When"), day(line.happened_at)),
                (_("They have now"), hours(found.balance_minutes)),
                (_("They will have"), hours(found.balance_minutes + _back(line, found))),
                (_("Why"), form.cleaned_data["reason"]),
            ],
            words=_("Nothing is rubbed out. A second entry sends the hours back, and both stay."),
            button=_("Yes, send them back"),
        ),
        deed=lambda: lines.put_right(
            line=line, reason=form.cleaned_data["reason"], by=_user(request), at=timezone.now()
        ),
        told=_("Put right. Both entries stay."),
        done=_address(found),
        back=_address(found),
    )


@_ASKS
@access("broker")
def close_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Close an account that stands at nothing and has nothing waiting."""
    found = _kept(request, account_id)
    return be_sure(
        request,
        title=_("Close this account?"),
        check=Check(
            facts=[
                (_("Whose hours"), str(found)),
                (_("To spend"), hours(found.balance_minutes)),
            ],
            words=_("Every entry stays. No hours can be counted here after that."),
            button=_("Yes, close it"),
            keep=_("No, keep it open"),
            stops=True,
        ),
        deed=lambda: leaving.close(account=found, by=_user(request), at=timezone.now()),
        told=_("Closed. Every entry stays where it is."),
        done=_address(found),
        back=_address(found),
    )


def _kept(request: HttpRequest, account_id: int) -> Account:
    return account_kept_by(_user(request), account_id)


def _user(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]
    return user


def _back(line: Transfer, account: Account) -> int:
    """Give what putting `line` right moves on `account`, in minutes."""
    return line.minutes if line.payer_id == account.pk else -line.minutes


def _facts_of(asked: WriteOff, account: Account) -> list[tuple[str, str]]:
    return [
        (_("Whose hours"), str(account)),
        (_("What is written off"), hours(asked.minutes)),
        (_("To spend now"), hours(account.balance_minutes)),
        (_("Why"), asked.reason),
        (_("Asked for by"), f"{asked.asked_by}, {day(asked.asked_at)}"),
    ]


def _address(account: Account) -> str:
    return reverse("timebank:account", kwargs={"account_id": account.pk})
