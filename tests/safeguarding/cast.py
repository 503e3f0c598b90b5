"""Somebody with everything that is asked, or all but something."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import uuid4

from people.models import Guardian, User, Volunteer
from safeguarding import recording
from safeguarding.clearance import volunteer_cleared
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


def told_check(stan: Volunteer | Guardian, by: User, at: datetime, **fields: object) -> Check:
    """A check as a page records it."""
    return recording.record_check(
        **{
            "person": stan,
            "level": Check.Level.DBS_ENHANCED,
            "activity": Check.Activity.CLOSE,
            "barred_lists": False,
            "issued_on": date(2026, 11, 2),
            "valid_until_on": date(2029, 11, 2),
            "number_last4": "4471",
            "decision": Check.Decision.CLEARED,
            "by": by,
            "at": at,
            **fields,
        }
    )


def told_step(stan: Volunteer, kind: str, by: User, at: datetime, **fields: object) -> Step:
    """A step as a page records it."""
    return recording.record_step(
        **{
            "person": stan,
            "kind": kind,
            "done_on": date(2026, 11, 3),
            "by": by,
            "at": at,
            "client_id": uuid4(),
            **fields,
        }
    )


def everything(stan: Volunteer, by: User, at: datetime) -> None:
    """All that version 2 asks, recorded through the pages' own functions."""
    told_check(stan, by, at)
    for kind in EVERY_STEP:
        told_step(stan, kind, by, at)


def cleared_on(stan: Volunteer, on: date) -> bool:
    """Whether a volunteer is cleared on a day."""
    return volunteer_cleared(stan, on=on, until_on=on).ok
