"""Writing down what was decided about one adult: a check, a step, and that one of them was a mistake.

A newcomer would change the row that is wrong. Each is a row of its own for ever: a later decision outweighs an earlier
one, and a mistake is taken back by a row that says who took it back.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Family, Guardian, User, Volunteer
from people.models.place import Nation
from people.places import UPWARDS, nation_of
from people.signals import clearance_changed
from safeguarding.models import (
    Approval,
    Check,
    EligibleLevel,
    Exemption,
    RequirementsVersion,
    Role,
    Step,
    TakenBack,
)
from safeguarding.models.requirements import MOST_MONTHS
from safeguarding.rules import months_after

Person = Guardian | Volunteer
Row = Check | Step | Exemption | Approval

SCHEMES = {
    Nation.ENGLAND_WALES: (
        Check.Level.DBS_BASIC,
        Check.Level.DBS_STANDARD,
        Check.Level.DBS_ENHANCED,
    ),
    Nation.SCOTLAND: (Check.Level.PVG,),
    Nation.NORTHERN_IRELAND: (Check.Level.ACCESS_NI,),
}


class RecordingError(Exception):
    """What was written can't be kept; `field` says where to put it right, the message what to write."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def record_check(
    *,
    person: Person,
    level: str,
    activity: str,
    barred_lists: bool,
    issued_on: date,
    valid_until_on: date,
    number_last4: str,
    decision: str,
    by: User,
    at: datetime,
) -> Check:
    """Write down what was decided after a certificate. The same once more gives the first.

    Raises RecordingError for a level or a look at the barred lists that the role may not be asked for, or dates that
    can't be. A refusal is taken whatever its level: what somebody knows must not be lost to a form.
    """
    not_ones_own(person, by)
    lock(person)
    _dates(issued_on, valid_until_on, today=timezone.localdate(at))
    if decision == Check.Decision.CLEARED:
        eligible = eligible_level(person, on=timezone.localdate(at))
        _eligible(eligible, level=level, activity=activity, barred_lists=barred_lists)
    told = {
        **whose(person),
        "level": level,
        "activity": activity,
        "barred_lists": barred_lists,
        "number_last4": number_last4,
        "issued_on": issued_on,
        "valid_until_on": valid_until_on,
        "decision": decision,
    }
    newest = Check.objects.filter(**whose(person)).order_by("-decided_at", "-pk").first()
    again = newest and not hasattr(newest, "taken_back")
    if newest and again and all(getattr(newest, name) == value for name, value in told.items()):
        return newest
    made = Check.objects.create(**told, decided_by=by, decided_at=at)
    changed(person, at=at)
    return made


@transaction.atomic
def record_step(
    *, person: Person, kind: str, done_on: date, by: User, at: datetime, client_id: UUID
) -> Step:
    """Write down that a step was done. The same `client_id` again gives the first one.

    How long it holds, and which version of the code was agreed to, follow from the requirements of the day.
    """
    not_ones_own(person, by)
    lock(person)
    stored = Step.objects.filter(client_id=client_id).first()
    if stored is not None:
        return stored
    if done_on > timezone.localdate(at):
        raise RecordingError(_("Choose a day up to today."), field="done_on")
    rules = requirements_in_force(on=timezone.localdate(at))
    made = Step.objects.create(
        **whose(person),
        **step_facts(kind, done_on, rules),
        decided_by=by,
        decided_at=at,
        client_id=client_id,
    )
    changed(person, at=at)
    return made


@transaction.atomic
def take_back(*, row: Row, by: User, at: datetime) -> TakenBack:
    """Say that a row was a mistake: it counts no more, and both rows stay. Once more changes nothing."""
    person = row.guardian or row.volunteer
    assert person is not None, "the database holds one of the two"
    not_ones_own(person, by)
    lock(person)
    field = "check_row" if isinstance(row, Check) else type(row).__name__.lower()
    made, is_new = TakenBack.objects.get_or_create(**{field: row}, defaults={"by": by, "at": at})
    if is_new:
        changed(person, at=at)
    return made


def step_facts(kind: str, done_on: date, rules: RequirementsVersion) -> dict[str, object]:
    """Give the columns of a step done on a day, as a version of the requirements has it."""
    runs_out = kind == Step.Kind.INDUCTION and rules.induction_months
    return {
        "kind": kind,
        "done_on": done_on,
        "valid_until_on": months_after(done_on, rules.induction_months) if runs_out else None,
        "code_version": max(1, rules.code_version) if kind == Step.Kind.CODE else None,
    }


