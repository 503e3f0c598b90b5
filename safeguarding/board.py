"""The daily meeting: families are put on a board, looked at every week, and taken off with a reason.

A newcomer would close a family's card when its steps are done. Nothing takes a family off by itself: until somebody
says why, it comes up again seven days after it was last looked at (after Clackmannanshire's daily meeting).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Family, User
from safeguarding.concerns import act
from safeguarding.models import BoardMark, BoardReview, BoardStep, Concern, OnBoard

WEEK = timedelta(days=7)


class NotOnBoard(Exception):
    """Somebody took the family off meanwhile."""

    words = gettext_lazy(
        "Somebody took this family off the board meanwhile. Put it on again first."
    )


def put_on(*, family: Family, why: str, by: User, at: datetime) -> OnBoard:
    """Give the family's place on the board; one that it has already is kept, with its own reason and day."""
    with transaction.atomic():
        Family.objects.select_for_update().get(pk=family.pk)
        place, _is_new = OnBoard.objects.get_or_create(
            family=family,
            off_at=None,
            defaults={
                "put_by": by,
                "put_at": at,
                "why": why.strip(),
                "review_by": timezone.localdate(at) + WEEK,
            },
        )
    return place


def put_on_from_concern(*, concern: Concern, family: Family, by: User, at: datetime) -> OnBoard:
    """Put a family on the board without a word of the concern, and note with the concern that it was done."""
    with transaction.atomic():
        held = Concern.objects.select_for_update().get(pk=concern.pk)
        known = OnBoard.objects.filter(family=family, off_at=None).first()
        if known is not None:
            return known
        act(
            concern=held,
            words=_("A family was put on the board of the daily meeting, without these words."),
            level=held.level,
            by=by,
            at=at,
        )
        why = _("Our safeguarding lead would like us to talk about this family.")
        return put_on(family=family, why=why, by=by, at=at)


def review(
    *,
    place: OnBoard,
    working: str,
    worrying: str,
    happens_next: str,
    marks: Iterable[tuple[str, int]],
    by: User,
    at: datetime,
    client_id: UUID | None = None,
) -> BoardReview:
    """Keep what was said, with each person's own mark; the next look is due in seven days. Raises NotOnBoard."""
    with transaction.atomic():
        held = _held(place)
        if client_id and (known := held.reviews.filter(client_id=client_id).first()):
            return known
        made = BoardReview.objects.create(
            place=held,
            by=by,
            at=at,
            working=working.strip(),
            worrying=worrying.strip(),
            happens_next=happens_next.strip(),
            client_id=client_id,
        )
        BoardMark.objects.bulk_create(
            BoardMark(review=made, who=who, value=value) for who, value in marks
        )
        held.review_by = max(held.review_by, timezone.localdate(at) + WEEK)
        held.save(update_fields=["review_by"])
    return made


def add_step(
    *,
    place: OnBoard,
    words: str,
    owner: User,
    due_on: date,
    by: User,
    at: datetime,
    client_id: UUID | None = None,
) -> BoardStep:
    """Give the step that somebody takes on; the same `client_id` again gives the first. Raises NotOnBoard."""
    with transaction.atomic():
        held = _held(place)
        if client_id and (known := held.steps.filter(client_id=client_id).first()):
            return known
        return BoardStep.objects.create(
            place=held,
            words=words.strip(),
            owner=owner,
            due_on=due_on,
            added_by=by,
            added_at=at,
            client_id=client_id,
        )


def end_step(*, step: BoardStep, outcome: str, by: User, at: datetime) -> BoardStep:
    """Say whether a step was done; what was said first stands."""
    with transaction.atomic():
        held = BoardStep.objects.select_for_update().get(pk=step.pk)
        if not held.outcome:
            held.outcome, held.ended_by, held.ended_at = outcome, by, at
            held.save(update_fields=["outcome", "ended_by", "ended_at"])
    return held


def take_off(*, place: OnBoard, why: str, by: User, at: datetime) -> OnBoard:
    """Take a family off, with the reason; its open steps end as not done. Taken off already, nothing is changed."""
    with transaction.atomic():
        held = OnBoard.objects.select_for_update().get(pk=place.pk)
        if held.off_at is None:
            held.off_by, held.off_at, held.off_why = by, at, why.strip()
            held.save(update_fields=["off_by", "off_at", "off_why"])
            held.steps.filter(outcome="").update(
                outcome=BoardStep.Outcome.NOT_DONE, ended_by=by, ended_at=at
            )
    return held


def _held(place: OnBoard) -> OnBoard:
    held = OnBoard.objects.select_for_update().get(pk=place.pk)
    if held.off_at is not None:
        raise NotOnBoard
    return held
