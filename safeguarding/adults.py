"""What is on record about adults who stand beside families, fetched at once for all of them, and what follows from it.

A newcomer would read the newest row of each kind. References add up, a later refusal outweighs an earlier clearance,
what was taken back counts for nothing, and an exemption stands for a step only between two days.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, Value
from django.utils import timezone

from people.models import Guardian, Volunteer
from people.places import UPWARDS, nation_of
from safeguarding.models import (
    Approval,
    Check,
    EligibleLevel,
    Exemption,
    RequirementsVersion,
    Role,
    Step,
)
from safeguarding.rules import (
    CHECK,
    DAY,
    FOREVER,
    Asked,
    Rules,
    Span,
    in_force,
    last_day,
    months_after,
    terms,
)

# A higher level of the same scheme holds everything that a lower one does.
AT_LEAST = {
    Check.Level.DBS_BASIC: (
        Check.Level.DBS_BASIC,
        Check.Level.DBS_STANDARD,
        Check.Level.DBS_ENHANCED,
    ),
    Check.Level.DBS_STANDARD: (Check.Level.DBS_STANDARD, Check.Level.DBS_ENHANCED),
}


@dataclass(frozen=True)
class Adult:
    """One adult, in one role, with everything about them that counts. `kind` is "guardian" or "volunteer"."""

    kind: str
    id: int
    name: str
    role: str
    nation: str
    versions: tuple[Rules, ...]
    checks: list[Check] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    exemptions: list[Exemption] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)

    def approval(self, on: date) -> Approval | None:
        """Give the approval that holds on a day: the newest of those given by then."""
        given = [one for one in self.approvals if timezone.localdate(one.at) <= on]
        return max(given, key=lambda one: (one.at, one.pk), default=None)

    def approved_under(self, on: date) -> int | None:
        """Give the version they were approved under, or None."""
        found = self.approval(on)
        return found.requirements.version if found else None

    def asked(self, on: date) -> dict[str, Asked]:
        """Give what is asked of them on a day."""
        return dict(next(terms(self.versions, approved_under=self.approved_under(on), on=on)).asked)

    def has_until(self, kind: str, *, on: date, approved_under: int | None) -> date | None:
        """Give the last day up to which they have what is asked of one kind, without a gap; None: not on `on`."""
        for term in terms(self.versions, approved_under=approved_under, on=on):
            asked = term.asked.get(kind)
            if asked is None:
                continue
            last = self.last_day_of(asked, from_on=term.days.from_on)
            if last is None:
                return term.days.from_on - DAY if term.days.from_on > on else None
            if last < term.days.until_on:
                return last
        return FOREVER

    def cleared_until(self, on: date) -> date | None:
        """Give the last day up to which they may stand beside a family; None: not on `on`."""
        under = self.approved_under(on)
        if under is None:
            return None
        return self.has_all_until(on=on, approved_under=under)

    def has_all_until(self, *, on: date, approved_under: int | None) -> date | None:
        """Give the last day up to which they have everything that is asked, approval apart; None: not on `on`."""
        until = FOREVER
        for kind in kinds_asked(self.versions):
            last = self.has_until(kind, on=on, approved_under=approved_under)
            if last is None:
                return None
            until = min(until, last)
        return until

    def may_be_approved(self, on: date) -> bool:
        """Say whether they have everything that the version in force asks, so that somebody may say yes."""
        return self.has_all_until(on=on, approved_under=None) is not None

    def newest_check(self, asked: Asked) -> Check | None:
        """Give the check that was decided last, among refusals and those of a level that is enough."""
        told = [
            one
            for one in self.checks
            if one.level in asked.levels or one.decision != Check.Decision.CLEARED
        ]
        return max(told, key=lambda one: (one.decided_at, one.pk), default=None)

    def last_day_of(self, asked: Asked, *, from_on: date) -> date | None:
        """Give the last day up to which they have one thing that is asked, or may wait for it; None: not that day."""
        # An exemption stands for all of a kind at once, so it weighs as much as is asked.
        exempt = self.exempt(asked.kind) * asked.many
        return last_day([*self.spans(asked), *exempt], many=asked.many, from_on=from_on)

    def spans(self, asked: Asked) -> list[Span]:
        """Give the days on which what was done counts, exemptions apart."""
        if asked.kind == CHECK:
            check = self.newest_check(asked)
            if check is None or check.decision != Check.Decision.CLEARED:
                return []
            return [Span(check.issued_on, counts_until(check, asked.months))]
        return [
            Span(one.done_on, one.valid_until_on or FOREVER)
            for one in self.steps
            if one.kind == asked.kind and (one.code_version or 0) >= asked.code_version
        ]

    def exempt(self, kind: str) -> list[Span]:
        """Give the days on which a step may wait."""
        return [
            Span(timezone.localdate(one.granted_at), one.until_on)
            for one in self.exemptions
            if one.kind == kind and one.granted_at is not None
        ]

    def in_force(self, on: date) -> Rules:
        """Give the version that a decision of that day is made under."""
        return in_force(self.versions, on=on)


def counts_until(check: Check, months: int) -> date:
    """Give the last day of a check: what it says, or so many months after it was issued where that comes first."""
    if not months:
        return check.valid_until_on
    return min(check.valid_until_on, months_after(check.issued_on, months))


def kinds_asked(versions: Iterable[Rules]) -> list[str]:
    """Give every kind of step that any version asks, in the order people go through them."""
    asked = {one.kind for rules in versions for one in rules.asked}
    return [kind for kind in (*Step.Kind.values[:2], CHECK, *Step.Kind.values[2:]) if kind in asked]


@dataclass(frozen=True)
class Adults:
    """Adults by the family and by the volunteer they are."""

    families: dict[int, list[Adult]]
    volunteers: dict[int, Adult]

    def everybody(self) -> list[Adult]:
        """Give them all."""
        return [one for some in self.families.values() for one in some] + [
            *self.volunteers.values()
        ]


def adults_of(*, family_ids: Iterable[int], volunteer_ids: Iterable[int]) -> Adults:
    """Give everybody of these families, and these volunteers, with their records: six queries, however many."""
    families, volunteers = list(family_ids), list(volunteer_ids)
    rules = all_rules()
    found = Adults({one: [] for one in families}, {})
    guardians: dict[int, Adult] = {}
    sharing = Guardian.objects.filter(family_id__in=families).order_by()
    others = Volunteer.objects.filter(pk__in=volunteers).order_by()
    rows = sharing.values_list(Value("guardian"), "pk", "family", "name", *_up("family__place"))
    rows = rows.union(
        others.values_list(Value("volunteer"), "pk", "pk", "name", *_up("place")), all=True
    )
    for kind, pk, of, name, *up in sorted(rows, key=lambda row: (row[0], row[1])):
        role, nation = Role.SHARING if kind == "guardian" else Role.VOLUNTEER, nation_of(up)
        adult = Adult(kind, pk, name, role, nation, rules[role, nation])
        if kind == "guardian":
            guardians[pk] = adult
            found.families[of].append(adult)
        else:
            found.volunteers[pk] = adult
    _fill(guardians, found.volunteers)
    return found


def _up(place: str) -> list[str]:
    return [f"{place}__{name}" for name in UPWARDS]


def all_rules() -> dict[tuple[str, str], tuple[Rules, ...]]:
    """Give every version as each role in each nation meets it, oldest first; one query."""
    found: dict[tuple[str, str], list[Rules]] = defaultdict(list)
    levels = EligibleLevel.objects.select_related("requirements")
    for level in levels.order_by("requirements__version"):
        row = level.requirements
        enough = AT_LEAST.get(Check.Level(level.level), (level.level,))
        check = Asked(CHECK, levels=frozenset(enough), months=level.months)
        found[level.role, level.nation].append(
            Rules(
                row.version,
                row.counts_from_on,
                row.existing_until_on,
                (check, *_steps_asked(row)),
            )
        )
    return {key: tuple(rules) for key, rules in found.items()}


def _steps_asked(row: RequirementsVersion) -> list[Asked]:
    asked = []
    if row.references:
        asked.append(Asked(Step.Kind.REFERENCE, many=row.references))
    if row.interview:
        asked.append(Asked(Step.Kind.INTERVIEW))
    if row.induction:
        asked.append(Asked(Step.Kind.INDUCTION))
    if row.code_version:
        asked.append(Asked(Step.Kind.CODE, code_version=row.code_version))
    return asked


def _fill(guardians: dict[int, Adult], volunteers: dict[int, Adult]) -> None:
    about = Q(guardian__in=list(guardians)) | Q(volunteer__in=list(volunteers))
    stands: dict[str, Any] = {"taken_back__isnull": True}

    def whose(row: Any) -> Adult:
        return guardians[row.guardian_id] if row.guardian_id else volunteers[row.volunteer_id]

    for check in Check.objects.filter(about, **stands):
        whose(check).checks.append(check)
    for step in Step.objects.filter(about, **stands):
        whose(step).steps.append(step)
    for exemption in Exemption.objects.filter(about, **stands):
        whose(exemption).exemptions.append(exemption)
    for approval in Approval.objects.filter(about, **stands).select_related("requirements"):
        whose(approval).approvals.append(approval)


def adults_in(found: Adults, *, family_id: int | None, volunteer_id: int | None) -> Sequence[Adult]:
    """Give the adults of one of the two."""
    return found.families[family_id] if family_id else [found.volunteers[volunteer_id or 0]]
