"""What is said at which week of a link-up, and what the coach ticks off: the programme's own list, applied.

A newcomer would write on the day only. A clock that stood still would then say nothing; here a milestone of the last
week is still said, once, and one that a manager adds today is not said of last spring.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.linkups import LinkUpError
from matching.models import LinkUp, Milestone, Tick
from matching.notices import adults_of, helpers_of, to
from people.letters import tell_once
from people.models import User

STILL_NEWS = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A line of a checklist, ticked by `tick` or still to do."""

    words: str
    tick: Tick | None


@dataclass(frozen=True)
class Reached:
    """A milestone of one link-up, on its day there, with its checklist."""

    milestone: Milestone
    on: date
    lines: list[Line]


def dated(link_up: LinkUp, milestones: Iterable[Milestone]) -> list[tuple[date, Milestone]]:
    """Give the milestones that fall into a link-up with their days, earliest first."""
    days = [(one.day_in(link_up), one) for one in milestones]
    return sorted(((on, one) for on, one in days if on), key=lambda two: (two[0], two[1].pk))


def checklist(link_up: LinkUp, milestones: Iterable[Milestone], *, on: date) -> list[Reached]:
    """Give what the coach ticks off by a day: milestones that were reached and have lines. One query."""
    ticks = {(one.milestone_id, one.line): one for one in link_up.ticks.select_related("by")}
    return [
        Reached(one, day, [Line(words, ticks.get((one.pk, words))) for words in one.lines])
        for day, one in dated(link_up, milestones)
        if day <= on and one.lines
    ]


@transaction.atomic
def tick_off(*, link_up: LinkUp, milestone: Milestone, line: str, by: User, at: datetime) -> Tick:
    """Tick a line off. Twice is once. Raises LinkUpError for a line that the list no longer has."""
    if line not in milestone.lines:
        raise LinkUpError(_("That line isn’t on the list any more. Here is the list of today."))
    made, _new = Tick.objects.get_or_create(
        link_up=link_up, milestone=milestone, line=line, defaults={"by": by, "at": at}
    )
    return made


def untick(*, link_up: LinkUp, milestone: Milestone, line: str) -> None:
    """Take a tick back: a slip of the thumb."""
    Tick.objects.filter(link_up=link_up, milestone=milestone, line=line).delete()


def remind(at: datetime) -> None:
    """Write to both sides of each going link-up about a milestone reached in the last week. A deed of the clock."""
    on = timezone.localdate(at)
    milestones = list(Milestone.objects.filter(in_use=True, writes_to_members=True))
    if not milestones:
        return
    for link_up in LinkUp.objects.going().with_people().iterator(chunk_size=200):
        for day, milestone in dated(link_up, milestones):
            if on - STILL_NEWS < day <= on and day > link_up.started_on:
                tell_once(
                    [*adults_of([link_up.family]), *helpers_of(link_up.supporter)],
                    key=f"milestone {milestone.pk} of link-up {link_up.pk} on {day}",
                    about="matching/milestone",
                    page=to("link_up", id=link_up.pk),
                    at=at,
                )
