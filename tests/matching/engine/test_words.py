"""What is said about a part of a score where its number alone would mislead."""

from dataclasses import replace

import pytest

from matching.engine.words import distance, lived_through
from tests.matching.engine.people import NEW_BABY, SEPARATION, family, supporter


def test_it_names_everything_that_is_close_to_what_the_family_goes_through():
    twins = replace(NEW_BABY, code="twins", name="twins")
    said = lived_through(
        family(goal_themes=frozenset({SEPARATION})),
        supporter(lived_through=frozenset({NEW_BABY, twins})),
        50,
    )
    assert said == (
        "The supporter has been through a new baby; twins, which are close to separation."
    )


@pytest.mark.parametrize(
    ("family_m", "supporter_m", "value", "words"),
    [
        (5_000, 9_000, 74, "that far, the family up to 5 km and the supporter further."),
        (9_000, 5_000, 74, "that far, the supporter up to 5 km and the family further."),
        (5_000, 5_000, 74, "up to 5 km."),
        (1_310, 5_000, 0, "that far, but the family no further than 1.3 km."),
        (5_000, 1_310, 0, "that far, but the supporter no further than 1.3 km."),
        (1_310, 1_310, 0, "just as far, no further than 1.3 km."),
    ],
)
def test_it_says_who_travels_less_far(family_m: int, supporter_m: int, value: int, words: str):
    said = distance(family(travel_m=family_m), supporter(travel_m=supporter_m), value)
    assert said == f"1.3 km apart. Both travel {words}"
