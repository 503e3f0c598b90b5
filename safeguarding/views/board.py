"""Pages of the daily meeting: the board, one family on it, putting it on and taking it off.

Every look at a family's lines is written down, as when its own record is opened.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import access, signed_in
from people.models import Family, User
from safeguarding import board, board_reading
from safeguarding.access import concern_for
from safeguarding.board_access import families_for, family_for, owners_for, place_for
from safeguarding.forms.board import PutOnForm, ReviewForm, StepForm, TakeOffForm, outcome_in
from safeguarding.models import AccessEvent, OnBoard
from safeguarding.opening import note_openings


@require_safe
@access("board")
@transaction.atomic
def meeting(request: HttpRequest) -> HttpResponse:
    """Show the board: what is due first, then by the day it is due."""
    reader, on = signed_in(request), timezone.localdate()
    page, cards = board_reading.board(reader, on=on, number=request.GET.get("page"))
    _note(reader, board_reading.families_of(cards), "safeguarding:board")
    context = {"page": page, "cards": cards, "due": sum(card.is_due for card in cards)}
    return render(request, "safeguarding/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access("board")
def on_board(request: HttpRequest, place_id: int) -> HttpResponse:
    """Show a family on the board with all that was said, and take what is said today."""
    reader = signed_in(request)
    place = place_for(reader, place_id)
    form = ReviewForm(
        request.POST if request.method == "POST" else None, initial={"who_1": str(reader)}
    )
    if form.is_bound and form.is_valid():
        try:
            board.review(place=place, by=reader, at=timezone.now(), **form.deed)
        except board.NotOnBoard as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, _("Written down. We look again in seven days at the latest."))
            return redirect("safeguarding:board")
    return _show(request, reader, place, form, StepForm(owners=owners_for(place)))


@require_POST
@access("board")
def add_step(request: HttpRequest, place_id: int) -> HttpResponse:
    """Take what somebody takes on for a family."""
    reader = signed_in(request)
    place = place_for(reader, place_id)
    form = StepForm(request.POST, owners=owners_for(place))
    if form.is_valid():
        try:
            board.add_step(place=place, by=reader, at=timezone.now(), **form.cleaned_data)
        except board.NotOnBoard as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect("safeguarding:on_board", place.pk)
    return _show(request, reader, place, ReviewForm(initial={"who_1": str(reader)}), form)


@require_POST
@access("board")
def end_step(request: HttpRequest, place_id: int, step_id: int) -> HttpResponse:
    """Say whether a step was done."""
    reader = signed_in(request)
    place, outcome = place_for(reader, place_id), outcome_in(request.POST)
    step = place.steps.filter(pk=step_id).first()
    if step is None or not outcome:
        raise Http404
    board.end_step(step=step, outcome=outcome, by=reader, at=timezone.now())
    return redirect("safeguarding:on_board", place.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access("board")
def put_on(request: HttpRequest, family_id: int) -> HttpResponse:
    """Ask what worries somebody about a family, and put it on the board; one that is there leads to its place."""
    reader = signed_in(request)
    family = family_for(reader, family_id)
    known = OnBoard.objects.filter(family=family, off_at=None).first()
    if known is not None:
        return redirect("safeguarding:on_board", known.pk)
    form = PutOnForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        why = form.cleaned_data["why"]
        place = board.put_on(family=family, why=why, by=reader, at=timezone.now())
        return redirect("safeguarding:on_board", place.pk)
    with transaction.atomic():
        _note(reader, [family], "safeguarding:put_on")
        return render(request, "safeguarding/put_on.html", {"form": form, "family": family})


@require_http_methods(["GET", "HEAD", "POST"])
@access("board")
def take_off(request: HttpRequest, place_id: int) -> HttpResponse:
    """Ask why a family can come off the board, and take it off."""
    reader = signed_in(request)
    place = place_for(reader, place_id)
    form = TakeOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        why = form.cleaned_data["why"]
        board.take_off(place=place, why=why, by=reader, at=timezone.now())
        messages.success(request, _("Taken off the board."))
        return redirect("safeguarding:board")
    with transaction.atomic():
        _note(reader, [place.family], "safeguarding:take_off")
        return render(
            request,
            "safeguarding/take_off.html",
            {
                "form": form,
                "place": place,
                "back_url": reverse("safeguarding:on_board", args=[place.pk]),
            },
        )


@require_POST
@access("concerns")
def from_concern(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Put the families that a concern is about on the board, without a word of it."""
    reader = signed_in(request)
    concern = concern_for(reader, concern_id)
    about = concern.people.filter(family__isnull=False).values("family")
    for family in families_for(reader).filter(pk__in=about).order_by("pk"):
        board.put_on_from_concern(concern=concern, family=family, by=reader, at=timezone.now())
    return redirect("safeguarding:concern", concern.pk)


def _show(
    request: HttpRequest, reader: User, place: OnBoard, form: ReviewForm, step_form: StepForm
) -> HttpResponse:
    on = timezone.localdate()
    with transaction.atomic():
        _note(reader, [place.family], "safeguarding:on_board")
        context = {
            "place": place,
            "form": form,
            "step_form": step_form,
            "due": board_reading.due_words(place, on),
            "is_due": place.review_by <= on,
            "history": board_reading.history(place),
            "steps": board_reading.steps(place),
            "today": on,
            "back_url": reverse("safeguarding:board"),
            "has_problem": bool(step_form.errors),
        }
        return render(request, "safeguarding/on_board.html", context)


def _note(reader: User, families: list[Family], page: str) -> None:
    note_openings(
        by=reader,
        families=families,
        purpose=AccessEvent.Purpose.SAFEGUARDING,
        page=page,
        at=timezone.now(),
    )
