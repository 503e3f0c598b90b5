"""What a number is here: never alone, always with what it counts, out of how many, when, and what is missing.

A page can show a Figure only whole; a template that printed the value alone would have to work for it (IM-02).
"""

from dataclasses import dataclass
from datetime import date, timedelta

FEW = 10  # below this a share says little; the page says so


@dataclass(frozen=True)
class Period:
    """Whole days, the first and the last both counted."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last_on < self.first_on:
            raise ValueError("A period ends on or after the day it begins.")

    @classmethod
    def weeks_before(cls, today: date, weeks: int) -> "Period":
        """Give the `weeks` weeks that end today."""
        return cls(today - timedelta(weeks=weeks) + timedelta(days=1), today)


@dataclass(frozen=True)
class Figure:
    """One honest number.

    `value` is None when there is nothing to count. `of` is the denominator of a share, None for a sum or a median.
    `n` is how many cases it rests on, `missing` how many more it should have rested on.
    """

    slug: str
    title: str
    definition: str
    value: int | None
    of: int | None
    n: int
    missing: int
    period: Period
    unit: str = ""

    @property
    def few(self) -> bool:
        """Say whether it rests on too few cases to read much into."""
        return self.n < FEW
