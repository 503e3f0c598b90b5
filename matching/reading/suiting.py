"""When a coach is told, kindly and before saying yes, that not much of a pair fits.

A newcomer would mark a low score. Of some pairs little is known, so it is measured by what could be counted.
"""


def suits_little(score: int, out_of: int) -> bool:
    """Whether a pair has less than a third of the points that could be counted for it."""
    return 3 * score < out_of
