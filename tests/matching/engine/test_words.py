"""What is said about a part of a score where its number alone would mislead."""

from dataclasses import replace

from matching.engine import words
from tests.matching.engine.people import NEW_BABY, SEPARATION, family, supporter


def test_it_names_everything_that_is_close_to_what_the_family_goes_through():
    twins = replace(NEW_BABY, code="twins", name="twins")
    said = words.lived_through(
        family(goal_themes=frozenset({SEPARATION})),
        supporter(lived_through=frozenset({NEW_BABY, twins})),
        50,
    )
    assert said == (
        "The supporter has been through a new baby; twins, which are close to separation."
    )


def test_it_says_that_somebody_can_come_no_further():
    near, at_the_end = family(), family(travel_m=1310)
    assert words.distance(near, supporter(), 74).endswith("one of them up to 5 km.")
    assert words.distance(at_the_end, supporter(), 0) == (
        "1.3 km apart. Both travel that far, but one of them no further than 1.3 km."
    )
