"""Pages around one concern: whom it is about, asking a coach, the report for the police, the sign-off."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import access, signed_in
from safeguarding import concern_reading, deciding
from safeguarding.about import Whom, look_for, named
from safeguarding.access import ask_for, coaches_for, concern_for, concerns_for
from safeguarding.concerns import SignedOff, open_concern
from safeguarding.forms.dealing import AnswerForm, AskForm, FindForm, SignOffForm
from safeguarding.models import ConcernAction


@require_http_methods(["GET", "HEAD", "POST"])
@access("concerns")
def about(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Let the lead look for somebody by name and say that it is about them."""
    reader = signed_in(request)
    concern = concern_for(reader, concern_id)
    if request.method == "POST" and "whom" in request.POST:
        deciding.say_whom(concern=concern, whom=_chosen(request), by=reader, at=timezone.now())
        is_mine = concerns_for(reader).filter(pk=concern.pk).exists()
        # It may be about the lead: then the page is gone, and somebody else has been told.
        return redirect(*(["safeguarding:concern", concern.pk] if is_mine else ["home"]))
    form = FindForm(request.POST if request.method == "POST" else None)
    found = look_for(form.cleaned_data["name"]) if form.is_bound and form.is_valid() else None
    return render(
        request,
        "safeguarding/about.html",
        {
            "concern": concern,
            "form": form,
            "found": None if found is None else concern_reading.found(found),
            "whom": concern_reading.whom(concern),
            "back_url": reverse("safeguarding:concern", args=[concern.pk]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("concerns")
def ask(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Let the lead ask a coach to help."""
    reader = signed_in(request)
    concern = concern_for(reader, concern_id)
    form = AskForm(request.POST if request.method == "POST" else None, coaches=coaches_for(concern))
    if form.is_bound and form.is_valid():
        try:
            deciding.ask_coach(concern=concern, by=reader, at=timezone.now(), **form.cleaned_data)
        except (deciding.NotThisCoach, SignedOff) as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect("safeguarding:concern", concern.pk)
    return _question(request, "ask", concern.pk, {"form": form, "concern": concern})


@require_http_methods(["GET", "HEAD", "POST"])
@access("concerns")
def sign_off(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Let the lead sign a concern off."""
    reader = signed_in(request)
    concern = concern_for(reader, concern_id)
    if request.method != "POST" and concern.due_at is None:
        return redirect("safeguarding:concern", concern.pk)
    form = SignOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        decided = {name: form.cleaned_data[name] for name in form.fields if name != "client_id"}
        try:
            deciding.sign_off(concern=concern, by=reader, at=timezone.now(), **decided)
        except SignedOff as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect("safeguarding:concern", concern.pk)
    return _question(request, "sign_off", concern.pk, {"form": form, "concern": concern})


@require_POST
@access("concerns")
def report(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Make the report for the police or the council: one press, whatever the level, and nobody has to agree."""
    reader = signed_in(request)
    concern = concern_for(reader, concern_id)
    deciding.report(
        concern=concern, by=reader, at=timezone.now(), client_id=_id_in(request, "client_id")
    )
    return redirect("safeguarding:pack", concern.pk)


@require_safe
@access("concerns")
def pack(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Show the report, made to be printed or read out. Only one that was noted as made is shown."""
    reader = signed_in(request)
    concern = concern_for(reader, concern_id)
    if not concern.actions.filter(kind=ConcernAction.Kind.REPORTED).exists():
        return redirect("safeguarding:concern", concern.pk)
    at = timezone.now()
    opened = open_concern(concern=concern, by=reader, at=at, page="safeguarding:pack")
    return render(
        request,
        "safeguarding/pack.html",
        {
            "concern": opened,
            "decision": getattr(opened, "decision", None),
            "people": concern_reading.people_of(opened),
            "actions": concern_reading.done(opened),
            "reader": reader,
            "at": at,
            "back_url": reverse("safeguarding:concern", args=[concern.pk]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
def asked(request: HttpRequest, action_id: int) -> HttpResponse:
    """Show a coach what the lead asks of them, and take the answer."""
    reader = signed_in(request)
    wanted = ask_for(reader, action_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            deciding.answer(
                asked=wanted, words=form.cleaned_data["words"], by=reader, at=timezone.now()
            )
        except SignedOff as refusal:
            form.add_error("words", refusal.words)
        else:
            return redirect("home")
    open_concern(concern=wanted.concern, by=reader, at=timezone.now(), page="safeguarding:asked")
    return render(
        request,
        "safeguarding/asked.html",
        {
            "asked": wanted,
            "whom": concern_reading.whom(wanted.concern),
            "form": form,
            "back_url": reverse("home"),
        },
    )


def _question(
    request: HttpRequest, name: str, concern_id: int, context: dict[str, object]
) -> HttpResponse:
    back_url = reverse("safeguarding:concern", args=[concern_id])
    return render(request, f"safeguarding/{name}.html", context | {"back_url": back_url})


def _chosen(request: HttpRequest) -> Whom:
    kind, _dash, number = request.POST["whom"].partition("-")
    is_number = number.isascii() and number.isdigit() and len(number) < 18
    chosen = named(kind, int(number)) if is_number else None
    if chosen is None:
        raise Http404
    return chosen


def _id_in(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
