"""What the two sides do next: one suggests a day, the other says yes or another day, and either may drop it.

A newcomer would let whoever suggests agree too. Who spoke last (`said_by`) never answers for the other side. A plan is
no hour: what came of it is written down as time together, which marks the plan done (matching.recording).
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.linkups import side_of
from matching.models import LinkUp, Plan, Together
from people.models import User

MOST_OPEN = 10
FURTHEST = timedelta(days=183)  # what lies further ahead is a wish, and more likely a slip
Standing = Plan.Standing


class PlanError(Exception):
    """What was asked of a plan can't be done; the message is for the person who asked."""


@transaction.atomic
def suggest(
    *,
    link_up: LinkUp,
    on: date,
    part: str,
    what: str,
    where: str,
    by: User,
    at: datetime,
    client_id: UUID,
) -> Plan:
    """Suggest something for a day. The same `client_id` again gives the first one.

    Raises PlanError for a day that is over or half a year away, after the end of a link-up, and beyond ten open plans.
    """
    held = LinkUp.objects.select_for_update(of=("self",)).with_people().get(pk=link_up.pk)
    first = Plan.objects.filter(suggested_by=by, client_id=client_id).first()
    if first is not None:
        return first
    _refuse_a_day(held, on, at=at)
    if held.plans.open().count() >= MOST_OPEN:
        raise PlanError(_("You have ten plans already. Do one or drop one first."))
    return Plan.objects.create(
        link_up=held,
        on=on,
        part=part,
        what=what,
        where=where,
        suggested_by=by,
        said_by=side_of(held, by),
        changed_at=at,
        client_id=client_id,
    )


@transaction.atomic
def agree(*, plan: Plan, by: User, at: datetime) -> Plan:
    """Say yes to what the other side said last. Saying so twice changes nothing."""
    locked = _locked(plan)
    if locked.standing == Standing.AGREED:
        return locked
    _must_be_open(locked)
    if side_of(locked.link_up, by) == locked.said_by:
        raise PlanError(_("The other side says yes to this one."))
    return _change(locked, at=at, standing=Standing.AGREED, said_by=side_of(locked.link_up, by))


@transaction.atomic
def move(*, plan: Plan, on: date, part: str, by: User, at: datetime) -> Plan:
    """Say another day; the other side answers to that. The day it has already changes nothing."""
    locked = _locked(plan)
    if (locked.on, locked.part) == (on, part) and locked.standing != Standing.DROPPED:
        return locked
    _must_be_open(locked)
    _refuse_a_day(locked.link_up, on, at=at)
    side = side_of(locked.link_up, by)
    return _change(locked, at=at, on=on, part=part, said_by=side, standing=Standing.SUGGESTED)


@transaction.atomic
def drop(*, plan: Plan, by: User, at: datetime) -> Plan:
    """Let it be, from either side and without a reason. Twice changes nothing."""
    locked = _locked(plan)
    if locked.standing == Standing.DROPPED:
        return locked
    _must_be_open(locked)
    return _change(locked, at=at, standing=Standing.DROPPED)


def mark_done(*, plan: Plan, together: Together, at: datetime) -> Plan:
    """Say what came of a plan; the caller is in a transaction. One that is done or dropped stays as it is."""
    locked = _locked(plan)
    if locked.standing not in (Standing.SUGGESTED, Standing.AGREED):
        return locked
    return _change(locked, at=at, standing=Standing.DONE, together=together)


def _change(plan: Plan, *, at: datetime, **fields: object) -> Plan:
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.changed_at = at
    plan.changes += 1
    plan.save(update_fields=[*fields, "changed_at", "changes"])
    return plan


def _locked(plan: Plan) -> Plan:
    return (
        Plan.objects.select_for_update(of=("self",))
        .select_related("link_up__supporter", "link_up__family")
        .get(pk=plan.pk)
    )


def _must_be_open(plan: Plan) -> None:
    if plan.standing == Standing.DROPPED:
        raise PlanError(_("This plan was dropped meanwhile. Suggest it again if you’d like to."))
    if plan.standing == Standing.DONE:
        raise PlanError(_("This one is done already."))
    if plan.link_up.ended_on:
        raise PlanError(
            _("Your link-up has ended. Talk to each other about what you’d like to do.")
        )


def _refuse_a_day(link_up: LinkUp, on: date, *, at: datetime) -> None:
    today = timezone.localdate(at)
    if link_up.ended_on:
        raise PlanError(
            _("Your link-up has ended. Talk to each other about what you’d like to do.")
        )
    if on < today:
        raise PlanError(_("That day is over. Choose today or a day to come."))
    if on > today + FURTHEST:
        raise PlanError(_("That is more than half a year away. Choose a day before that."))
