"""Is this person cleared to stand beside a family, from one day to another, and if not, why.

A newcomer would look for one valid certificate. Everything that the requirements ask of each adult counts, and that a
person said yes to it (safeguarding.rules says which version asks whom). A later refusal outweighs an earlier clearance
that has not run out, and a sharing family is cleared only when every adult of it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from people.models import Family, Volunteer
from safeguarding.adults import Adult, adults_of
from safeguarding.tasks import tasks_of
from safeguarding.wording import why_not


@dataclass(frozen=True)
class Clearance:
    """Whether somebody is cleared, in sentences why not, and the last day on which they are (None: not at all)."""

    ok: bool
    reasons: tuple[str, ...] = ()
    until_on: date | None = None


@dataclass(frozen=True)
class Clearances:
    """The clearances of many at once, by the id of the family or of the volunteer."""

    families: dict[int, Clearance] = field(default_factory=dict)
    volunteers: dict[int, Clearance] = field(default_factory=dict)


def family_cleared(family: Family, *, on: date, until_on: date) -> Clearance:
    """Say whether every adult of a sharing family is cleared from `on` to the end of `until_on`."""
    found = clearances(family_ids=[family.pk], volunteer_ids=[], until_on=until_on, on=on)
    return found.families[family.pk]


def volunteer_cleared(volunteer: Volunteer, *, on: date, until_on: date) -> Clearance:
    """Say whether a volunteer is cleared from `on` to the end of `until_on`."""
    found = clearances(family_ids=[], volunteer_ids=[volunteer.pk], until_on=until_on, on=on)
    return found.volunteers[volunteer.pk]


def clearances(
    *,
    family_ids: Iterable[int],
    volunteer_ids: Iterable[int],
    until_on: date,
    on: date | None = None,
) -> Clearances:
    """Give the clearance of each family and volunteer from `on` (else `until_on`) to `until_on`, in six queries."""
    from_on = on or until_on
    found = adults_of(family_ids=family_ids, volunteer_ids=volunteer_ids)
    return Clearances(
        families={
            one: _together(adults, from_on, until_on, named=True)
            for one, adults in found.families.items()
        },
        volunteers={
            one: _together([adult], from_on, until_on, named=False)
            for one, adult in found.volunteers.items()
        },
    )


def _together(adults: Sequence[Adult], from_on: date, until_on: date, *, named: bool) -> Clearance:
    if not adults:
        return Clearance(ok=False, reasons=(_("No adult is known to us yet."),))
    cleared = [one.cleared_until(from_on) for one in adults]
    known = [day for day in cleared if day is not None]
    until = min(known) if len(known) == len(cleared) else None
    if until is not None and until >= until_on:
        return Clearance(ok=True, until_on=until)
    reasons = [
        f"{adult.name}: {reason}" if named else reason
        for adult in adults
        for reason in _why_not(adult, from_on, until_on)
    ]
    return Clearance(ok=False, reasons=tuple(reasons), until_on=until)


def _why_not(adult: Adult, from_on: date, until_on: date) -> list[str]:
    reasons = [why_not(task, until_on=until_on) for task in tasks_of(adult, on=from_on)]
    if adult.approval(from_on) is None and not any(reasons):
        reasons.append(_("nobody has said yes to them yet."))
    return [reason for reason in reasons if reason]
