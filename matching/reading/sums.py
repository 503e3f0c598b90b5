"""Scores as templates add them up (matching/arithmetic.html), from a row that a round kept or from one of today."""

from dataclasses import asdict, dataclass
from typing import Any

from matching.engine.terms import Score
from matching.models import Alternative, Proposal


@dataclass(frozen=True)
class Sum:
    """`score` points of the `out_of` that what is known could give, part by part; `unknown` more is not known."""

    score: int
    out_of: int
    unknown: int
    parts: list[dict[str, Any]]


def sum_of(row: Proposal | Alternative) -> Sum:
    """Give the score that a round kept."""
    return Sum(row.score, row.out_of, unknown_in(row), row.parts)


def sum_today(score: Score) -> Sum:
    """Give a score that was just worked out, in the same words as one that is kept."""
    return Sum(score.total, score.out_of, score.unknown, [asdict(part) for part in score.parts])


def unknown_in(row: Proposal | Alternative) -> int:
    """Give the points of a kept score that nobody knows."""
    return sum(100 * part["weight"] for part in row.parts if part["value"] is None)
