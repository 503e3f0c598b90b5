"""The arithmetic of a pair: every part by table, what is not known, and what always adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.scoring import score
from matching.engine.terms import Child, Part, Weights
from tests.matching.engine.people import (
    DOGS,
    ENGLISH,
    MONEY,
    NEW_BABY,
    POLISH,
    QUIET,
    SATURDAY_MORNING,
    SEPARATION,
    STEP_FREE,
    STEPS,
    URDU,
    family,
    supporter,
)


def part(code: str, on_family: dict, on_supporter: dict) -> Part:
    scored = score(family(**on_family), supporter(**on_supporter), weights=Weights())
    return next(one for one in scored.parts if one.code == code)


def some(*terms):
    return frozenset(terms)


def test_it_adds_up_what_the_coach_reads():
    scored = score(family(), supporter(), weights=Weights())
    assert [(one.label, one.value, one.weight, one.points) for one in scored.parts] == [
        ("What they lived through", 100, 6, 600),
        ("Free times", 60, 4, 240),
        ("Distance", 74, 3, 222),
        ("Children", 100, 3, 300),
        ("Languages", 100, 2, 200),
        ("Steps and access", 100, 1, 100),
        ("Wishes", 100, 1, 100),
    ]
    assert (scored.total, scored.out_of, scored.unknown) == (1762, 2000, 0)


@pytest.mark.parametrize(
    ("code", "on_family", "on_supporter", "value", "words"),
    [
        ("lived_through", {}, {}, 100, "The supporter has been through: a new baby."),
        (
            "lived_through",
            {"goal_themes": some(NEW_BABY, SEPARATION, MONEY)},
            {},
            50,
            "The supporter has been through: a new baby. The supporter has been through a new baby, "
            "which is close to separation. The supporter has not been through: money.",
        ),
        (
            "lived_through",
            {"goal_themes": some(MONEY)},
            {},
            0,
            "The supporter has not been through: money.",
        ),
        ("lived_through", {"goal_themes": some()}, {}, None, "The family has not set a goal yet."),
        (
            "lived_through",
            {},
            {"lived_through": None},
            None,
            "Nobody has asked what the supporter has lived through.",
        ),
        ("free_times", {}, {}, 60, "Both are free on Saturday morning and afternoon."),
        (
            "free_times",
            {"free_times": (1 << 21) - 1},
            {"free_times": (1 << 21) - 1},
            100,
            "Both are free all day Monday, all day Tuesday, all day Wednesday, and four more days.",
        ),
        (
            "free_times",
            {"free_times": SATURDAY_MORNING | 1},
            {"free_times": SATURDAY_MORNING | 1},
            60,
            "Both are free on Monday morning and Saturday morning.",
        ),
        ("free_times", {"free_times": 4}, {}, 0, "No time when both are free."),
        ("free_times", {"free_times": None}, {}, None, "Nobody has asked when the family is free."),
        ("free_times", {}, {"free_times": 0}, None, "Nobody has asked when the supporter is free."),
        (
            "distance",
            {},
            {},
            74,
            "1.3 km apart. Both travel that far, the family up to 5 km and the supporter further.",
        ),
        (
            "distance",
            {"travel_m": 0},
            {},
            0,
            "1.3 km apart. That is further than they said they travel.",
        ),
        (
            "distance",
            {"travel_m": None},
            {},
            83,
            "1.3 km apart. The supporter travels that far. Nobody has asked the family.",
        ),
        (
            "distance",
            {"travel_m": None},
            {"travel_m": None},
            None,
            "1.3 km apart. Nobody has asked how far they travel.",
        ),
        ("distance", {"point": None}, {}, None, "We don’t know where one of them lives."),
        (
            "children",
            {},
            {},
            100,
            "The family’s children: 8–10. The supporter’s: 8–10. Both have a child who likes football.",
        ),
        (
            "children",
            {"children": (Child(5, 7, some("lego")), Child(9, 9))},
            {},
            (49 + 100) // 2,
            "The family’s children: 5–7 and 9. The supporter’s: 8–10.",
        ),
        (
            "children",
            {"children": (Child(0, 1),)},
            {},
            0,
            "The family’s children: 0–1. The supporter’s: 8–10.",
        ),
        (
            "children",
            {"children": (Child(2, 4),)},
            {},
            40,
            "The family’s children: 2–4. The supporter’s: 8–10.",
        ),
        (
            "children",
            {},
            {"children": ()},
            None,
            "The supporter brings no children, so ages are not compared.",
        ),
        (
            "children",
            {},
            {"children": None},
            None,
            "Nobody has asked about the supporter’s children.",
        ),
        ("languages", {}, {}, 100, "Both speak English and Polish."),
        (
            "languages",
            {"languages": some(ENGLISH, POLISH, URDU)},
            {"languages": some(ENGLISH)},
            60,
            "Both speak English. The supporter does not speak Polish or Urdu.",
        ),
        (
            "languages",
            {"languages": some(URDU)},
            {},
            0,
            "No shared language. They would need an interpreter.",
        ),
        ("access", {}, {}, 100, "The supporter can offer: step-free."),
        (
            "access",
            {"access_needs": some(STEP_FREE, QUIET)},
            {"lacks": some(QUIET)},
            50,
            "The supporter can’t offer: a quiet place. The supporter can offer: step-free.",
        ),
        (
            "access",
            {"access_needs": some(QUIET)},
            {},
            None,
            "Nobody has asked the supporter about: a quiet place.",
        ),
        (
            "access",
            {"access_needs": some()},
            {},
            100,
            "The family needs nothing special to get in or follow.",
        ),
        (
            "access",
            {"access_needs": None},
            {},
            None,
            "Nobody has asked the family about steps and access.",
        ),
        ("wishes", {}, {}, 100, "Nothing here that the family would rather not have."),
        (
            "wishes",
            {"no_to": some(DOGS)},
            {"has": some(DOGS, STEPS)},
            0,
            "The family asked for no dogs, and there is.",
        ),
        (
            "wishes",
            {"has": some(DOGS)},
            {"no_to": some(DOGS)},
            0,
            "The supporter asked for no dogs, and there is.",
        ),
        (
            "wishes",
            {"no_to": some(DOGS)},
            {"has": None},
            None,
            "The family would rather have no dogs. Nobody has asked the supporter.",
        ),
        (
            "wishes",
            {"wishes": some(DOGS, QUIET)},
            {"has": some(DOGS)},
            50,
            "The family hopes for dogs, and the supporter has it. "
            "Not with this supporter: a quiet place.",
        ),
        (
            "wishes",
            {"wishes": some(DOGS)},
            {},
            0,
            "The family hopes for dogs. Not with this supporter.",
        ),
        (
            "wishes",
            {"wishes": None, "no_to": None},
            {},
            None,
            "Nobody has asked the family what they hope for, or would rather not have.",
        ),
    ],
)
def test_it_reads_out_each_part(code, on_family, on_supporter, value, words):
    found = part(code, on_family, on_supporter)
    assert (found.value, found.words) == (value, words)


def test_it_counts_what_is_not_known_neither_as_points_nor_against_them():
    scored = score(family(access_needs=None), supporter(), weights=Weights())
    assert (scored.total, scored.out_of, scored.unknown) == (1662, 1900, 100)
    assert [one.code for one in scored.parts if one.standing == "unknown"] == ["access"]


def test_it_uses_the_programmes_weights():
    only = Weights(0, 0, 0, 0, 7, 0, 0)
    assert score(family(), supporter(), weights=only).total == 700


@pytest.mark.parametrize("weight", [-1, 1.5, True, 1001])
def test_it_refuses_a_weight_that_is_not_a_small_whole_number(weight):
    with pytest.raises(ValueError, match="distance"):
        Weights(distance=weight)


@given(
    st.integers(0, (1 << 21) - 1),
    st.integers(0, (1 << 21) - 1),
    st.integers(0, 20_000),
    st.lists(st.integers(0, 17), max_size=3),
)
def test_it_always_adds_up(mine, theirs, travel_m, ages):
    scored = score(
        family(free_times=mine, travel_m=travel_m, children=tuple(Child(a, a) for a in ages)),
        replace(supporter(), free_times=theirs),
        weights=Weights(),
    )
    assert scored.total == sum(one.points for one in scored.parts)
    assert 0 <= scored.total <= scored.out_of == 2000 - scored.unknown
    for one in scored.parts:
        assert (one.value is None) == (one.standing == "unknown")
        assert one.points == (one.value or 0) * one.weight
        assert 0 <= (one.value or 0) <= 100
        assert one.words.endswith(".")
