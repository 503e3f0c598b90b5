"""Is this person cleared to stand beside a family, from one day to another, and if not, why.

A newcomer would look for one valid certificate. What counts is the newest decision about each adult: a later refusal
outweighs an earlier clearance that has not run out, and a sharing family is cleared only when every adult of it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from people.models import Family, Guardian, Volunteer
from safeguarding.models import Check

# Supporters are alone with families in their homes. Across the United Kingdom's schemes only these three also look
# at what is held beyond convictions (trust.md SG-02); a basic or standard certificate does not open this door.
ENOUGH = frozenset({Check.Level.DBS_ENHANCED, Check.Level.PVG, Check.Level.ACCESS_NI})


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
    """Give the clearance of each family and volunteer from `on` (else `until_on`) to `until_on`, in three queries."""
    from_on = on or until_on
    families, volunteers = list(family_ids), list(volunteer_ids)
    adults: dict[int, list[tuple[int, str]]] = {one: [] for one in families}
    for pk, family_id, name in Guardian.objects.filter(family_id__in=families).values_list(
        "pk", "family_id", "name"
    ):
        adults[family_id].append((pk, name))
    by_guardian = _newest(Check.objects.filter(guardian__family_id__in=families), "guardian_id")
    by_volunteer = _newest(Check.objects.filter(volunteer_id__in=volunteers), "volunteer_id")
    return Clearances(
        families={
            one: _together(
                [(name, by_guardian.get(pk)) for pk, name in adults[one]], from_on, until_on
            )
            for one in families
        },
        volunteers={
            one: _together([("", by_volunteer.get(one))], from_on, until_on) for one in volunteers
        },
    )


def _newest(checks: Iterable[Check], person: str) -> dict[int, Check]:
    """Give each person's check that was decided last, among those of a level that is enough."""
    newest: dict[int, Check] = {}
    for check in checks:
        if check.level not in ENOUGH:
            continue
        pk = getattr(check, person)
        known = newest.get(pk)
        if known is None or (known.decided_at, known.pk) < (check.decided_at, check.pk):
            newest[pk] = check
    return newest


def _together(adults: list[tuple[str, Check | None]], from_on: date, until_on: date) -> Clearance:
    if not adults:
        return Clearance(ok=False, reasons=(_("No adult is known to us yet."),))
    reasons = tuple(
        reason for name, check in adults if (reason := _why_not(name, check, from_on, until_on))
    )
    valid = [_valid_until(check, from_on) for _name, check in adults]
    known = [day for day in valid if day is not None]
    return Clearance(
        ok=not reasons,
        reasons=reasons,
        until_on=min(known) if len(known) == len(valid) else None,
    )


def _valid_until(check: Check | None, from_on: date) -> date | None:
    if check is None or check.decision != Check.Decision.CLEARED or check.issued_on > from_on:
        return None
    return check.valid_until_on


def _why_not(name: str, check: Check | None, from_on: date, until_on: date) -> str:
    who = f"{name}: " if name else ""
    if check is None or check.issued_on > from_on:
        return who + _("the check is not done yet.")
    if check.decision != Check.Decision.CLEARED:
        return who + _("the last check was decided as not cleared.")
    if check.valid_until_on < from_on:
        return who + _("the check ran out on %(day)s.") % {"day": _day(check.valid_until_on)}
    if check.valid_until_on < until_on:
        return who + _("the check runs out on %(day)s.") % {"day": _day(check.valid_until_on)}
    return ""


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")