def requirements_in_force(*, on: date) -> RequirementsVersion:
    """Give the version that a decision of a day is made under."""
    counting = RequirementsVersion.objects.filter(counts_from_on__lte=on).order_by("-version")
    return counting.first() or RequirementsVersion.objects.order_by("version")[:1].get()


def eligible_level(person: Person, *, on: date) -> EligibleLevel:
    """Give which check this adult may be asked for: by what they are, and by the nation they live in."""
    is_volunteer = isinstance(person, Volunteer)
    home = "place__" if is_volunteer else "family__place__"
    upwards = (
        type(person)
        .objects.filter(pk=person.pk)
        .values_list(*(f"{home}{name}" for name in UPWARDS))
        .get()
    )
    return EligibleLevel.objects.get(
        requirements=requirements_in_force(on=on),
        role=Role.VOLUNTEER if is_volunteer else Role.SHARING,
        nation=nation_of(upwards),
    )


def changed(person: Person, *, at: datetime) -> None:
    """Tell higher floors that somebody may be cleared now, or may be no longer."""
    clearance_changed.send(
        type(person),
        family_id=person.family_id if isinstance(person, Guardian) else None,
        volunteer_id=person.pk if isinstance(person, Volunteer) else None,
        at=at,
    )


def is_of_them(user: User, member: Family | Volunteer) -> bool:
    """Say whether a user is this volunteer, or of this family: then they decide nothing about it."""
    if isinstance(member, Volunteer):
        return member.user_id == user.pk
    return member.guardians.filter(user=user).exists()


def not_ones_own(person: Person, by: User) -> None:
    """Raise RecordingError for somebody who would decide about themselves or their own family."""
    if is_of_them(by, person.family if isinstance(person, Guardian) else person):
        raise RecordingError(
            _("Nobody decides about themselves or their own family. Ask a colleague.")
        )


def lock(person: Person) -> None:
    """Let two who write about one person go one after the other."""
    type(person).objects.select_for_update().get(pk=person.pk)


def whose(person: Person) -> dict[str, Person]:
    """Give the column that says whom a row is about."""
    return {"guardian" if isinstance(person, Guardian) else "volunteer": person}


def _dates(issued_on: date, valid_until_on: date, *, today: date) -> None:
    if issued_on > today:
        raise RecordingError(_("Choose the day it was issued, up to today."), field="issued_on")
    if valid_until_on > months_after(issued_on, MOST_MONTHS):
        raise RecordingError(
            _("No check is taken for more than ten years. Choose an earlier day."),
            field="valid_until_on",
        )
    if valid_until_on < issued_on:
        raise RecordingError(
            _("It can’t run out before it was issued. Choose a later day."), field="valid_until_on"
        )


def _eligible(eligible: EligibleLevel, *, level: str, activity: str, barred_lists: bool) -> None:
    if activity not in Check.Activity.values:
        raise RecordingError(
            _("Say what they do beside a family. It decides what they may be asked for."),
            field="activity",
        )
    scheme: Iterable[str] = SCHEMES[Nation(eligible.nation)]
    if level not in scheme:
        words = _("In %(nation)s that check isn’t used. This role may be asked for: %(level)s.")
        told = {
            "nation": eligible.get_nation_display(),
            "level": eligible.get_level_display(),
        }
        raise RecordingError(words % told, field="level")
    levels = list(scheme)
    if levels.index(level) > levels.index(eligible.level):
        words = _(
            "This role may be asked for %(level)s at most. Asking for more is against the law."
        )
        raise RecordingError(words % {"level": eligible.get_level_display()}, field="level")
    regulated = Check.Activity.REGULATED
    if activity == regulated and eligible.activity != regulated:
        raise RecordingError(
            _(
                "Our requirements say that this role isn’t alone with children. Choose what it does."
            ),
            field="activity",
        )
    if barred_lists and activity != Check.Activity.REGULATED:
        raise RecordingError(
            _(
                "The barred lists may be looked at only for people who look after children alone, "
                "often or overnight. Take the tick away."
            ),
            field="barred_lists",
        )
