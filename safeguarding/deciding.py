"""What a lead does with a concern besides noting: ask a coach to help, make the report for the police, sign it off.

No one here needs anybody's yes. A newcomer would ask a second person to approve before something leaves the house:
the law wants nothing to stand between a worry and the police or the council (trust.md SG-21).
"""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.letters import tell
from people.models import User
from safeguarding.about import Whom, note_whom
from safeguarding.access import is_kept_from, readers_of
from safeguarding.concerns import Kind, SignedOff, act
from safeguarding.models import Concern, ConcernAction, ConcernDecision
from safeguarding.telling import tell_new_readers


class NotThisCoach(Exception):
    """The concern is about the coach, or about somebody of their household."""

    words = gettext_lazy("It’s about them or somebody close to them. Ask another coach.")


def ask_coach(
    *,
    concern: Concern,
    coach: User,
    words: str,
    basis: str,
    by: User,
    at: datetime,
    client_id: UUID | None = None,
) -> ConcernAction:
    """Ask a coach to help. They read `words` and whom it is about, nothing else of the concern.

    Raises NotThisCoach and SignedOff.
    """
    if is_kept_from(concern, coach):
        raise NotThisCoach
    with transaction.atomic():
        asked = act(
            concern=concern,
            kind=Kind.ASKED,
            words=words,
            level=concern.level,
            recipient=str(coach),
            basis=basis,
            asks=coach,
            by=by,
            at=at,
            client_id=client_id,
        )
        page = reverse("safeguarding:asked", args=[asked.pk])
        tell([coach], about="safeguarding/asked", page=page)
    return asked


def say_whom(*, concern: Concern, whom: Whom, by: User, at: datetime) -> None:
    """Keep a concern from somebody and their household, be it `by` themselves, and tell who reads it instead."""
    with transaction.atomic():
        knew = readers_of(concern)
        note_whom(concern=concern, whom=whom, by=by, at=at)
        transaction.on_commit(partial(tell_new_readers, concern.pk, knew, at), robust=True)


def answer(*, asked: ConcernAction, words: str, by: User, at: datetime) -> ConcernAction:
    """Write down what the coach found; answered twice, the first answer stands. SignedOff when it came too late."""
    with transaction.atomic():
        held = Concern.objects.select_for_update().get(pk=asked.concern_id)
        known = held.actions.filter(answers=asked).first()
        return known or act(
            concern=held,
            kind=Kind.ANSWERED,
            words=words,
            level=held.level,
            answers=asked,
            by=by,
            at=at,
        )


def report(
    *, concern: Concern, by: User, at: datetime, client_id: UUID | None = None
) -> ConcernAction:
    """Note that the report for the police or the council was made. Always possible: at any level, signed off or not."""
    with transaction.atomic():
        held = Concern.objects.select_for_update().get(pk=concern.pk)
        return act(
            concern=held,
            kind=Kind.REPORTED,
            words=_("The report was opened, to be printed or read out."),
            level=held.level,
            recipient=_("the police or the council"),
            by=by,
            at=at,
            client_id=client_id,
        )


def correct(
    *, concern: Concern, words: str, by: User, at: datetime, client_id: UUID | None = None
) -> ConcernAction:
    """Add what turned out otherwise after the sign-off; the sign-off itself stays as it is."""
    return act(
        concern=concern,
        kind=Kind.CORRECTED,
        words=words,
        level=concern.level,
        by=by,
        at=at,
        client_id=client_id,
    )


def sign_off(*, concern: Concern, by: User, at: datetime, **decided: Any) -> ConcernDecision:
    """Keep the decision and stop the timer for good. `decided` are the fields of ConcernDecision.

    Raises SignedOff where somebody has signed it off already.
    """
    with transaction.atomic():
        held = Concern.objects.select_for_update().get(pk=concern.pk)
        if held.due_at is None:
            raise SignedOff
        decision = ConcernDecision.objects.create(concern=held, by=by, at=at, **decided)
        held.due_at = None
        held.save(update_fields=["due_at"])
    concern.due_at = None
    return decision
