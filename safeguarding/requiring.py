"""Setting what is asked of supporters from a day on: a new version, with why. What it means: safeguarding.rules.

A newcomer would let it count from yesterday, or give people a week. Whoever is approved must hear of it three times
before it stands in their way, so their day lies at least ninety days ahead.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from people.models.place import Nation
from safeguarding.models import Check, EligibleLevel, RequirementsVersion, Role
from safeguarding.recording import SCHEMES, RecordingError

LEAST_NOTICE = timedelta(days=90)


class OvertakenError(RecordingError):
    """Somebody set another version meanwhile."""


@dataclass(frozen=True)
class Level:
    """Which check a role may be asked for in a nation, for what it does there, and for how many months it counts."""

    level: str
    activity: str
    months: int


@dataclass(frozen=True)
class Asking:
    """Everything that a version says, its days apart."""

    references: int
    interview: bool
    induction: bool
    induction_months: int
    code_version: int
    levels: dict[tuple[str, str], Level]


def newest() -> RequirementsVersion:
    """Give the version that was set last; it may count only from a later day."""
    return RequirementsVersion.objects.order_by("-version").prefetch_related("levels")[:1].get()


def asking_of(version: RequirementsVersion) -> Asking:
    """Give what a version says."""
    return Asking(
        references=version.references,
        interview=version.interview,
        induction=version.induction,
        induction_months=version.induction_months,
        code_version=version.code_version,
        levels={
            (one.nation, one.role): Level(one.level, one.activity, one.months)
            for one in version.levels.all()
        },
    )


@transaction.atomic
def set_requirements(
    *,
    base: int,
    asking: Asking,
    counts_from_on: date,
    existing_until_on: date,
    why: str,
    by: User,
    at: datetime,
) -> RequirementsVersion:
    """Set a new version. `base` is the version it was made from.

    Raises OvertakenError when that is not the newest any more, RecordingError for days too near, a code that goes back,
    levels that don't belong together, and where nothing would change.
    """
    # The first version is there for ever, so whoever sets one can wait for it.
    RequirementsVersion.objects.select_for_update().get(version=1)
    last = newest()
    if last.version != base:
        raise OvertakenError(
            _("Somebody set version %(version)d while you wrote. Nothing of yours is lost.")
            % {"version": last.version}
        )
    if asking == asking_of(last):
        raise RecordingError(_("This is what is asked already. Change something first."))
    _days(last, counts_from_on, existing_until_on, today=timezone.localdate(at))
    _levels(asking)
    if asking.code_version and asking.code_version < last.code_version:
        raise RecordingError(_("The code’s number only goes up."), field="code_version")
    made = RequirementsVersion.objects.create(
        version=last.version + 1,
        counts_from_on=counts_from_on,
        existing_until_on=existing_until_on,
        references=asking.references,
        interview=asking.interview,
        induction=asking.induction,
        induction_months=asking.induction_months,
        code_version=asking.code_version,
        set_by=by,
        set_at=at,
        why=why.strip(),
    )
    EligibleLevel.objects.bulk_create(
        EligibleLevel(
            requirements=made,
            nation=nation,
            role=role,
            level=one.level,
            activity=one.activity,
            months=one.months,
        )
        for (nation, role), one in asking.levels.items()
    )
    return made


def _days(
    last: RequirementsVersion, counts_from_on: date, existing_until_on: date, *, today: date
) -> None:
    if counts_from_on < max(today, last.counts_from_on):
        raise RecordingError(
            _("It can count from today at the earliest, and not before the version it follows."),
            field="counts_from_on",
        )
    if existing_until_on < max(today, counts_from_on) + LEAST_NOTICE:
        raise RecordingError(
            _("Give people who are approved at least ninety days from the day it counts."),
            field="existing_until_on",
        )


def _levels(asking: Asking) -> None:
    assert set(asking.levels) == {(nation, role) for nation in Nation for role in Role}, (
        "a version says it for every role in every nation"
    )
    for (nation, role), one in asking.levels.items():
        if one.level not in SCHEMES[Nation(nation)]:
            raise RecordingError(_("That check isn’t used there."), field=f"{nation}_{role}_level")
        by_chance = one.activity == Check.Activity.CHANCE
        if by_chance and one.level != SCHEMES[Nation(nation)][0]:
            raise RecordingError(
                _(
                    "Somebody who meets children only by chance may be asked for a basic check only."
                ),
                field=f"{nation}_{role}_level",
            )
