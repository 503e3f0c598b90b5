"""Who is told that a concern waits. A letter says only that something waits (trust.md SG-39).

A newcomer would write to the shared mail box of the safeguarding lead. When a concern is about somebody who works
here, nobody knows who reads that box; then only those who may open it are written to, each at their own address.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from people.letters import send, tell_once
from people.models import User
from safeguarding.access import is_kept_from, leads, managers, readers_of
from safeguarding.models import Concern

log = logging.getLogger(__name__)


def tell_of_new(number: int, at: datetime) -> None:
    """Tell whoever may read a concern, and the shared mail box where nobody on the staff is kept from it."""
    concern = Concern.objects.get(pk=number)
    readers = readers_of(concern)
    if not readers:
        log.error(
            "Nobody here may read concern %d: give somebody else the safeguarding role.", number
        )
    _tell(concern, readers, at)
    staff = [*leads(), *managers()]
    own = {reader.email for reader in readers}
    if settings.SAFEGUARDING_EMAIL not in own and not any(
        is_kept_from(concern, one) for one in staff
    ):
        _ring_the_bell(concern)


def tell_of_climb(number: int, by: User, at: datetime) -> None:
    """Tell whoever else may read a concern that somebody brought to a higher level."""
    concern = Concern.objects.get(pk=number)
    _tell(concern, [one for one in readers_of(concern) if one != by], at)


def tell_new_readers(number: int, knew: list[User], at: datetime) -> None:
    """Tell who may read a concern now and couldn't before."""
    concern = Concern.objects.get(pk=number)
    _tell(concern, [one for one in readers_of(concern) if one not in knew], at)


def tell_waiting(at: datetime) -> None:
    """Tell whoever may read a concern that nobody acts on: once for each time its step began.

    It is asked again and again by the clock, so a letter that the mail server didn't take goes out later, and
    somebody who was given the role since is told too.
    """
    for concern in Concern.objects.unheeded().order_by("pk"):
        _tell(concern, readers_of(concern), at)


def address_of(concern: Concern) -> str:
    """Give the path of a concern's page; it holds its number and nothing else."""
    return reverse("safeguarding:concern", args=[concern.pk])


def _tell(concern: Concern, readers: list[User], at: datetime) -> None:
    for reader in readers:
        began = f"{concern.due_at:%Y%m%d%H%M}" if concern.due_at else ""
        tell_once(
            [reader],
            key=f"concern {concern.pk} {concern.level} {began} {reader.pk}",
            about="safeguarding/concern",
            page=address_of(concern),
            at=at,
        )


def _ring_the_bell(concern: Concern) -> None:
    letter = EmailMessage(
        _("Kith: something to read"),
        _("Somebody has told us something. Please sign in and read it:")
        + f"\n\n{settings.SITE_ADDRESS}{address_of(concern)}\n",
        to=[settings.SAFEGUARDING_EMAIL],
    )
    # Should mail be away, the concern is stored all the same and stands first in the list.
    send([letter], what=f"The mail about concern {concern.pk}")
