"""What the pictures of goals are drawn from: plain scores, without the database."""

from dataclasses import dataclass

TOP_SCORE = 10
HALF_WAY_UP = 5


@dataclass(frozen=True)
class Mark:
    """A score from 0 to 10, and how many weeks after hello it was given."""

    week: float
    value: int


@dataclass(frozen=True)
class Line:
    """One person's scores for one goal, oldest first. The name is what the reader calls them."""

    name: str
    marks: tuple[Mark, ...]


def or_dash(score: int | None) -> object:
    """Not asked is a dash, never a nought."""
    return "–" if score is None else score
