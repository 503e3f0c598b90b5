"""What pages about clearance show: whose needs somebody, one person's list, and what was written down about them.

A newcomer would list everybody with a tick. Whoever has everything needs nobody; the list is who doesn't, and soonest
first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from people.models import Family, User, Volunteer
from safeguarding import wording
from safeguarding.adults import Adult, adults_of
from safeguarding.clearance_access import families_to_clear, volunteers_to_clear
from safeguarding.models import Approval, Check, Exemption, RequirementsVersion, Step, TakenBack
from safeguarding.rules import CHECK
from safeguarding.tasks import AdultTasks, State, Task, tasks_for, told


@dataclass(frozen=True)
class ToClear:
    """Somebody whose clearance needs somebody, and why, in a shape and a few words."""

    kind: str
    id: int
    name: str
    shape: str
    standing: str
    words: str
    on: date


@dataclass(frozen=True)
class Shown:
    """A step as a page shows it."""

    task: Task
    name: str
    shape: str
    standing: str
    words: str


@dataclass(frozen=True)
class AdultShown:
    """One adult's list as a page shows it."""

    told: AdultTasks
    steps: list[Shown]


@dataclass(frozen=True)
class Next:
    """What comes next for a supporter, and for which adult."""

    adult: Adult
    step: Shown

    @property
    def may_wait(self) -> bool:
        """Say whether somebody may ask that it waits; the check never may."""
        return not self.step.task.holds and self.step.task.kind != CHECK


@dataclass(frozen=True)
class Written:
    """One row that was written down about somebody; `kind` and `id` are how to take it back."""

    kind: str
    id: int
    at: datetime
    who: str
    words: str
    by: User
    taken_back_by: User | None
    waits: bool = False


def to_clear_list(user: User, *, on: date) -> tuple[list[ToClear], int]:
    """Give whose clearance misses something or runs out within ninety days, soonest first, and how many others.

    Nine queries, however many there are.
    """
    # Who shares is told by a row of a higher floor, asked for by the name of its way back.
    families = list(families_to_clear(user).filter(supporter__isnull=False))
    volunteers = list(volunteers_to_clear(user))
    found = adults_of(
        family_ids=[one.pk for one in families], volunteer_ids=[one.pk for one in volunteers]
    )
    rows = []
    for family in families:
        rows.append(_row(family, [told(one, on=on) for one in found.families[family.pk]], on))
    for volunteer in volunteers:
        rows.append(_row(volunteer, [told(found.volunteers[volunteer.pk], on=on)], on))
    needing = [row for row in rows if row is not None]
    return sorted(needing, key=lambda row: (row.on, row.name, row.id)), len(rows) - len(needing)


def adults_shown(adults: Iterable[AdultTasks], *, coach: str = "") -> list[AdultShown]:
    """Give task lists with their words: for colleagues, or with `coach` named for the person themselves."""
    return [
        AdultShown(
            one,
            [
                Shown(
                    task,
                    wording.name(task),
                    wording.SHAPES[task.state],
                    wording.standing(task),
                    wording.for_them(task, coach=coach) if coach else wording.for_staff(task),
                )
                for task in one.tasks
            ],
        )
        for one in adults
    ]


def next_of(adults: Iterable[AdultShown]) -> Next | None:
    """Give what comes next, for the first adult who lacks something."""
    for one in adults:
        for step in one.steps:
            if step.task == one.told.next_task:
                return Next(one.told.adult, step)
    return None


def own_steps(user: User, member: Family | Volunteer, *, on: date) -> AdultShown | None:
    """Give somebody's own steps, in words for them. What another adult of a family was checked for is theirs alone."""
    guardian = getattr(user, "guardian", None)
    coach = str(member.coach) if member.coach else _("Your coach")
    told_all = tasks_for(member, on=on)
    if isinstance(member, Family):
        told_all = [one for one in told_all if guardian and one.adult.id == guardian.pk]
    return next(iter(adults_shown(told_all, coach=coach)), None)


