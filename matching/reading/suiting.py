"""When a coach is told, kindly and before saying yes, that not much of a pair fits, or that no free time is shared.

A newcomer would mark a low score. Of some pairs little is known, so it is measured by what could be counted.
"""

from typing import Any


def no_shared_time(parts: list[dict[str, Any]]) -> bool:
    """Whether it is known when both are free, and there is no time that both are."""
    return any(part["code"] == "free_times" and part["value"] == 0 for part in parts)


def suits_little(score: int, out_of: int) -> bool:
    """Whether a pair has less than a third of the points that could be counted for it."""
    return 3 * score < out_of
