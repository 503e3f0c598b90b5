"""Somebody with everything that is asked, or all but something."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from people.models import Guardian, User, Volunteer
from safeguarding.models import Approval, Check, Step
from safeguarding.recording import requirements_in_force, step_facts, whose

LONG_AGO = date(2026, 1, 1)
EVERY_STEP = (
    Step.Kind.REFERENCE,
    Step.Kind.REFERENCE,
    Step.Kind.INTERVIEW,
    Step.Kind.INDUCTION,
    Step.Kind.CODE,
)


def check(person: Guardian | Volunteer, by: User, **fields: object) -> Check:
    """A check that is in order, unless told otherwise."""
    return Check.objects.create(
        **{
            **whose(person),
            "level": Check.Level.DBS_ENHANCED,
            "activity": Check.Activity.CLOSE,
            "number_last4": "1234",
            "issued_on": LONG_AGO,
            "valid_until_on": date(2029, 1, 1),
            "decision": Check.Decision.CLEARED,
            "decided_by": by,
            "decided_at": datetime(2026, 1, 2, tzinfo=UTC),
            **fields,
        }
    )


def steps(
    person: Guardian | Volunteer,
    by: User,
    *,
    kinds: Collection[str] = EVERY_STEP,
    on: date = LONG_AGO,
) -> list[Step]:
    """The steps besides the check, done on a day."""
    rules = requirements_in_force(on=date(2026, 11, 20))
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return [
        Step.objects.create(
            **whose(person), **step_facts(kind, on, rules), decided_by=by, decided_at=at
        )
        for kind in kinds
    ]


def approved(person: Guardian | Volunteer, by: User, *, on: date = date(2026, 1, 2)) -> Approval:
    """Somebody's yes to them, under the version in force that day."""
    return Approval.objects.create(
        **whose(person),
        requirements=requirements_in_force(on=on),
        by=by,
        at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
    )


def ready(person: Guardian | Volunteer, by: User) -> None:
    """Every step but the check, and a yes."""
    steps(person, by)
    approved(person, by)
