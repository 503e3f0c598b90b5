"""The hard rules themselves, the gravest first: where each stands, and what it says.

A newcomer would look here for what to ask. `eligibility.py` asks these rules, for one pair or for
millions; this is the only place that knows what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import Flags, Rows
from matching.engine.tables import TOO_FAR, Lookup, Tables
from matching.engine.terms import SeekingProfile, SupporterProfile
from matching.engine.terms.profiles import kilometres, number, said_list


class Days(NamedTuple):
    """The first and the last day of the link-up that is thought of."""

    on: date
    planned_end_on: date


Words = Callable[[SeekingProfile, SupporterProfile, Days], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One hard rule. `words` says of a pair that it stands against why it does.

    One of the three says where it stands: `family` and `supporter` for every row of their side,
    because nothing about the other side matters; `pair` for the pairs asked about.
    """

    code: str
    label: str
    words: Words
    may_overrule: bool = False
    family: Callable[[Tables, Days], Flags] | None = None
    supporter: Callable[[Tables, Days], Flags] | None = None
    pair: Callable[[Tables, Rows, Rows], Flags] | None = None

    def stands_against(
        self, tables: Tables, i: Rows, j: Rows, *, on: date, planned_end_on: date
    ) -> Flags:
        """Whether the rule stands against each pair of family i and supporter j."""
        days = Days(on, planned_end_on)
        if self.family is not None:
            return self.family(tables, days).take(i)
        if self.supporter is not None:
            return self.supporter(tables, days).take(j)
        return self.stands_between(tables, i, j)

    def stands_between(self, tables: Tables, i: Rows, j: Rows) -> Flags:
        """Whether a rule about pairs stands against each; not where a person overruled it, if one may."""
        assert self.pair is not None
        stands = self.pair(tables, i, j)
        overruled = tables.overruled.get(self.code)
        if self.may_overrule and overruled is not None:
            stands &= ~overruled.holds(i, j)
        return stands


def _share_no_language(tables: Tables, i: Rows, j: Rows) -> Flags:
    apart: Flags = tables.once("share no language", _languages_apart)(i, j) == 1
    return apart


def _languages_apart(tables: Tables) -> Lookup:
    mine, theirs = tables.seeking.languages, tables.supporters.languages

    def apart(a: Rows, b: Rows) -> NDArray[np.int8]:
        both_known = (mine.size[a] > 0) & (theirs.size[b] > 0)
        shared = (mine.bits[a] & theirs.bits[b]).any(axis=1)
        return (both_known & ~shared).astype(np.int8)

    return Lookup(mine.kind, theirs.kind, apart)


def _too_far(tables: Tables, i: Rows, j: Rows) -> Flags:
    metres = tables.metres(i, j)
    too_far: Flags = metres > tables.seeking.travel_m.take(i)
    too_far |= metres > tables.supporters.travel_m.take(j)
    return too_far


def _checks(seeking: SeekingProfile, supporter: SupporterProfile, days: Days) -> str:
    until = supporter.cleared_until
    if until is None:
        return "Their checks are not done."
    if until < days.on:
        return f"Their checks ran out on {_day(until)}."
    return (
        f"Their checks run out on {_day(until)}, before the link-up would end on "
        f"{_day(days.planned_end_on)}."
    )


def _full(seeking: SeekingProfile, supporter: SupporterProfile, days: Days) -> str:
    return (
        f"They have room for {_families(supporter.capacity)} at a time, and "
        f"have {number(supporter.linked)} now."
    )


def _spoken(seeking: SeekingProfile, supporter: SupporterProfile, days: Days) -> str:
    return (
        f"They share no language: the family speaks {said_list(seeking.languages)}, "
        f"the supporter {said_list(supporter.languages)}."
    )


def _apart(seeking: SeekingProfile, supporter: SupporterProfile, days: Days) -> str:
    metres = seeking.metres_to(supporter)
    assert metres is not None, "the rule stands only where both places are known"
    short = [
        f"{who} travels up to {kilometres(one.travel_m)}"
        for who, one in (("the family", seeking), ("the supporter", supporter))
        if one.travel_m is not None and metres > one.travel_m
    ]
    limits = [one.travel_m for one in (seeking, supporter) if one.travel_m is not None]
    # Rounded, both may be 8 km, and "8 km apart, travels up to 8 km" is no reason.
    over = "just over " if kilometres(metres) in map(kilometres, limits) else ""
    return f"They live {over}{kilometres(metres)} apart; {' and '.join(short)}."


def _families(count: int) -> str:
    return "one family" if count == 1 else f"{number(count)} families"


def _day(day: date) -> str:
    # strftime would follow the machine's locale.
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def _saying(words: str) -> Words:
    return lambda _seeking, _supporter, _days: words


_NO_AGREEMENT = "without agreement to be matched"

# The gravest first.
RULES: tuple[Rule, ...] = (
    Rule(
        "own",
        "of the same household",
        _saying("They are one household."),
        pair=lambda tables, i, j: tables.own.holds(i, j),
    ),
    Rule(
        "not_cleared",
        "without valid checks until the end",
        _checks,
        # Planned to end on or after it starts, so whoever is not cleared today is not until then.
        supporter=lambda tables, days: (
            tables.supporters.cleared_until < days.planned_end_on.toordinal()
        ),
    ),
    Rule(
        "not_trained",
        "not trained yet",
        _saying("They are not trained yet."),
        supporter=lambda tables, _: ~tables.supporters.trained,
    ),
    Rule(
        "family_no_consent",
        _NO_AGREEMENT,
        _saying("The family has not agreed to be matched."),
        family=lambda tables, _: ~tables.seeking.consents,
    ),
    Rule(
        "supporter_no_consent",
        _NO_AGREEMENT,
        _saying("The supporter has not agreed to be matched."),
        supporter=lambda tables, _: ~tables.supporters.consents,
    ),
    Rule(
        "blocked",
        "not wanted by one side",
        # Who blocked whom is nobody's business, not even in a coach's list.
        _saying("One of the two does not want contact with the other."),
        pair=lambda tables, i, j: tables.blocked.holds(i, j),
    ),
    Rule(
        "ended_badly",
        "linked before, with a bad ending",
        _saying("They were linked before, and it ended badly."),
        pair=lambda tables, i, j: tables.ended_badly.holds(i, j),
    ),
    Rule(
        "known",
        "known to the family already",
        _saying("They know each other already."),
        may_overrule=True,
        pair=lambda tables, i, j: tables.known.holds(i, j),
    ),
    Rule(
        "family_paused",
        "not to be had while the family is paused",
        _saying("The family is paused."),
        family=lambda tables, _: tables.seeking.paused,
    ),
    Rule(
        "supporter_paused",
        "paused",
        _saying("The supporter is paused."),
        supporter=lambda tables, _: tables.supporters.paused,
    ),
    Rule(
        "full",
        "already full",
        _full,
        supporter=lambda tables, _: tables.supporters.linked >= tables.supporters.capacity,
    ),
    Rule(
        "no_shared_language",
        "without a shared language",
        _spoken,
        # An interpreter can make it work; a person decides that, with a reason.
        may_overrule=True,
        pair=_share_no_language,
    ),
    Rule(TOO_FAR, "too far away", _apart, may_overrule=True, pair=_too_far),
)
