"""Letters before something that is asked runs out: 90, 30 and 7 days ahead, and on its last day; once each (SG-04).

After a standstill of the clock only the nearest is sent: four letters at once would tell nobody what to do first. A
newcomer would note what was sent on the row that runs out. What runs out is a day of a person, whatever row it comes
from: a check, an induction, an exemption, or the day that a new version of the requirements gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.letters import tell_once
from people.models import Family, Told, User, Volunteer
from safeguarding.adults import Adult, adults_of
from safeguarding.tasks import tasks_of

MARKS = (0, 7, 30, 90)  # days ahead, nearest first


@dataclass(frozen=True)
class Reminder:
    """One adult whose clearance ends on a day; `mark` is the nearest of MARKS that has come."""

    adult: Adult
    member: Family | Volunteer
    ends_on: date
    mark: int

    @property
    def key(self) -> str:
        """Name this letter among all that were ever sent."""
        return f"clearance {self.adult.kind} {self.adult.id} {self.ends_on} {self.mark}"


def remind(at: datetime) -> None:
    """For the clock: tell the coach, and the person, of what runs out."""
    on = timezone.localdate(at)
    due = list(due_on(on))
    told = set(
        Told.objects.filter(
            key__in=[f"{one.key} {who}" for one in due for who in ("coach", "self")]
        ).values_list("key", flat=True)
    )
    people = _people(one.adult for one in due)
    for one in due:
        letters = (
            ("coach", one.member.coach, _page_of(one.member)),
            (
                "self",
                people.get((one.adult.kind, one.adult.id)),
                reverse("safeguarding:getting_ready"),
            ),
        )
        for who, user, page in letters:
            key = f"{one.key} {who}"
            if key not in told and user is not None and user.is_active:
                tell_once([user], key=key, about=f"safeguarding/runs_out_{who}", page=page, at=at)


def due_on(on: date) -> Iterator[Reminder]:
    """Give whom to remind on a day, those who were told already among them; a fixed number of queries."""
    here = ~Q(standing=Family.Standing.LEFT)
    families = {
        one.pk: one
        for one in Family.objects.filter(here, guardians__approvals__isnull=False)
        .select_related("coach")
        .distinct()
    }
    volunteers = {
        one.pk: one
        for one in Volunteer.objects.filter(here, approvals__isnull=False)
        .select_related("coach")
        .distinct()
    }
    found = adults_of(family_ids=families, volunteer_ids=volunteers)
    for pk, adults in found.families.items():
        for adult in adults:
            yield from _due(adult, families[pk], on)
    for pk, adult in found.volunteers.items():
        yield from _due(adult, volunteers[pk], on)


def _due(adult: Adult, member: Family | Volunteer, on: date) -> Iterator[Reminder]:
    if adult.approval(on) is None:
        return
    ends = {task.until_on or task.ran_out_on for task in tasks_of(adult, on=on)}
    for ends_on in sorted(end for end in ends if end is not None):
        ahead = (ends_on - on).days
        mark = next((mark for mark in MARKS if ahead <= mark), None)
        if mark is not None:
            yield Reminder(adult, member, ends_on, mark)


def _people(adults: Iterator[Adult]) -> dict[tuple[str, int], User]:
    known = list(adults)
    found = User.objects.filter(
        Q(guardian__in=[one.id for one in known if one.kind == "guardian"])
        | Q(volunteer__in=[one.id for one in known if one.kind == "volunteer"])
    ).select_related("guardian", "volunteer")
    people: dict[tuple[str, int], User] = {}
    for user in found:
        for kind in ("guardian", "volunteer"):
            if hasattr(user, kind):
                people[kind, getattr(user, kind).pk] = user
    return people


def _page_of(member: Family | Volunteer) -> str:
    kind = "families" if isinstance(member, Family) else "volunteers"
    return reverse("safeguarding:clearance", kwargs={"kind": kind, "id": member.pk})
