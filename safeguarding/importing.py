"""Checks by file: what was decided about an adult, never the certificate (trust.md SG-03).

A check with another level or date of issue is another check and is added; the earlier one stays on record. The steps
besides the check, and who was approved when, are safeguarding.importing_steps.
"""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from people.importing.columns import Column, day, one_of, words
from people.importing.command import ImportCommand
from people.importing.faults import CellRefused, shown
from people.importing.table import Row
from people.models import Guardian, User, Volunteer
from safeguarding.models import Check

Person = Guardian | Volunteer

LEVELS = {
    "basic": Check.Level.DBS_BASIC,
    "standard": Check.Level.DBS_STANDARD,
    "enhanced": Check.Level.DBS_ENHANCED,
    "pvg": Check.Level.PVG,
    "accessni": Check.Level.ACCESS_NI,
}
NAMES = ("check_level", "check_issued_on", "check_valid_until", "check_last4")


def last_four(text: str) -> str:
    """Read the last four figures of a certificate's number; the whole number is never kept."""
    kept = str(words(40)(text))
    if len(kept) != 4 or not kept.isalnum():
        raise CellRefused(
            f"{shown('…' + kept[-2:])} should be the last four figures of the number, and no more."
        )
    return kept


class CheckPart:
    """The check of the adult whom `person` gives for a row, decided by `decided_by`."""

    columns = [
        Column("check_level", one_of(LEVELS), example="enhanced"),
        Column("check_issued_on", day, empty=None, example="2026-03-09"),
        Column("check_valid_until", day, empty=None, example="2029-03-09"),
        Column("check_last4", last_four, example="4471"),
    ]

    def __init__(self, person: Callable[[Row], Person], *, decided_by: User | None) -> None:
        self.person = person
        self.decided_by = decided_by

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find which checks are not on record yet."""
        told = [row for row in rows if any(row.get(name) for name in NAMES)]
        people = [self.person(row) for row in told]
        on_record = _on_record([person for person in people if person.pk])
        for row, person in zip(told, people, strict=True):
            if not self._is_whole(row, at):
                continue
            check = _check(row)
            if (_key(person), *_facts(check)) not in on_record:
                row.pending["check"] = check
                row.note("check_issued_on")

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the new checks."""
        new = [row for row in rows if "check" in row.pending]
        for row in new:
            check, person = row.pending["check"], self.person(row)
            if isinstance(person, Guardian):
                check.guardian = person
            else:
                check.volunteer = person
            check.decided_by = self.decided_by
            check.decided_at = min(
                at, timezone.make_aware(datetime.combine(check.issued_on, time(12)))
            )
        Check.objects.bulk_create([row.pending["check"] for row in new])

    def _is_whole(self, row: Row, at: datetime) -> bool:
        for name in NAMES:
            if not row.get(name):
                row.refuse(name, "is empty. A check needs its level, both dates and the last four.")
                return False
        issued, until = row.values["check_issued_on"], row.values["check_valid_until"]
        if until < issued:
            row.refuse("check_valid_until", f"“{until}” is before the check was issued.")
        elif issued > timezone.localdate(at):
            row.refuse("check_issued_on", f"“{issued}” has not come yet.")
        elif self.decided_by is None:
            row.refuse(
                "check_level",
                "somebody answers for this check. Say who, with --decided-by and their email address.",
            )
        return not row.refused


class CheckedImportCommand(ImportCommand):
    """An import command of a file with checks: `--decided-by` names who answers for them."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what every import command takes, and --decided-by."""
        super().add_arguments(parser)
        parser.add_argument(
            "--decided-by", help="the email address of the colleague who decided the checks"
        )

    def decided_by(self, options: dict[str, Any]) -> User | None:
        """Give the colleague named by --decided-by; raises CommandError when they don't work for the programme."""
        email = options["decided_by"]
        if not email:
            return None
        user = User.objects.filter(email=email.lower(), staff_roles__isnull=False).first()
        if user is None:
            raise CommandError(f"{shown(email)} does not work for the programme.")
        return user


def _check(row: Row) -> Check:
    return Check(
        level=row.values["check_level"],
        issued_on=row.values["check_issued_on"],
        valid_until_on=row.values["check_valid_until"],
        number_last4=row.values["check_last4"],
        decision=Check.Decision.CLEARED,
    )


def _facts(check: Check) -> tuple[Any, ...]:
    return check.level, check.issued_on, check.valid_until_on, check.number_last4


def _key(person: Person) -> tuple[type, int | None]:
    return type(person), person.pk


def _on_record(people: list[Person]) -> set[tuple[Any, ...]]:
    guardians = [person for person in people if isinstance(person, Guardian)]
    volunteers = [person for person in people if isinstance(person, Volunteer)]
    checks = Check.objects.filter(guardian__in=guardians) | Check.objects.filter(
        volunteer__in=volunteers
    )
    return {
        (
            (Guardian, check.guardian_id) if check.guardian_id else (Volunteer, check.volunteer_id),
            *_facts(check),
        )
        for check in checks
    }
