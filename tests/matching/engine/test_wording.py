"""The sentences about who waits, and about what is short, each by what it is told."""

import pytest

from matching.engine import wording
from matching.engine.eligibility import Blocker


@pytest.mark.parametrize(
    ("full", "apart", "both", "paused", "words"),
    [
        # The four in the way for one reason come last, though no more than the others.
        (
            *(0, 4, 4, 0),
            "Eight supporters live near enough. Four are already full; the other four are without a "
            "shared language, and that is all that is in the way.",
        ),
        (
            *(0, 3, 1, 2),
            "Six supporters live near enough. Two are paused; one is already full; the other three "
            "are without a shared language, and that is all that is in the way.",
        ),
        (0, 0, 1, 0, "One supporter lives near enough, but is already full."),
        (0, 0, 2, 0, "Two supporters live near enough, but both are already full."),
        (
            *(3, 0, 0, 0),
            "Three supporters live near enough, but all three are already full, and that is all that "
            "is in the way.",
        ),
        (
            *(1, 0, 3, 0),
            "Four supporters live near enough, but all four are already full. For one of the four who "
            "are already full, nothing else is in the way.",
        ),
    ],
)
def test_it_says_of_those_near_enough_what_keeps_each_away(
    full: int, apart: int, both: int, paused: int, words: str
):
    """`both` are full and share no language: they count as full, the graver of the two."""
    is_full = Blocker("full", "already full", "…", may_overrule=False)
    apart_too = Blocker("no_shared_language", "without a shared language", "…", may_overrule=True)
    is_paused = Blocker("supporter_paused", "paused", "…", may_overrule=False)
    found = [
        *[[is_full]] * full,
        *[[apart_too]] * apart,
        *[[is_full, apart_too]] * both,
        *[[is_paused, apart_too]] * paused,
    ]
    said = wording.nobody({f"s{n}": reasons for n, reasons in enumerate(found)})
    assert said == f"Nobody can be paired with them yet. {words}"


def test_it_counts_a_family_with_two_wishes_once_and_says_so():
    waiting, named = ["dee", "deev"], {"dee": "Toni and Jack"}
    assert wording.shortage(waiting, 3, 3, (), "", named, twice=2) == (
        "Toni and Jack and two more families (two of them with two wishes each) share only three "
        "supporters, who together have room for three: two wishes are left waiting."
    )
    assert wording.shortage(waiting, 0, 2, (), "", named, twice=1) == (
        "For Toni and Jack (with two wishes) there are only two supporters, and neither has room."
    )


def test_it_says_when_others_than_those_counted_would_gain_a_place():
    def said(*gain: int) -> str:
        return wording.shortage(["ann", "bea"], 1, 1, gain, "x", {"x": "Grace"})

    assert said(1, 2, 3).endswith(
        "with room for three, would place three, counting families in other lines here."
    )
    assert said(1, 2, 2).endswith("with room for three, would place two.")


def test_it_tells_names_apart_that_hold_a_comma_or_an_and():
    named = {"a": "Liam, weekends", "b": "Toni and Jack"}
    for waiting, words in (
        (["a", "b"], "Liam, weekends; Toni and Jack; and one more family share"),
        (["a"], "Liam, weekends, and one more family share"),
        (["b"], "Toni and Jack and one more family share"),
    ):
        assert wording.shortage(waiting, 1, 1, (), "", named).startswith(words)


def test_it_says_who_has_the_places_without_counting_anybody_twice():
    def said(longer: int, kept: int, *, as_long: bool = False) -> str:
        return wording.taken(2, 2, 0, longer, kept, as_long=as_long).split("taken by ")[1]

    assert said(2, 0) == "others who waited longer."
    assert (
        said(2, 0, as_long=True)
        == "others who waited longer, or just as long and come first in turn."
    )
    assert said(1, 0, as_long=True) == "somebody who waited just as long and comes first in turn."
    assert said(1, 1) == (
        "somebody who waited longer, and by somebody whose pair a person decided to keep."
    )
    assert said(0, 2) == "others whose pair a person decided to keep."
    many = wording.taken(2, 7, 1, 5, 1, as_long=False)
    assert many == (
        "They could be paired with two supporters, and none of them has room. Moving others round "
        "does not help: they could only go to five other supporters, who are full too. One had no "
        "room to begin with. All who have these places waited longer, or have a pair that a person "
        "decided to keep."
    )


@pytest.mark.parametrize(
    ("supporters", "named", "words"),
    [
        (1, ["Grace"], "with Grace would place them."),
        (2, ["Grace", "Jo"], "with Grace or Jo would place them."),
        (
            *(3, ["Jo and Perry", "Niamh, Tom and Ada", "Stan"]),
            "with Jo and Perry; Niamh, Tom and Ada; or Stan would place them.",
        ),
        (
            *(4, ["Grace", "Jo", "Stan"]),
            "with Grace, Jo or Stan would place them; with the other it would go to somebody who waits "
            "for the same people and comes before them.",
        ),
    ],
)
def test_it_names_those_with_whom_one_more_place_would_help(
    supporters: int, named: list[str], words: str
):
    said = wording.one_more(supporters, len(named), named)
    assert said == f"Room for one more family {words}"
