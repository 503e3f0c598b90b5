"""A score as it is read out: the parts, their weights and what they add up to.

A newcomer would store only the total. The parts are the point: a coach approves a pair by
reading them, and asks about the ones that are not known.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts: a programme's policy, not science. Whole, 0 leaves a part out.

    `version` is stored with every round, so that link-ups can later be compared by policy.
    """

    lived_through: int = 6
    free_times: int = 4
    distance: int = 3
    children: int = 3
    languages: int = 2
    access: int = 1
    wishes: int = 1
    version: int = 1

    def __post_init__(self) -> None:
        for one in fields(self):
            weight = getattr(self, one.name)
            if type(weight) is not int or not 0 <= weight <= 1000:
                raise ValueError(f"The weight of {one.name} must be a whole number from 0 to 1000.")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the arithmetic. `standing` is match, part, mismatch or unknown; `value` is
    0 to 100 or None when not known; `points` is value times weight."""

    code: str
    label: str
    standing: str
    words: str
    value: int | None
    weight: int
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """`total` points of the `out_of` that what is known could give; `unknown` more is not known."""

    total: int
    out_of: int
    unknown: int
    parts: tuple[Part, ...]
