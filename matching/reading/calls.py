"""Calls and visits as a programme looks at them: by which cadence they are planned, and how many were made in time.

In time is what insight counts, too: made at most a week after the day. A newcomer would count calls of link-ups that
had ended by then; nobody waits for those.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.cadence import Cadence, cadences_of
from matching.forms_cadence import SIDES
from matching.models import CadenceTemplate, Contact
from people.models import User

LOOKED_BACK = timedelta(days=91)
GRACE = timedelta(days=7)
TARGET_PERCENT = 90  # field.md 2.2


@dataclass(frozen=True)
class CadenceRead:
    """A cadence in words, a line a side; `in_use` when the next link-up is planned with it."""

    row: CadenceTemplate
    lines: list[str]
    in_use: bool


@dataclass(frozen=True)
class Share:
    """How many of the calls of one side were made in time, of how many that were due."""

    side: str
    made: int
    due: int

    @property
    def reached(self) -> bool:
        """Whether nine of ten were."""
        return self.made * 100 >= self.due * TARGET_PERCENT


def cadences() -> list[CadenceRead]:
    """Give every cadence in its newest version, the one in use first; two queries."""
    in_use = CadenceTemplate.objects.in_use()
    found = {one.slug: one for one in CadenceTemplate.objects.newest()}
    found[in_use.slug] = (
        in_use if in_use.version > found[in_use.slug].version else found[in_use.slug]
    )
    read = [CadenceRead(one, in_words(one), one.pk == in_use.pk) for one in found.values()]
    return sorted(read, key=lambda one: not one.in_use)


def in_words(template: CadenceTemplate) -> list[str]:
    """Say when each side is talked with."""
    told = cadences_of(template)
    return [f"{label}: {_side(told.get(side.value))}" for side, label in SIDES.items()]


def shares(*, coach: User | None, on: date) -> list[Share]:
    """Give the share made in time for each side over the last three months, of one coach or of all; one query."""
    due = Contact.objects.filter(
        due_on__gt=on - LOOKED_BACK - GRACE, due_on__lte=on - GRACE
    ).filter(Q(link_up__ended_on=None) | Q(link_up__ended_on__gte=F("due_on")))
    if coach is not None:
        due = due.filter(link_up__family__coach=coach)
    many, made = Counter[str](), Counter[str]()
    for side, due_on, done_on in due.values_list("side", "due_on", "done_on"):
        many[side] += 1
        made[side] += done_on is not None and done_on <= due_on + GRACE
    return [Share(str(label), made[side.value], many[side.value]) for side, label in SIDES.items()]


def _side(cadence: Cadence | None) -> str:
    if cadence is None:
        return _("no calls are planned")
    weeks = ", ".join(str(week) for week in cadence.weeks)
    if not cadence.then_every:
        return _("after %(weeks)s weeks") % {"weeks": weeks}
    words = ngettext(
        "after %(weeks)s weeks, then every week",
        "after %(weeks)s weeks, then every %(every)d weeks",
        cadence.then_every,
    )
    return words % {"weeks": weeks, "every": cadence.then_every}