def written_about(member: Family | Volunteer) -> list[Written]:
    """Give everything that was written down about a supporter, newest first, what was taken back among it."""
    about = {"guardian__family": member} if isinstance(member, Family) else {"volunteer": member}
    named = ("guardian", "volunteer", "taken_back__by")
    rows: list[Written] = []
    for check in Check.objects.filter(**about).select_related(*named, "decided_by"):
        words = _("%(level)s, ending %(last4)s: %(decision)s") % {
            "level": check.get_level_display(),
            "last4": check.number_last4,
            "decision": check.get_decision_display(),
        }
        rows.append(_written("checks", check, check.decided_at, words, check.decided_by))
    for step in Step.objects.filter(**about).select_related(*named, "decided_by"):
        words = step.get_kind_display()
        if step.code_version:
            words = _("%(step)s, number %(number)d") % {"step": words, "number": step.code_version}
        rows.append(_written("steps", step, step.decided_at, words, step.decided_by))
    for exemption in Exemption.objects.filter(**about).select_related(*named, "asked_by"):
        rows.append(
            _written(
                "exemptions", exemption, exemption.asked_at, str(exemption), exemption.asked_by
            )
        )
    for approval in Approval.objects.filter(**about).select_related(*named, "by", "requirements"):
        words = _("Said yes, under version %(version)d") % {
            "version": approval.requirements.version
        }
        rows.append(_written("approvals", approval, approval.at, words, approval.by))
    return sorted(rows, key=lambda row: (row.at, row.kind, row.id), reverse=True)


def waiting_exemptions(member: Family | Volunteer) -> list[Exemption]:
    """Give what was asked to wait and nobody has granted yet."""
    about = {"guardian__family": member} if isinstance(member, Family) else {"volunteer": member}
    waiting = Exemption.objects.filter(**about, granted_at__isnull=True, taken_back__isnull=True)
    return list(waiting.select_related("asked_by", "guardian", "volunteer"))


def versions() -> list[RequirementsVersion]:
    """Give every version of the requirements, newest first; two queries."""
    return list(RequirementsVersion.objects.select_related("set_by").prefetch_related("levels"))


def _written(
    kind: str, row: Check | Step | Exemption | Approval, at: datetime, words: str, by: User
) -> Written:
    back: TakenBack | None = getattr(row, "taken_back", None)
    who = row.guardian or row.volunteer
    return Written(kind, row.pk, at, str(who), words, by, back.by if back else None)


def _row(member: Family | Volunteer, adults: list[AdultTasks], on: date) -> ToClear | None:
    kind = "families" if isinstance(member, Family) else "volunteers"
    name = member.display_name if isinstance(member, Family) else member.name

    def row(shape: str, standing: str, words: str, day: date) -> ToClear:
        return ToClear(kind, member.pk, name, shape, standing, words, day)

    if not adults:
        return row("empty", _("Nobody named yet"), _("No adult is known to us."), on)
    if all(one.is_ready for one in adults) and not all(one.is_approved for one in adults):
        return row("today", _("Ready"), _("Everything is there. Look at it, and say yes."), on)
    worst = _first([task for one in adults for task in one.tasks])
    if worst is None:
        return None
    day = worst.ran_out_on or worst.until_on or on
    return row(wording.SHAPES[worst.state], wording.standing(worst), wording.name(worst), day)


def _first(tasks: list[Task]) -> Task | None:
    """Give what stands in the way, else what runs out first, if it does within ninety days."""
    blocking = [task for task in tasks if not task.holds]
    if blocking:
        order = (State.REFUSED, State.RAN_OUT, State.MISSING)
        return min(blocking, key=lambda one: (order.index(one.state), one.ran_out_on or date.max))
    running = [task for task in tasks if task.state != State.DONE]
    return min(running, key=lambda one: one.until_on or date.max, default=None)
