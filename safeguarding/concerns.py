"""Raising a concern, and what is done about it.

The words are stored first. The mail that follows says only that there is something to read: a mail box is not a safe
place, so nothing of what was told travels in it (trust.md SG-39). Nothing here is changed later, only added to.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.letters import send
from people.models import User
from safeguarding.models import AccessEvent, Concern, ConcernAction

LADDER = list(Concern.Level.values)  # bronze, silver, gold


class LevelOnlyClimbs(Exception):
    """Somebody tried to bring a concern down a level."""

    words = gettext_lazy("A concern only ever climbs. Keep its level, or choose a higher one.")


def raise_concern(*, words: str, about: str, reach: str, by: User | None, at: datetime) -> Concern:
    """Give the stored concern and tell the safeguarding lead that there is one. Signed out, `by` is None."""
    with transaction.atomic():
        concern = Concern.objects.create(
            words=words.strip(),
            about=about.strip(),
            reach=reach.strip(),
            raised_by=by,
            raised_at=at,
        )
        number = concern.pk
        transaction.on_commit(lambda: _ring_the_bell(number))
    return concern


def open_concern(*, concern: Concern, by: User, at: datetime) -> Concern:
    """Give a concern to be read. Where it is about a family, the opening is written down in the same transaction."""
    if concern.family_id:
        AccessEvent.objects.create(
            actor=by,
            family_id=concern.family_id,
            purpose=AccessEvent.Purpose.SAFEGUARDING,
            page="safeguarding:concern",
            at=at,
        )
    return concern


def act(*, concern: Concern, words: str, level: str, by: User, at: datetime) -> ConcernAction:
    """Add what was done and why. Raises LevelOnlyClimbs for a level lower than the concern's own."""
    with transaction.atomic():
        held = Concern.objects.select_for_update().get(pk=concern.pk)
        if LADDER.index(level) < LADDER.index(held.level):
            raise LevelOnlyClimbs
        action = ConcernAction.objects.create(
            concern=held, by=by, at=at, words=words.strip(), level=level
        )
        if level != held.level:
            held.level = level
            held.save(update_fields=["level"])
    concern.level = level
    return action


def levels_from(level: str) -> list[tuple[str, str]]:
    """Give the levels that a concern at `level` may have next, lowest first."""
    return [
        choice for choice in Concern.Level.choices if LADDER.index(choice[0]) >= LADDER.index(level)
    ]


def _ring_the_bell(number: int) -> None:
    address = settings.SITE_ADDRESS + reverse("safeguarding:concern", args=[number])
    letter = EmailMessage(
        _("Kith: something to read"),
        _("Somebody has told us something. Please sign in and read it:") + f"\n\n{address}\n",
        to=[settings.SAFEGUARDING_EMAIL],
    )
    # Should mail be away, the concern is stored all the same and stands first in the list.
    send([letter], what=f"The mail about concern {number}")
