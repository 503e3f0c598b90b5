"""By file, what a supporter did elsewhere before they came here, and the day on which that programme approved them.

A newcomer would ask every file for these columns. A file without them still brings in people who were at work: an
active supporter with a check was approved by whoever sent the file, on the day of the check, under what was asked then.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from people.importing.columns import Column, day
from people.importing.table import Row
from people.models import Family, Guardian, User
from safeguarding.importing import Person
from safeguarding.models import Approval, RequirementsVersion, Step
from safeguarding.models.step import StepKind
from safeguarding.recording import step_facts, whose

COLUMNS = {
    "references_on": Step.Kind.REFERENCE,
    "interview_on": Step.Kind.INTERVIEW,
    "induction_on": Step.Kind.INDUCTION,
    "code_on": Step.Kind.CODE,
}
EXAMPLES = ("2026-02-20", "2026-02-24", "2026-03-02", "2026-03-02")


class StepsPart:
    """The steps and the approval of the adult whom `person` gives for a row; `decided_by` answers for them."""

    columns = [
        *(
            Column(name, day, empty=None, example=example)
            for name, example in zip(COLUMNS, EXAMPLES, strict=True)
        ),
        Column("approved_on", day, empty=None, example="2026-03-10"),
    ]

    def __init__(self, person: Callable[[Row], Person], *, decided_by: User | None) -> None:
        self.person = person
        self.decided_by = decided_by
        self._versions: list[RequirementsVersion] = []

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find which steps are not on record yet, and who is not approved yet."""
        self._versions = self._versions or list(RequirementsVersion.objects.order_by("version"))
        today = timezone.localdate(at)
        steps, approved = _on_record([self.person(row) for row in rows if self.person(row).pk])
        for row in rows:
            if not self._is_right(row, today):
                continue
            person = _key(self.person(row))
            for name, kind in COLUMNS.items():
                if row.get(name) and (person, kind, row.values[name]) not in steps:
                    row.pending.setdefault("steps", []).append((kind, row.values[name]))
                    row.note(name)
            on = row.get("approved_on") or self._was_at_work(row)
            if on and person not in approved:
                row.pending["approved_on"] = on
                row.note("approved_on")

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the new steps and approvals."""
        Step.objects.bulk_create(
            self._step(row, kind, done_on)
            for row in rows
            for kind, done_on in row.pending.get("steps", [])
            for _copy in range(self._copies(kind))
        )
        Approval.objects.bulk_create(
            Approval(
                **whose(self.person(row)),
                requirements=self._in_force(row.pending["approved_on"]),
                by=self.decided_by,
                at=_noon(row.pending["approved_on"]),
            )
            for row in rows
            if "approved_on" in row.pending
        )

    def _was_at_work(self, row: Row) -> date | None:
        """Give the day of the check for somebody active whose file says nothing of an approval."""
        active = row.subject.standing == Family.Standing.ACTIVE
        return row.get("check_issued_on") if active and "approved_on" not in row.values else None

    def _step(self, row: Row, kind: StepKind, done_on: date) -> Step:
        return Step(
            **whose(self.person(row)),
            **step_facts(kind, done_on, self._versions[-1]),
            decided_by=self.decided_by,
            decided_at=_noon(done_on),
        )

    def _copies(self, kind: StepKind) -> int:
        """Give how many rows one date stands for: both references, where two are asked."""
        return max(1, self._versions[-1].references) if kind == Step.Kind.REFERENCE else 1

    def _in_force(self, on: date) -> RequirementsVersion:
        counting = [one for one in self._versions if one.counts_from_on <= on]
        return (counting or self._versions)[-1 if counting else 0]

    def _is_right(self, row: Row, today: date) -> bool:
        told = [name for name in (*COLUMNS, "approved_on") if row.get(name)]
        for name in told:
            if row.values[name] > today:
                row.refuse(name, f"“{row.values[name]}” has not come yet.")
        if told and self.decided_by is None:
            row.refuse(
                told[0],
                "somebody answers for this. Say who, with --decided-by and their email address.",
            )
        return not row.refused


def _on_record(people: list[Person]) -> tuple[set[tuple[Any, ...]], set[tuple[str, int | None]]]:
    """Give the steps, and who is approved, among people who are here; a row that was taken back is on record, too."""
    guardians = [one for one in people if isinstance(one, Guardian)]
    volunteers = [one for one in people if not isinstance(one, Guardian)]

    def rows(model: Any) -> list[Any]:
        return [
            *model.objects.filter(guardian__in=guardians),
            *model.objects.filter(volunteer__in=volunteers),
        ]

    steps = {(_about(one), one.kind, one.done_on) for one in rows(Step)}
    return steps, {_about(one) for one in rows(Approval)}


def _about(row: Step | Approval) -> tuple[str, int | None]:
    return ("guardian", row.guardian_id) if row.guardian_id else ("volunteer", row.volunteer_id)


def _key(person: Person) -> tuple[str, int | None]:
    return next(iter(whose(person))), person.pk


def _noon(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(12)))
