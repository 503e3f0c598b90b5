"""One adult's clearance as a list of tasks: each step, how it stands, what comes next and whose turn it is.

The same list is read by their coach, by the lead, by the clock that reminds, and by the person themselves; only the
words differ (safeguarding.wording). A newcomer would keep a standing on a row. It follows from what was done and
from the day, so nothing has to be run at midnight for it to be true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from people.models import Family, Volunteer
from safeguarding.adults import Adult, adults_of, kinds_asked
from safeguarding.models import Check, Step
from safeguarding.rules import CHECK, FOREVER

SOON = timedelta(days=90)


class State(StrEnum):
    """How a step stands."""

    DONE = "done"
    SOON = "soon"  # done, and running out within ninety days
    EXEMPT = "exempt"  # not done, and may wait
    COMING = "coming"  # not asked yet; it will be
    MISSING = "missing"
    RAN_OUT = "ran_out"
    REFUSED = "refused"


class Turn(StrEnum):
    """Who does what comes next."""

    NOBODY = "nobody"
    THEM = "them"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class Task:
    """One step. `until_on` is the last day on which it stands so; None where it doesn't run out, or isn't done."""

    kind: str
    state: State
    have: int
    many: int
    until_on: date | None
    ran_out_on: date | None
    code_version: int = 0

    @property
    def holds(self) -> bool:
        """Say whether it stands in nobody's way today."""
        return self.state not in (State.MISSING, State.RAN_OUT, State.REFUSED)

    @property
    def turn(self) -> Turn:
        """Whose turn it is: to apply for a check and to agree to the code is theirs, the rest is the programme's."""
        if self.state == State.DONE:
            return Turn.NOBODY
        if self.kind in (CHECK, Step.Kind.CODE) and self.state != State.REFUSED:
            return Turn.THEM
        return Turn.PROGRAMME


@dataclass(frozen=True)
class AdultTasks:
    """One adult with their tasks. `is_ready`: somebody may say yes to them now."""

    adult: Adult
    tasks: list[Task]
    is_approved: bool
    is_ready: bool
    cleared_until: date | None

    @property
    def next_task(self) -> Task | None:
        """Give what comes next: what is in the way, else what runs out first."""
        open_ones = [task for task in self.tasks if not task.holds]
        running = [task for task in self.tasks if task.state in (State.SOON, State.COMING)]
        running += [task for task in self.tasks if task.state == State.EXEMPT]
        return next(
            iter(open_ones or sorted(running, key=lambda one: one.until_on or FOREVER)), None
        )


def tasks_for(member: Family | Volunteer, *, on: date) -> list[AdultTasks]:
    """Give the task list of one supporter: an entry an adult, in seven queries."""
    if isinstance(member, Volunteer):
        adults: Sequence[Adult] = [
            adults_of(family_ids=[], volunteer_ids=[member.pk]).volunteers[member.pk]
        ]
    else:
        adults = adults_of(family_ids=[member.pk], volunteer_ids=[]).families[member.pk]
    return [told(adult, on=on) for adult in adults]


def told(adult: Adult, *, on: date) -> AdultTasks:
    """Give one adult with their tasks."""
    return AdultTasks(
        adult=adult,
        tasks=tasks_of(adult, on=on),
        is_approved=adult.approval(on) is not None,
        is_ready=adult.may_be_approved(on),
        cleared_until=adult.cleared_until(on),
    )


def tasks_of(adult: Adult, *, on: date) -> list[Task]:
    """Give an adult's steps in the order people go through them; those that will be asked soon are among them."""
    under = adult.approved_under(on)
    asked_now = adult.asked(on)
    found = []
    for kind in kinds_asked(adult.versions):
        until = adult.has_until(kind, on=on, approved_under=under)
        if kind in asked_now or until != FOREVER or adult.in_force(on).asks(kind):
            found.append(_task(adult, kind, on=on, until=until))
    return found


def _task(adult: Adult, kind: str, *, on: date, until: date | None) -> Task:
    asked = adult.asked(on).get(kind) or adult.in_force(on).of(kind)
    spans = adult.spans(asked)
    have = min(asked.many, sum(span.holds(on) for span in spans))
    ended = max((span.until_on for span in spans if span.until_on < on), default=None)
    state = State.MISSING
    if until is not None:
        state = State.DONE if until > on + SOON else State.SOON
        if adult.last_day_of(asked, from_on=on) != until:
            state = State.COMING  # what they have outlasts that day, and is not enough from then on
        elif have < asked.many:
            state = State.EXEMPT
    elif kind == CHECK and _refused(adult, on):
        state = State.REFUSED
    elif ended:
        state = State.RAN_OUT
    return Task(
        kind=kind,
        state=state,
        have=have,
        many=asked.many,
        until_on=None if until == FOREVER else until,
        ran_out_on=ended,
        code_version=asked.code_version,
    )


def _refused(adult: Adult, on: date) -> bool:
    asked = adult.asked(on).get(CHECK)
    newest = adult.newest_check(asked) if asked else None
    return newest is not None and newest.decision == Check.Decision.REFUSED
