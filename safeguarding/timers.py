"""How long a concern may wait, and what happens when nobody acts in time: it climbs by itself (trust.md SG-19).

Bronze is the triage: our lead looks, and may ask a coach to help. Silver is our lead alone. Gold is for the council's
duty lead; from then on the programme's manager may open it too, because the lead may be ill.

Every open concern has one timer, `Concern.due_at`. What stops it, and what doesn't:

- It starts when the concern is raised or reaches a level by itself, with the level's `first` time.
- Anything a *person* does (a note, telling somebody, deciding not to tell, asking a coach, the coach's answer, the
  report for the police) stops that step and starts the level's `again` time. If the person raised the level in the
  same go, it is the new level's.
- The sign-off stops it for good. A correction after it starts nothing.
- Opening it, saying whom it is about, and a climb by the clock are not done *about* it, and stop nothing.
- A step that runs out lets it climb one level. At gold it can't climb: everybody who may read it is told again each
  time gold's `first` time has passed.

Times are minutes of working time and stand in config/policies/concerns.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.saying import moment, plain_day
from safeguarding.models import Concern, ConcernAction

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LADDER = list(Concern.Level.values)  # bronze, silver, gold


@dataclass(frozen=True)
class Times:
    """When the programme works, and the minutes that each level allows."""

    days: frozenset[int]
    begins: time
    ends: time
    closed_on: frozenset[date]
    first: Mapping[str, int]
    again: Mapping[str, int]

    def works_on(self, day: date) -> bool:
        """Say whether somebody is there on a day."""
        return day.weekday() in self.days and day not in self.closed_on


@cache
def times() -> Times:
    """Give what config/policies/concerns.yaml states. Raises ValueError where it would let a concern wait for ever."""
    stated = yaml.safe_load((settings.POLICIES_DIR / "concerns.yaml").read_text(encoding="utf-8"))
    working, levels = stated["working"], stated["levels"]
    found = Times(
        days=frozenset(DAYS.index(day) for day in working["days"]),
        begins=time.fromisoformat(working["from"]),
        ends=time.fromisoformat(working["until"]),
        closed_on=frozenset(working["closed_on"]),
        first={level: int(levels[level]["first"]) for level in LADDER},
        again={level: int(levels[level]["again"]) for level in LADDER},
    )
    waits = [*found.first.values(), *found.again.values()]
    if not found.days or found.begins >= found.ends or min(waits) < 1:
        raise ValueError("concerns.yaml: no working time, or a wait that is not a whole minute")
    return found


def after(at: datetime, minutes: int) -> datetime:
    """Give the moment by which `minutes` of working time have passed since `at`."""
    known, left = times(), timedelta(minutes=minutes)
    here = timezone.localtime(at)
    day = here.date()
    while True:
        if known.works_on(day):
            start = max(here, timezone.make_aware(datetime.combine(day, known.begins)))
            room = timezone.make_aware(datetime.combine(day, known.ends)) - start
            if left <= room:
                return start + left
            left -= max(room, timedelta())
        day += timedelta(days=1)


def first_due(level: str, since: datetime) -> datetime:
    """Give when somebody must have acted on a concern that reached `level` at `since`."""
    return after(since, times().first[level])


def next_due(level: str, since: datetime) -> datetime:
    """Give when the next thing must be done, or the sign-off, after something was done at `since`."""
    return after(since, times().again[level])


def climb_missed(at: datetime) -> None:
    """Let every concern climb whose step ran out by `at`, as often as if the clock had never stood still."""
    waiting = Concern.objects.open().filter(due_at__lte=at).order_by("pk")
    for pk in waiting.values_list("pk", flat=True):
        _climb(pk, at)


@transaction.atomic
def _climb(pk: int, at: datetime) -> None:
    held = Concern.objects.select_for_update().get(pk=pk)
    while held.due_at is not None and held.due_at <= at:  # somebody may have acted meanwhile
        missed = held.due_at
        if held.level != LADDER[-1]:
            held.level = LADDER[LADDER.index(held.level) + 1]
            ConcernAction.objects.create(
                concern=held,
                kind=ConcernAction.Kind.CLIMBED,
                at=at,
                level=held.level,
                words=_("Nobody had acted by %(moment)s on %(day)s.")
                % {"moment": moment(missed), "day": plain_day(missed, with_year=True)},
            )
        held.due_at = first_due(held.level, missed)
    held.save(update_fields=["level", "due_at"])
