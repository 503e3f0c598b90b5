"""What the board shows, in a fixed number of questions however many families stand on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from people.models import Family, User
from people.pictures import Picture
from people.saying import plain_day
from safeguarding.board_access import board_for, due_for, steps_of
from safeguarding.board_drawing import marks_line
from safeguarding.models import BoardReview, BoardStep, OnBoard

ON_A_PAGE = 30


@dataclass(frozen=True)
class Said:
    """One look at a family, with the picture of the marks (none were given: no picture)."""

    review: BoardReview
    picture: Picture | None


@dataclass(frozen=True)
class Card:
    """A family on the board: when it is due, what was said last, and what is still to do."""

    place: OnBoard
    family: Family
    is_due: bool
    due: str
    last: Said | None
    steps: list[BoardStep]


def board(user: User, *, on: date, number: str | None) -> tuple[Page, list[Card]]:
    """Give a page of the board, what is due first."""
    places = board_for(user).select_related("family__place", "family__coach")
    page = Paginator(places.prefetch_related(_open_steps()), ON_A_PAGE).get_page(number)
    last = _last_reviews([place.pk for place in page])
    return page, [_card(place, last.get(place.pk), on) for place in page]


def history(place: OnBoard) -> list[Said]:
    """Give every look at a family since it was put on, the newest first."""
    reviews = place.reviews.select_related("by").prefetch_related("marks")
    return [said(one) for one in reviews]


def steps(place: OnBoard) -> list[BoardStep]:
    """Give what somebody took on: what is still to do first, by its day."""
    found = place.steps.select_related("owner").order_by("due_on", "pk")
    return sorted(found, key=lambda step: bool(step.outcome))


def said(review: BoardReview) -> Said:
    """Give a look at a family with its picture."""
    marks = [(mark.who, mark.value) for mark in review.marks.all()]
    return Said(review, marks_line(marks, mirrored=get_language_bidi()) if marks else None)


def due_words(place: OnBoard, on: date) -> str:
    """Say by when a family is to be looked at."""
    late = (on - place.review_by).days
    if late > 0:
        words = ngettext("Overdue by a day", "Overdue by %(days)d days", late)
        return words % {"days": late}
    if late == 0:
        return _("Due today")
    return _("Looked at again by %(day)s") % {"day": plain_day(place.review_by)}


def waits_words(user: User, on: date) -> str:
    """Say how much of the board waits for somebody; never for whom or why."""
    many = due_for(user, on).count() + steps_of(user, on).count()
    if not many:
        return ""
    return ngettext("%(many)d thing is due", "%(many)d things are due", many) % {"many": many}


def families_of(cards: Iterable[Card]) -> list[Family]:
    """Give whose records a page of the board opens."""
    return [card.family for card in cards]


def _card(place: OnBoard, review: BoardReview | None, on: date) -> Card:
    return Card(
        place=place,
        family=place.family,
        is_due=place.review_by <= on,
        due=due_words(place, on),
        last=said(review) if review else None,
        steps=list(place.steps.all()),
    )


def _last_reviews(places: list[int]) -> dict[int, BoardReview]:
    newest = BoardReview.objects.filter(place=OuterRef("place")).order_by("-at", "-pk")
    found = BoardReview.objects.filter(place__in=places, pk=Subquery(newest.values("pk")[:1]))
    return {one.place_id: one for one in found.prefetch_related("marks")}


def _open_steps() -> Prefetch:
    return Prefetch("steps", BoardStep.objects.filter(outcome="").select_related("owner"))
