"""What is asked of whom on which day, and until when somebody has it: dates in, dates out. No database, no clock.

**Which version counts for whom** (trust.md SG-06). A version counts for every decision from its first day on
(`counts_from_on`): whoever is approved from then on has everything it asks. Whoever was approved under an earlier one
stays so, and has until the end of `existing_until_on` for what the new one asks on top; the reminders of the clock
count down to that day. A new version takes nothing off somebody who is approved: what it no longer asks, they no longer
need only once a person approves them again. So no version ever approves anybody, and none un-approves anybody before
a day that was said beforehand.

A newcomer would ask the newest version of everybody. Then a click on the page of requirements would move families
overnight, in both directions.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FOREVER = date.max
CHECK = "check"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days, both ends included."""

    from_on: date
    until_on: date

    def holds(self, on: date) -> bool:
        """Say whether a day is one of them."""
        return self.from_on <= on <= self.until_on


@dataclass(frozen=True)
class Asked:
    """One thing a version asks: how many of it, and of a check which levels are enough and for how many months."""

    kind: str
    many: int = 1
    levels: frozenset[str] = frozenset()
    months: int = 0
    code_version: int = 0

    def and_also(self, other: "Asked") -> "Asked":
        """Give what satisfies both."""
        months = [one for one in (self.months, other.months) if one]
        return Asked(
            kind=self.kind,
            many=max(self.many, other.many),
            levels=self.levels & other.levels,
            months=min(months, default=0),
            code_version=max(self.code_version, other.code_version),
        )


@dataclass(frozen=True)
class Rules:
    """One version, for one role in one nation."""

    version: int
    counts_from_on: date
    existing_until_on: date
    asked: tuple[Asked, ...]

    def asks(self, kind: str) -> bool:
        """Say whether it asks anything of a kind."""
        return any(one.kind == kind for one in self.asked)

    def of(self, kind: str) -> Asked:
        """Give what it asks of a kind; one of it where it asks nothing."""
        return next((one for one in self.asked if one.kind == kind), Asked(kind))


@dataclass(frozen=True)
class Term:
    """What is asked of one adult over some days."""

    days: Span
    asked: Mapping[str, Asked]


def in_force(versions: Sequence[Rules], *, on: date) -> Rules:
    """Give the version that decisions of a day are made under."""
    counting = [one for one in versions if one.counts_from_on <= on]
    return max(counting or versions[:1], key=lambda one: one.version)


def binding(versions: Sequence[Rules], *, approved_under: int | None, on: date) -> list[Rules]:
    """Give the versions that all have to be met on a day by somebody approved under one (None: not approved yet)."""
    if approved_under is None:
        return [in_force(versions, on=on)]
    return [
        one
        for one in versions
        if one.version == approved_under
        or (one.version > approved_under and one.existing_until_on < on)
    ]


def terms(versions: Sequence[Rules], *, approved_under: int | None, on: date) -> Iterator[Term]:
    """Give what is asked of somebody from a day on, for ever: a term for each stretch in which nothing changes."""
    begins = {on}
    if approved_under is not None:
        begins |= {
            one.existing_until_on + DAY
            for one in versions
            if one.version > approved_under and one.existing_until_on >= on
        }
    days = sorted(begins)
    for begin, after in zip(days, [*days[1:], None], strict=True):
        asked: dict[str, Asked] = {}
        for rules in binding(versions, approved_under=approved_under, on=begin):
            for one in rules.asked:
                asked[one.kind] = asked[one.kind].and_also(one) if one.kind in asked else one
        yield Term(Span(begin, after - DAY if after else FOREVER), asked)


def last_day(spans: Iterable[Span], *, many: int, from_on: date) -> date | None:
    """Give the last day up to which at least `many` spans hold each day from `from_on`; None if not even that one."""
    known = list(spans)

    def enough(on: date) -> bool:
        return sum(span.holds(on) for span in known) >= many

    if not enough(from_on):
        return None
    # Coverage can only shrink on the day after a span's end, so nothing else need be looked at.
    for end in sorted({span.until_on for span in known if span.until_on >= from_on}):
        if end == FOREVER or not enough(end + DAY):
            return end
    return FOREVER


def months_after(day: date, months: int) -> date:
    """Give the day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
