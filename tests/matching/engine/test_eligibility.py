"""Every hard rule: that it stands in the way, what it says, and whether a coach may overrule it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matching.engine.eligibility import blockers
from matching.engine.rules import RULES
from matching.engine.terms import Point
from tests.matching.engine.people import END, ENGLISH, ON, POLISH, URDU, family, supporter


def test_it_lets_two_be_compared_whom_nothing_stands_against():
    assert blockers(family(), supporter(), on=ON, planned_end_on=END) == []


@pytest.mark.parametrize(
    ("on_family", "on_supporter", "code", "may_overrule", "words"),
    [
        ({}, {"cleared_until": None}, "not_cleared", False, "Their checks are not done."),
        (
            {},
            {"cleared_until": date(2026, 5, 3)},
            "not_cleared",
            False,
            "Their checks ran out on 3 May 2026.",
        ),
        (
            {},
            {"cleared_until": date(2027, 4, 8)},
            "not_cleared",
            False,
            "Their checks run out on 8 April 2027, before the link-up would end on 9 April 2027.",
        ),
        ({}, {"trained": False}, "not_trained", False, "They are not trained yet."),
        (
            {"consents": False},
            {},
            "family_no_consent",
            False,
            "The family has not agreed to be matched.",
        ),
        (
            {},
            {"consents": False},
            "supporter_no_consent",
            False,
            "The supporter has not agreed to be matched.",
        ),
        (
            {"blocked": frozenset({"jo"})},
            {},
            "blocked",
            False,
            "One of the two does not want contact with the other.",
        ),
        (
            {},
            {"blocked": frozenset({"nadia"})},
            "blocked",
            False,
            "One of the two does not want contact with the other.",
        ),
        (
            {},
            {"ended_badly": frozenset({"nadia"})},
            "ended_badly",
            False,
            "They were linked before, and it ended badly.",
        ),
        ({"knows": frozenset({"jo"})}, {}, "known", True, "They know each other already."),
        ({"paused": True}, {}, "family_paused", False, "The family is paused."),
        ({}, {"paused": True}, "supporter_paused", False, "The supporter is paused."),
        (
            {},
            {"linked": 2},
            "full",
            False,
            "They have room for two families at a time, and have two now.",
        ),
        (
            {"languages": frozenset({POLISH, URDU})},
            {"languages": frozenset({ENGLISH})},
            "no_shared_language",
            True,
            "They share no language: the family speaks Polish and Urdu, the supporter English.",
        ),
        (
            {"travel_m": 1000},
            {},
            "too_far",
            True,
            "They live 1.3 km apart; the family travels up to 1 km.",
        ),
        (
            {"travel_m": 1000},
            {"travel_m": 500},
            "too_far",
            True,
            "They live 1.3 km apart; the family travels up to 1 km and the supporter travels up "
            "to 0.5 km.",
        ),
    ],
)
def test_it_names_each_thing_in_the_way(on_family, on_supporter, code, may_overrule, words):
    found = blockers(family(**on_family), supporter(**on_supporter), on=ON, planned_end_on=END)
    assert [(one.code, one.may_overrule, one.words) for one in found] == [
        (code, may_overrule, words)
    ]


@pytest.mark.parametrize(
    ("on_family", "on_supporter", "code"),
    [
        ({"knows": frozenset({"jo"})}, {}, "known"),
        ({"languages": frozenset({URDU})}, {}, "no_shared_language"),
        ({"travel_m": 10}, {}, "too_far"),
    ],
)
def test_it_lets_two_be_compared_where_a_person_overruled_the_rule(on_family, on_supporter, code):
    here, there = family(**on_family), supporter(**on_supporter)
    assert [one.code for one in blockers(here, there, on=ON, planned_end_on=END)] == [code]
    overruled = replace(here, overruled=frozenset({("jo", code)}))
    assert blockers(overruled, there, on=ON, planned_end_on=END) == []
    for_somebody_else = replace(here, overruled=frozenset({("stan", code)}))
    assert blockers(for_somebody_else, there, on=ON, planned_end_on=END) != []


def test_nobody_overrules_a_rule_about_safety_or_somebodys_own_no():
    every = frozenset(("jo", rule.code) for rule in RULES)
    here = family(overruled=every, consents=False, blocked=frozenset({"jo"}), travel_m=10)
    there = supporter(cleared_until=None, trained=False, paused=True)
    found = blockers(here, there, on=ON, planned_end_on=END)
    assert [one.code for one in found] == [
        "not_cleared",
        "not_trained",
        "family_no_consent",
        "blocked",
        "supporter_paused",
    ]


def test_it_clears_somebody_whose_checks_last_to_the_very_end():
    cleared = supporter(cleared_until=END)
    assert blockers(family(), cleared, on=ON, planned_end_on=END) == []


@pytest.mark.parametrize(
    "unknown", [{"point": None}, {"travel_m": None}, {"languages": frozenset()}]
)
def test_it_makes_no_rule_of_what_nobody_has_asked(unknown):
    assert blockers(family(**unknown), supporter(), on=ON, planned_end_on=END) == []


def test_it_names_everything_at_once_the_gravest_first():
    found = blockers(
        family(travel_m=10, blocked=frozenset({"jo"})),
        supporter(cleared_until=None, paused=True),
        on=ON,
        planned_end_on=END,
    )
    assert [one.code for one in found] == ["not_cleared", "blocked", "supporter_paused", "too_far"]


def test_it_refuses_a_link_up_that_ends_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        blockers(family(), supporter(), on=END, planned_end_on=ON)


def test_it_refuses_a_place_that_is_not_on_the_earth():
    with pytest.raises(ValueError, match="latitude"):
        Point(float("nan"), 0)
