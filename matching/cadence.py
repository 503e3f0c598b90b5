"""When a coach talks with whom during a link-up, by the cadence that the programme picked (matching.cadence_versions).

A newcomer would plan one call for both sides. They are rung apart, because people say other things when the other
family is not listening; and the children are asked for themselves (field.md, Family by Family).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.models import Goal, Rating
from goals.reviewing import rate
from matching.models import CadenceTemplate, Contact, LinkUp
from people.models import User


class ContactError(Exception):
    """The contact can't be written down like this; the message is for the coach."""


class WrittenAlready(ContactError):
    """Something else was written down for this contact before."""


@dataclass(frozen=True)
class Cadence:
    """Weeks after hello at which a side is due, then every so many weeks (0: no more) until the planned end."""

    weeks: tuple[int, ...]
    then_every: int

    def due(self, *, started_on: date, planned_end_on: date) -> list[date]:
        """Give the days on which a contact is due, all within the link-up."""
        found = [started_on + timedelta(weeks=week) for week in self.weeks]
        step = timedelta(weeks=self.then_every)
        following = found[-1] + step if found else planned_end_on
        while step and following <= planned_end_on:
            found.append(following)
            following += step
        return [day for day in found if day <= planned_end_on]


def cadences_of(template: CadenceTemplate) -> dict[str, Cadence]:
    """Give the cadence of each side that a template has one for."""
    found = {
        side: Cadence(tuple(getattr(template, f"{side}_weeks")), getattr(template, f"{side}_every"))
        for side in Contact.Side.values
    }
    return {side: one for side, one in found.items() if one.weeks}


def plan_contacts(link_up: LinkUp, *, after: date | None = None) -> list[Contact]:
    """Write down what is missing of the contacts of a link-up up to its planned end, and give it.

    One that has just started gets the cadence in use, and keeps it. Called again, as when it is extended, this adds for
    each side only days later than any it has; `after` leaves out those up to a day. So it is safe to call twice.
    """
    if link_up.cadence is None:
        link_up.cadence = CadenceTemplate.objects.in_use()
    link_up.save(update_fields=["cadence"])
    last = dict(
        link_up.contacts.order_by().values_list("side").annotate(last_on=models.Max("due_on"))
    )
    start = after or link_up.started_on
    return Contact.objects.bulk_create(
        Contact(link_up=link_up, side=side, due_on=day)
        for side, cadence in cadences_of(link_up.cadence).items()
        for day in cadence.due(started_on=link_up.started_on, planned_end_on=link_up.planned_end_on)
        if day > max(start, last.get(side, start))
    )


@transaction.atomic
def mark_done(
    *,
    contact: Contact,
    kind: str,
    words: str,
    on: date,
    by: User,
    at: datetime,
    children_said: Mapping[Goal, int] | None = None,
) -> Contact:
    """Write down that a call or visit was made on `on`, and what was said. Saying the same twice changes nothing.

    `children_said` is where the children say their family's goals stand, 0 to 10.

    Raises WrittenAlready for something else about it, and ContactError for a day still to come, or before the
    link-up began.
    """
    locked = Contact.objects.select_for_update().select_related("link_up").get(pk=contact.pk)
    if locked.done_on is not None:
        if (locked.done_on, locked.kind, locked.words) != (on, kind, words):
            raise WrittenAlready(_("This was written down already. Nothing was changed."))
        return locked
    if not locked.link_up.started_on <= on <= timezone.localdate(at):
        raise ContactError(_("Choose a day since the link-up began, up to today."))
    locked.done_on, locked.kind, locked.words, locked.done_by = on, kind, words, by
    locked.save(update_fields=["done_on", "kind", "words", "done_by"])
    for goal, value in (children_said or {}).items():
        rate(goal=goal, value=value, scorer=Rating.Scorer.CHILD, words="", by=by, at=at)
    return locked


def next_due(*, link_up: LinkUp, on: date) -> Contact | None:
    """Give the oldest open contact of a link-up that is due by `on`, or None."""
    return link_up.contacts.open().filter(due_on__lte=on).first()
