"""Raising a concern, and the lead's own pages. Raising works signed out, without JavaScript, from every page."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from people.access import access, signed_in
from people.models import User
from safeguarding import concern_reading, concerns, deciding, pace
from safeguarding.about import people_in
from safeguarding.access import concern_for, concerns_for
from safeguarding.forms import RaiseForm
from safeguarding.forms.dealing import ActForm, CorrectForm
from safeguarding.models import Concern


@require_http_methods(["GET", "HEAD", "POST"])
@access("public")
def raise_concern(request: HttpRequest) -> HttpResponse:
    """Ask what worries somebody; 999 stands first. `from` is the signed word of the page it was raised on."""
    is_post = request.method == "POST"
    word = request.POST.get("came_from", "") if is_post else request.GET.get("from", "")
    whom = people_in(word, reader=request.user)
    form = RaiseForm(request.POST if is_post else None, came_from=word if whom else "")
    slow_down = False
    if is_post and form.is_valid():
        slow_down = pace.too_many(request)
        if not slow_down:
            told = form.cleaned_data
            concerns.raise_concern(
                words=told["words"],
                about=told["about"],
                reach=told["reach"],
                whom=whom if told.get("is_about_page") else [],
                by=signed_in(request) if request.user.is_authenticated else None,
                at=timezone.now(),
            )
            return redirect("safeguarding:thanks")
    response = render(
        request,
        "safeguarding/raise.html",
        {"form": form, "slow_down": slow_down},
        status=429 if slow_down else 200,
    )
    add_never_cache_headers(response)  # on a shared phone, Back must not show what was written
    return response


@require_safe
@access("public")
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that it has arrived and what happens now."""
    return render(request, "safeguarding/thanks.html")


@require_safe
@access("concerns")
def listing(request: HttpRequest) -> HttpResponse:
    """Show the open concerns by what runs out first, or the signed-off ones, newest first."""
    reader = signed_in(request)
    signed_off = request.GET.get("show") == "signed_off"
    page, rows = concern_reading.rows(
        concerns_for(reader), signed_off=signed_off, number=request.GET.get("page")
    )
    return render(
        request,
        "safeguarding/concerns.html",
        {
            "page": page,
            "rows": rows,
            "signed_off": signed_off,
            "who_else": concern_reading.who_else(reader),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("concerns")
def concern(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Show one concern with everything done about it, and add to that; a correction once it is signed off."""
    reader = signed_in(request)
    found = concern_for(reader, concern_id)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            _add(form, found, reader)
        except concerns.LevelOnlyClimbs as refusal:  # somebody else raised it meanwhile
            form.add_error("level", refusal.words)
        except concerns.SignedOff as refusal:
            form.add_error("words", refusal.words)
        else:
            return redirect("safeguarding:concern", found.pk)
    opened = concerns.open_concern(
        concern=found, by=reader, at=timezone.now(), page="safeguarding:concern"
    )
    return render(
        request,
        "safeguarding/concern.html",
        {
            "concern": opened,
            "decision": getattr(opened, "decision", None),
            "due": concern_reading.due_words(
                opened, is_unheeded=not concern_reading.heeded(opened)
            ),
            "whom": concern_reading.whom(opened),
            "actions": concern_reading.done(opened),
            "form": form,
            "report_id": uuid4(),
            "has_family": opened.people.filter(family__isnull=False).exists(),
            "back_url": reverse("safeguarding:concerns"),
        },
    )


def _form(request: HttpRequest, found: Concern) -> ActForm | CorrectForm:
    data = request.POST if request.method == "POST" else None
    # Whoever filled in the longer form while somebody signed it off keeps that form, and their words.
    if found.due_at is None and (data is None or "level" not in data):
        return CorrectForm(data)
    return ActForm(data, concern=found)


def _add(form: ActForm | CorrectForm, found: Concern, by: User) -> None:
    at = timezone.now()
    if isinstance(form, CorrectForm):
        deciding.correct(concern=found, by=by, at=at, **form.cleaned_data)
    else:
        concerns.act(concern=found, by=by, at=at, **form.deed)
