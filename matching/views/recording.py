"""Writing down time together, with a signal and without one.

static/js/kept.js sends what a phone kept to the same address as the form, with the header `Accept: application/json`,
and is answered in a line of JSON. What the service worker keeps is `without_signal` alone, the form without anybody's
name: a phone that is shared may be opened by somebody else.
"""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from matching import linkups, recording
from matching.access import link_up_for
from matching.models import LinkUp, Together
from matching.recording_form import TogetherForm
from matching.views.addresses import number_in
from people.access import SignedIn, access
from people.keeping import kept_for
from timebank.ledger import KeyReused, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def together(request: SignedIn, id: int) -> HttpResponse:
    """Write down time together: the day, how long, and a line."""
    found = link_up_for(request.user, id)
    if not linkups.side_of(found, request.user):
        raise Http404
    form = _form(request, found)
    made = _write_down(form, found, request) if form.is_valid() else None
    if made is not None:
        messages.success(request, recording.told_of(made))
    if request.headers.get("Accept") == "application/json":
        return _told_the_phone(form, made)
    if made is not None:
        return redirect("matching:link_up", id=found.pk)
    return render(request, "matching/together.html", {"form": form, "link_up": found})


@require_safe
@access("member")
def without_signal(request: SignedIn) -> HttpResponse:
    """Give the form as a phone keeps it: the same for every link-up, without a name and with nothing of a session."""
    today = timezone.localdate()
    form = TogetherForm.fresh(today=today, first=today - today.resolution, last=today)
    return render(
        request,
        "matching/without_signal.html",
        {"form": form, "user": AnonymousUser(), "messages": [], "kept_for": kept_for(request.user)},
    )


@require_safe
@access("public")
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker, from below the only addresses it may answer for."""
    script = Path(str(finders.find("js/worker.js"))).read_bytes()
    return HttpResponse(script, content_type="text/javascript")


@require_safe
@access("signed_in")
def token(request: SignedIn) -> JsonResponse:
    """Give a fresh token for what a phone kept, and say for whom: a phone that is shared keeps it back from others."""
    return JsonResponse({"token": get_token(request), "who": kept_for(request.user)})


def _form(request: SignedIn, link_up: LinkUp) -> TogetherForm:
    today = timezone.localdate()
    first, last = link_up.started_on, linkups.last_day(link_up, on=today)
    if request.POST:
        return TogetherForm(request.POST, today=today, first=first, last=last)
    plan = link_up.plans.open().filter(pk=number_in(request, "plan") or 0).first()
    return TogetherForm.fresh(today=today, first=first, last=last, plan=plan)


def _write_down(form: TogetherForm, link_up: LinkUp, request: SignedIn) -> Together | None:
    told = form.cleaned_data
    try:
        return recording.write_down(link_up=link_up, by=request.user, at=timezone.now(), **told)
    except recording.DayHasOne as problem:
        form.add_error("is_another", str(problem))
    except linkups.LinkUpError as problem:
        form.add_error("happened_on", str(problem))
    except KeyReused:
        before = recording.said_before(by=request.user, client_id=told["client_id"])
        form.add_error(None, before)
        form.send_as_another()
    except Refused as problem:
        form.add_error(None, str(problem))
    return None


def _told_the_phone(form: TogetherForm, made: Together | None) -> JsonResponse:
    """Say that it is written down; or why not, whether "another time" would settle it, and under which id to send."""
    if made is not None:
        return JsonResponse({"written": made.pk})
    words = [str(error) for errors in form.errors.values() for error in errors]
    answer: dict[str, Any] = {
        "problem": " ".join(words),
        "ask_another": form.has_error("is_another"),
        "client_id": str(form["client_id"].value() or ""),
    }
    return JsonResponse(answer, status=400)
