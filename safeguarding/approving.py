"""Saying yes to a supporter once everything that is asked is there. Nobody says it to themselves or their own family.

A newcomer would let it follow from the last step by itself. A person looks at all of it together, and their name stands
under it (trust.md SG-05); a new version of the requirements never does it for them (SG-06).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Family, User, Volunteer
from safeguarding.models import Approval
from safeguarding.recording import RecordingError, changed, is_of_them, requirements_in_force
from safeguarding.tasks import tasks_for

NOT_YET_ACTIVE = (
    Family.Standing.APPLIED,
    Family.Standing.WELCOMED,
)  # volunteers use the same words


@transaction.atomic
def approve(*, member: Family | Volunteer, by: User, at: datetime) -> Family | Volunteer:
    """Say yes to every adult of a supporter, and make them active. Once more changes nothing.

    Raises RecordingError while something is missing, for somebody of their own, and for whoever has left.
    """
    locked = type(member).objects.select_for_update().get(pk=member.pk)
    if is_of_them(by, locked):
        raise RecordingError(
            _("Nobody says yes to themselves or their own family. Ask a colleague.")
        )
    if locked.standing == Family.Standing.LEFT:
        raise RecordingError(_("They have left. Welcome them back first."))
    on = timezone.localdate(at)
    told = tasks_for(locked, on=on)
    if not told or not all(one.is_ready for one in told):
        raise RecordingError(_("Something is still missing. Look at the list again."))
    rules = requirements_in_force(on=on)
    for one in told:
        if one.adult.approved_under(on) != rules.version:
            made = Approval.objects.create(
                **{f"{one.adult.kind}_id": one.adult.id}, requirements=rules, by=by, at=at
            )
            person = made.guardian or made.volunteer
            assert person is not None, "written above"
            changed(person, at=at)
    if locked.standing in NOT_YET_ACTIVE:
        locked.standing = Family.Standing.ACTIVE
        locked.save(update_fields=["standing"])
    return locked
