"""Which cadence the programme uses, new versions of it, and planning what is left of a link-up anew.

A newcomer would move every call when the cadence changes. People were told when they would be rung; so only the next
link-ups follow it, and a coach who wants the rest of going ones planned anew says so.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.cadence import Cadence, plan_contacts
from matching.models import CadencePick, CadenceTemplate, Contact, LinkUp
from matching.models.linkup import LinkUpQuerySet
from people.models import User


class PlanningError(Exception):
    """The cadence can't be kept like this; the message is for the manager."""


class OvertakenError(PlanningError):
    """Somebody made another version meanwhile."""


@transaction.atomic
def new_version(
    *, of: CadenceTemplate, sides: dict[str, Cadence], why: str, by: User, at: datetime
) -> CadenceTemplate:
    """Make a version with other weeks; if the cadence is in use, the new version is used from now on.

    Raises OvertakenError when `of` is not the newest any more, PlanningError when nothing would change.
    """
    in_use = _wait_for_my_turn()
    newest = CadenceTemplate.objects.filter(slug=of.slug).latest("version")
    weeks = {f"{side}_weeks": list(one.weeks) for side, one in sides.items()}
    every = {f"{side}_every": one.then_every for side, one in sides.items()}
    told = {**weeks, **every}
    if all(getattr(newest, field) == value for field, value in told.items()):
        if newest.pk != of.pk:
            return newest  # a second press
        raise PlanningError(_("These are in use already. Change a number first."))
    if newest.pk != of.pk:
        raise OvertakenError(_("Somebody made a newer version while you wrote. Have a look at it."))
    made = CadenceTemplate.objects.create(
        slug=of.slug,
        name=of.name,
        version=newest.version + 1,
        why=why,
        made_by=by,
        made_at=at,
        **told,
    )
    if in_use.slug == of.slug:
        CadencePick.objects.create(template=made, picked_by=by, picked_at=at)
    return made


@transaction.atomic
def pick(*, template: CadenceTemplate, by: User, at: datetime) -> None:
    """Plan link-ups with this one from now on. Picking it again changes nothing."""
    if _wait_for_my_turn().pk != template.pk:
        CadencePick.objects.create(template=template, picked_by=by, picked_at=at)


@transaction.atomic
def plan_anew(*, coach: User, by: User, at: datetime) -> int:
    """Plan what is still to come in a coach's going link-ups by the cadence in use; gives how many link-ups changed.

    What was done, or is due by today, stays as it is.
    """
    in_use, today = CadenceTemplate.objects.in_use(), timezone.localdate(at)
    others = planned_otherwise(coach).select_for_update(of=("self",)).order_by("pk")
    found = list(others)
    Contact.objects.filter(link_up__in=found, due_on__gt=today, done_on=None).delete()
    for link_up in found:
        link_up.cadence = in_use
        plan_contacts(link_up, after=today)
    return len(found)


def planned_otherwise(coach: User) -> LinkUpQuerySet:
    """Give a coach's going link-ups that were planned with another cadence than the one in use."""
    in_use = CadenceTemplate.objects.in_use()
    return LinkUp.objects.going().filter(family__coach=coach).exclude(cadence=in_use)


def _wait_for_my_turn() -> CadenceTemplate:
    """Let one manager at a time change cadences: the first version is there for ever."""
    CadenceTemplate.objects.select_for_update().order_by("pk").first()
    return CadenceTemplate.objects.in_use()
