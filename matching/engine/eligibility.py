"""Hard rules: who must not be paired, and why, each as a value that can be read out.

A newcomer would lower the score of a doubtful pair. A rule here removes the pair altogether,
because a high score elsewhere must never buy back an unchecked person. What is not known is
not a rule: scoring names it, and a coach asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.engine.columns import Flags, Rows
from matching.engine.rules import RULES, Days
from matching.engine.tables import AT_ONCE, Tables, tabulate
from matching.engine.terms import SeekingProfile, SupporterProfile


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason against a pair.

    `words` is a sentence about this pair; `label` completes "7 …" in a count over many
    ("7 live too far apart"). `may_overrule`: whether a coach may decide otherwise, with a
    reason; a rule about a child's safety or somebody's own "no" may not be.
    """

    code: str
    label: str
    words: str
    may_overrule: bool


def against(
    tables: Tables, i: Rows, j: Rows, *, on: date, planned_end_on: date
) -> NDArray[np.uint32]:
    """What stands against each pair: bit k is set when RULES[k] does. 0: they may be compared.

    `i`, `j`: rows of the two sides, of the same length. Raises ValueError when the end is before `on`.
    """
    days = _days(on, planned_end_on)
    families, supporters = tables.once(f"rules of rows {days}", lambda one: _of_rows(one, days))
    found = families.take(i)
    found |= supporters.take(j)
    for bit, rule in enumerate(RULES):
        if rule.pair is not None:
            for start in range(0, len(i), AT_ONCE):
                part = slice(start, start + AT_ONCE)
                stands = rule.stands_between(tables, i[part], j[part])
                found[part] |= np.left_shift(stands, np.uint32(bit), dtype=np.uint32)
    return found


def admissible(tables: Tables, i: Rows, j: Rows, *, on: date, planned_end_on: date) -> Flags:
    """Whether nothing stands against each pair; the same as `against(…) == 0`, and quicker."""
    days = _days(on, planned_end_on)
    families, supporters = tables.once(f"rules of rows {days}", lambda one: _of_rows(one, days))
    may: Flags = (families == 0).take(i)
    may &= (supporters == 0).take(j)
    for start in range(0, len(i), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        for rule in RULES:
            if rule.pair is not None:
                may[part] &= ~rule.stands_between(tables, i[part], j[part])
    return may


def blockers(
    seeking: SeekingProfile, supporter: SupporterProfile, *, on: date, planned_end_on: date
) -> list[Blocker]:
    """Everything that stands against linking these two from `on` to `planned_end_on`.

    An empty list means that they may be compared. The gravest reasons come first, so that the
    first is the one to count a supporter under. Raises ValueError when the end is before `on`.
    """
    first = np.zeros(1, dtype=np.int64)
    stands = against(
        tabulate([seeking], [supporter]), first, first, on=on, planned_end_on=planned_end_on
    )
    return read_out(int(stands[0]), seeking, supporter, on=on, planned_end_on=planned_end_on)


def read_out(
    stands: int,
    seeking: SeekingProfile,
    supporter: SupporterProfile,
    *,
    on: date,
    planned_end_on: date,
) -> list[Blocker]:
    """The rules of one number from `against`, in words about this pair, the gravest first."""
    days = Days(on, planned_end_on)
    return [
        Blocker(rule.code, rule.label, rule.words(seeking, supporter, days), rule.may_overrule)
        for bit, rule in enumerate(RULES)
        if stands >> bit & 1
    ]


def _days(on: date, planned_end_on: date) -> Days:
    if planned_end_on < on:
        raise ValueError("A link-up cannot be planned to end before it starts.")
    return Days(on, planned_end_on)


def _of_rows(tables: Tables, days: Days) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The bits of the rules about one side alone, for each row of both."""
    families = np.zeros(len(tables.seeking), dtype=np.uint32)
    supporters = np.zeros(len(tables.supporters), dtype=np.uint32)
    for bit, rule in enumerate(RULES):
        if rule.family is not None:
            families |= np.left_shift(rule.family(tables, days), bit, dtype=np.uint32)
        if rule.supporter is not None:
            supporters |= np.left_shift(rule.supporter(tables, days), bit, dtype=np.uint32)
    return families, supporters
