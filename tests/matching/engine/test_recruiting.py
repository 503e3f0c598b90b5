"""Who to look for: one more supporter tried in the round itself, and what makes the others scarce."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.eligibility import blockers
from matching.engine.pairing import pair
from matching.engine.recruiting import Wanted, common, wanted
from matching.engine.terms import Instance, Point, SeekingProfile, Supporter
from matching.engine.whatif import with_extra
from matching.engine.wording import Common
from tests.matching.engine.people import (
    END,
    ENGLISH,
    MONEY,
    NEW_BABY,
    ON,
    POLISH,
    SEPARATION,
    URDU,
    family,
    supporter,
)
from tests.matching.engine.rounds import round_of, small_rounds

HERE, FAR = Point(52.68, -1.92), Point(53.5, -1.92)


def looked_for(
    instance: Instance, families: list[SeekingProfile], places: dict[str, Point] | None = None
) -> tuple[Wanted, ...]:
    """Who is wanted, in a round whose families these are."""
    return wanted(
        instance,
        pair(instance),
        {one.id: one for one in families},
        places or {"here": HERE},
        on=ON,
        planned_end_on=END,
    )


def four(**changes: object) -> list[SeekingProfile]:
    """Four families that differ in their ids only."""
    return [family(id=one, **changes) for one in ("ann", "bea", "cat", "dee")]


def test_it_counts_what_room_for_one_two_and_three_would_do():
    instance = round_of({"ann": 4, "bea": 3, "cat": 2, "dee": 1}, {"x": 1}, {("ann", "x"): 1})
    (one,) = looked_for(instance, four())
    assert (one.place, one.theme, one.gain, one.waiting) == ("here", NEW_BABY, (1, 2, 3), 3)


def test_it_places_somebody_else_by_taking_a_family_whose_supporter_is_then_free():
    """Bea and cat wait for x, whom ann has. Only ann and bea could have the newcomer: both, and cat gets x."""
    families = four()
    families[2] = replace(families[2], goal_themes=frozenset({MONEY}), point=FAR)
    scores = {(one, "x"): 1 for one in ("ann", "bea", "cat")}
    instance = round_of({"ann": 3, "bea": 2, "cat": 1}, {"x": 1}, scores)
    (one,) = looked_for(instance, families[:3])
    assert (one.gain, one.waiting) == ((1, 2, 2), 1)


def test_it_looks_for_nobody_where_nobody_waits():
    instance = round_of({"ann": 2, "bea": 1}, {"x": 1}, {("ann", "x"): 1})
    families = [family(id="ann", goal_themes=frozenset({MONEY})), family(id="bea")]
    found = looked_for(instance, families, {"here": HERE, "far": FAR})
    assert [(one.place, one.theme) for one in found] == [("here", NEW_BABY)]
    assert looked_for(round_of({"ann": 2}, {"x": 1}, {("ann", "x"): 1}), families) == ()
    assert looked_for(instance, families, {"far": FAR}) == ()


def test_it_says_which_languages_are_needed_most():
    instance = round_of({"ann": 4, "bea": 3, "cat": 2, "dee": 1}, {}, {})
    spoken = ({ENGLISH, POLISH}, {ENGLISH}, {URDU}, {POLISH, URDU})
    families = [
        replace(one, languages=frozenset(languages))
        for one, languages in zip(four(), spoken, strict=True)
    ]
    (one,) = looked_for(instance, families)
    assert one.languages == (ENGLISH, URDU)
    assert one.waiting == 4
    unknown = [replace(one, languages=frozenset()) for one in families]
    (one,) = looked_for(instance, unknown)
    assert (one.languages, one.waiting) == ((), 4)


def test_it_leaves_out_whom_they_could_not_reach_or_whom_a_person_decided_about():
    instance = round_of(
        {"ann": 4, "bea": 3, "cat": 2},
        {"x": 1},
        {("ann", "x"): 1, ("bea", "x"): 1},
        locked={("ann", "x")},
    )
    families = [*four()[:2], family(id="cat", paused=True)]
    (one,) = looked_for(instance, families)
    assert (one.gain, one.waiting) == ((1, 1, 1), 1)


def test_it_names_first_who_would_place_most():
    families = four()
    families[0] = replace(families[0], goal_themes=frozenset({SEPARATION}))
    instance = round_of({"ann": 4, "bea": 3, "cat": 2}, {}, {})
    found = looked_for(instance, families[:3])
    assert [(one.theme, one.gain) for one in found] == [
        (NEW_BABY, (1, 2, 2)),
        (SEPARATION, (1, 1, 1)),
    ]


@settings(max_examples=150, deadline=None)
@given(small_rounds(), st.data())
def test_it_is_exact_about_one_more_supporter(instance, data):
    """… as exact as pairing everybody again with them in it."""
    themes = st.sets(st.sampled_from([MONEY, NEW_BABY, SEPARATION]), max_size=2)
    spoken = st.sets(st.sampled_from([ENGLISH, POLISH, URDU]), max_size=2)
    families = [
        family(
            id=one.id,
            goal_themes=frozenset(data.draw(themes)),
            languages=frozenset(data.draw(spoken)),
            point=data.draw(st.sampled_from([HERE, FAR])),
        )
        for one in instance.seeking
    ]
    placed = pair(instance).placed
    locked = {one.seeking for one in instance.pairs if one.locked}
    for one in looked_for(instance, families, {"here": HERE, "far": FAR}):
        new = supporter(
            id="new",
            point=HERE if one.place == "here" else FAR,
            travel_m=10_000,
            languages=frozenset(one.languages),
        )
        may = {
            each.id: 0
            for each in families
            if one.theme in each.goal_themes
            and each.id not in locked
            and not blockers(each, new, on=ON, planned_end_on=END)
        }
        again = [
            pair(with_extra(instance, Supporter("new", room), may)).placed - placed
            for room in (1, 2, 3)
        ]
        assert one.gain == tuple(again)


def test_it_says_what_makes_supporters_scarce_when_it_is_true_of_all():
    polish = family(languages=frozenset({POLISH}))
    both = family(id="bea")
    helper = supporter()
    assert common([polish, both], [helper], [7_100, 3_000], everyday="en") == Common("Polish", 8)
    assert common([both], [helper], [7_100], everyday="en") == Common("", 8)
    urdu = replace(polish, languages=frozenset({URDU}))
    assert common([polish, urdu], [helper], [None, 50], everyday="en") == Common()
    assert common([polish], [helper], [12_000], everyday="en") == Common("Polish", 0)
