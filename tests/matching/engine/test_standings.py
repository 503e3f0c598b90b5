"""What a part of a score is called beside its number: a match, a part of one, none, or not known."""

import pytest

from matching.engine.scoring import score
from matching.engine.terms import Child
from tests.matching.engine.people import (
    DOGS,
    ENGLISH,
    NEW_BABY,
    POLISH,
    QUIET,
    SEPARATION,
    STEPS,
    URDU,
    family,
    supporter,
)


def some(*terms):
    return frozenset(terms)


@pytest.mark.parametrize(
    ("code", "on_family", "on_supporter", "standing"),
    [
        ("distance", {}, {}, "match"),  # 74
        ("free_times", {}, {}, "match"),  # 60
        ("children", {"children": (Child(2, 4),)}, {}, "part"),  # 40
        ("lived_through", {}, {}, "match"),
        ("lived_through", {"goal_themes": some(NEW_BABY, SEPARATION)}, {}, "part"),  # 75
        ("languages", {}, {}, "match"),
        ("languages", {"languages": some(ENGLISH, POLISH, URDU)}, {}, "part"),  # 66
        ("languages", {"languages": some(URDU)}, {}, "mismatch"),
        ("wishes", {"wishes": some(DOGS, QUIET, STEPS)}, {"has": some(DOGS, QUIET)}, "part"),
        ("wishes", {"wishes": None, "no_to": None}, {}, "unknown"),
    ],
)
def test_it_calls_nothing_a_match_of_which_a_part_is_missing(
    code, on_family, on_supporter, standing
):
    """… where things are counted off a list; distance, times and ages are a match from 60 on."""
    scored = score(family(**on_family), supporter(**on_supporter))
    assert {one.code: one.standing for one in scored.parts}[code] == standing
