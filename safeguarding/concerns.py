"""Raising a concern, and what is done about it.

The words are stored first. The mail that follows says only that there is something to read: a mail box is not a safe
place, so nothing of what was told travels in it (trust.md SG-39). Nothing here is changed later, only added to.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from people.models import Guardian, User
from safeguarding import telling
from safeguarding.about import Whom, note_whom
from safeguarding.models import AccessEvent, Concern, ConcernAction
from safeguarding.opening import note_openings
from safeguarding.timers import LADDER, first_due, next_due

Kind = ConcernAction.Kind
# After the sign-off nothing is added but what puts it right, and what must never wait for anybody.
AFTER_SIGN_OFF = (Kind.CORRECTED, Kind.REPORTED)


class LevelOnlyClimbs(Exception):
    """Somebody tried to bring a concern down a level."""

    words = gettext_lazy("A concern only ever climbs. Keep its level, or choose a higher one.")


class SignedOff(Exception):
    """Somebody tried to go on with a concern that was signed off meanwhile."""

    words = gettext_lazy(
        "This was signed off meanwhile, so it wasn’t added. You can add it as a correction."
    )


def raise_concern(
    *,
    words: str,
    about: str,
    reach: str,
    by: User | None,
    at: datetime,
    whom: Iterable[Whom] = (),
) -> Concern:
    """Give the stored concern and tell whoever may read it that there is one. Signed out, `by` is None.

    `whom` is whoever the page was about on which it was raised: they are kept from it from the first moment.
    """
    with transaction.atomic():
        concern = Concern.objects.create(
            words=words.strip(),
            about=about.strip(),
            reach=reach.strip(),
            raised_by=by,
            raised_at=at,
            due_at=first_due(Concern.Level.BRONZE, at),
        )
        for one in whom:
            note_whom(concern=concern, whom=one, by=None, at=at)
        transaction.on_commit(partial(telling.tell_of_new, concern.pk, at), robust=True)
    return concern


def open_concern(*, concern: Concern, by: User, at: datetime, page: str) -> Concern:
    """Give a concern to be read. Whose families it is about is opened with it, and written down in one transaction."""
    people = concern.people.select_related("family", "user__guardian__family")
    families = {
        family.pk: family
        for one in people
        if (family := one.family or _family_of(one.user)) is not None
    }
    note_openings(
        by=by,
        families=families.values(),
        purpose=AccessEvent.Purpose.SAFEGUARDING,
        page=page,
        at=at,
    )
    return concern


def act(
    *,
    concern: Concern,
    words: str,
    level: str,
    by: User,
    at: datetime,
    kind: str = Kind.DID,
    client_id: UUID | None = None,
    **told: Any,
) -> ConcernAction:
    """Add what was done and why; the step's timer starts anew. The same `client_id` again gives the first action.

    `told` are the further fields of its kind: recipient, basis, asks, answers. Raises LevelOnlyClimbs for a level
    lower than the concern's own, and SignedOff where only a correction or the report for the police may follow.
    """
    with transaction.atomic():
        held = Concern.objects.select_for_update().get(pk=concern.pk)
        if client_id and (known := held.actions.filter(client_id=client_id).first()):
            return known
        if held.due_at is None and kind not in AFTER_SIGN_OFF:
            raise SignedOff
        if LADDER.index(level) < LADDER.index(held.level):
            raise LevelOnlyClimbs
        action = ConcernAction.objects.create(
            concern=held,
            kind=kind,
            by=by,
            at=at,
            words=words.strip(),
            level=level,
            client_id=client_id,
            **told,
        )
        if held.due_at is not None:
            _go_on(held, level, by, at)
    concern.level, concern.due_at = held.level, held.due_at
    return action


def levels_from(level: str) -> list[tuple[str, str]]:
    """Give the levels that a concern at `level` may have next, lowest first."""
    return [
        choice for choice in Concern.Level.choices if LADDER.index(choice[0]) >= LADDER.index(level)
    ]


def _go_on(held: Concern, level: str, by: User, at: datetime) -> None:
    has_climbed = level != held.level
    held.level, held.due_at = level, next_due(level, at)
    held.save(update_fields=["level", "due_at"])
    if has_climbed:  # at gold others may read it than before
        transaction.on_commit(partial(telling.tell_of_climb, held.pk, by, at), robust=True)


def _family_of(user: User | None) -> Any:
    guardian: Guardian | None = getattr(user, "guardian", None) if user else None
    return guardian.family if guardian else None
