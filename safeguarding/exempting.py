"""A step may wait until a day: one colleague asks, another grants (trust.md SG-05). After that day it blocks again.

A newcomer would let the check wait too. It can't: without it nobody knows who stands beside a family.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from safeguarding.models import Exemption
from safeguarding.recording import Person, RecordingError, changed, lock, not_ones_own, whose

LONGEST = timedelta(days=92)  # a season; whoever needs longer is asked again


@transaction.atomic
def ask(
    *,
    person: Person,
    kind: str,
    reason: str,
    until_on: date,
    by: User,
    at: datetime,
    client_id: UUID,
) -> Exemption:
    """Ask that a step may wait until the end of a day. It counts for nothing until somebody else grants it.

    The same `client_id` again gives the first one. Raises RecordingError for a day that is past or too far away.
    """
    not_ones_own(person, by)
    lock(person)
    stored = Exemption.objects.filter(client_id=client_id).first()
    if stored is not None:
        return stored
    today = timezone.localdate(at)
    if not today <= until_on <= today + LONGEST:
        raise RecordingError(
            _("Choose a day from today, up to three months ahead."), field="until_on"
        )
    return Exemption.objects.create(
        **whose(person),
        kind=kind,
        reason=reason,
        until_on=until_on,
        asked_by=by,
        asked_at=at,
        client_id=client_id,
    )


@transaction.atomic
def grant(*, exemption: Exemption, by: User, at: datetime) -> Exemption:
    """Let the step wait. Granting it again changes nothing. Raises RecordingError for whoever asked for it."""
    locked = Exemption.objects.select_for_update().get(pk=exemption.pk)
    person = locked.guardian or locked.volunteer
    assert person is not None, "the database holds one of the two"
    not_ones_own(person, by)
    if locked.granted_at is not None:
        return locked
    if locked.asked_by_id == by.pk:
        raise RecordingError(_("You asked for this, so somebody else has to grant it."))
    if hasattr(locked, "taken_back"):
        raise RecordingError(_("This was taken back. Ask for it anew if it’s still needed."))
    if locked.until_on < timezone.localdate(at):
        raise RecordingError(_("The day it was asked for has passed. Ask for it anew."))
    locked.granted_by, locked.granted_at = by, at
    locked.save(update_fields=["granted_by", "granted_at"])
    changed(person, at=at)
    return locked


def asked_to_wait_of(user: User) -> int:
    """Say how many steps wait for a lead's yes, those apart that this lead asked for."""
    waiting = Exemption.objects.filter(granted_at__isnull=True, taken_back__isnull=True)
    return waiting.exclude(asked_by=user).count()
