"""Why two were not paired: what stands against it, or what it would cost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from matching.engine.pairing import pair
from matching.engine.terms import Instance, InstanceError
from matching.engine.whatif import Moved, difference
from matching.engine.whynot import WhyNot, why_not
from tests.matching.engine.rounds import round_of, said, small_rounds

WAITS = {"ann": 30, "bea": 20, "cat": 10}
ROOM = {"x": 1, "y": 1, "z": 0}
SCORES = {
    ("ann", "x"): 9,
    ("ann", "y"): 5,
    ("ann", "z"): 1,
    ("bea", "x"): 4,
    ("bea", "y"): 8,
    ("cat", "x"): 7,
}


def asked(seeking: str, supporter: str, **more) -> WhyNot:
    instance = round_of(WAITS, ROOM, SCORES, **more)
    return why_not(instance, pair(instance), seeking, supporter)


def test_it_says_who_would_move_and_what_it_would_cost():
    told = asked("ann", "y")
    assert (told.code, told.score) == ("possible", 5)
    assert told.difference.score == (5 + 4) - (9 + 8)
    assert told.difference.moved == (Moved("ann", "x", "y"), Moved("bea", "y", "x"))
    assert told.words == (
        "“ann” with “y”: 5 points. With “x”, as it is: 9 points.",
        "The whole round would have 8 fewer points.",
        "“bea” would move from “y” to “x”.",
    )


def test_it_says_who_would_lose_their_place_and_that_they_waited_longer():
    told = asked("cat", "x")
    assert said(told.difference.no_longer_placed) == [("bea", "y")]
    assert told.words == (
        "“cat” with “x”: 7 points. They have nobody in this round.",
        "The whole round would have 5 fewer points.",
        "“bea” would lose their place with “y”. They have waited longer than “cat”: 20 days, against 10.",
        "“ann” would move from “x” to “y”.",
    )


def test_it_names_people_when_it_is_given_names():
    instance = round_of(WAITS, ROOM, SCORES)
    named = {"ann": "the K. family", "x": "Grace", "y": "Jo"}
    told = why_not(instance, pair(instance), "ann", "y", named=named)
    assert told.words[0] == "The K. family with Jo: 5 points. With Grace, as it is: 9 points."


def test_it_says_when_somebody_who_waited_less_would_gain_what_another_loses():
    """Bea could only have y; with ann there, x is left for cat."""
    waits = {"ann": 30, "bea": 20, "cat": 10}
    scores = {("ann", "x"): 9, ("ann", "y"): 5, ("bea", "y"): 8, ("cat", "x"): 7}
    instance = round_of(waits, {"x": 1, "y": 1}, scores)
    told = why_not(instance, pair(instance), "ann", "y")
    assert told.words[2:] == (
        "“bea” would lose their place with “y”. They have waited longer than “cat”, who would "
        "gain one.",
        "“cat” would gain a place, with “x”. They have waited 10 days.",
    )


def test_it_says_when_nobody_else_would_notice():
    instance = round_of({"ann": 1}, {"x": 1, "y": 1}, {("ann", "x"): 5, ("ann", "y"): 5})
    assert why_not(instance, pair(instance), "ann", "y").words == (
        "“ann” with “y”: 5 points. With “x”, as it is: 5 points.",
        "The whole round would have just as many points as now.",
        "Nothing would change for anybody else.",
    )


@pytest.mark.parametrize(
    ("two", "marks", "code", "words"),
    [
        (("ann", "x"), {}, "made", "These two are paired already."),
        (
            ("cat", "y"),
            {},
            "not_listed",
            "This pair is not one that may be made.",
        ),
        (
            ("cat", "x"),
            {"forbidden": {("cat", "x")}},
            "forbidden",
            "A person said “not these two”.",
        ),
        (
            ("ann", "y"),
            {"locked": {("ann", "x")}},
            "kept",
            "A person decided to keep “ann” with “x”.",
        ),
        (
            ("ann", "z"),
            {},
            "no_room",
            "“z” had no room for anybody new.",
        ),
        (
            ("cat", "x"),
            {"locked": {("ann", "x")}},
            "no_room",
            "All the room with “x” is kept for others. A person decided so.",
        ),
    ],
)
def test_it_says_what_stands_against_a_pair_that_cannot_be_forced(two, marks, code, words):
    told = asked(*two, **marks)
    assert (told.code, told.words, told.difference) == (code, (words,), None)


@pytest.mark.parametrize("two", [("dan", "x"), ("ann", "w"), ("x", "ann")])
def test_it_refuses_somebody_who_is_not_listed(two):
    with pytest.raises(InstanceError, match="There is no"):
        asked(*two)


def test_it_counts_those_it_has_no_room_to_name():
    waits = {f"f{n:02d}": 40 - n for n in range(9)}
    room = {f"h{n:02d}": 1 for n in range(9)}
    scores = {(f"f{n:02d}", f"h{n:02d}"): 9 for n in range(9)}
    scores |= {(f"f{n:02d}", f"h{(n + 1) % 9:02d}"): 1 for n in range(9)}
    instance = round_of(waits, room, scores)
    told = why_not(instance, pair(instance), "f00", "h01")
    assert told.words[-1] == "3 more would move."
    assert len(told.difference.moved) == 9


@settings(max_examples=200, deadline=None)
@given(small_rounds(families=4, supporters=3))
def test_it_is_exact_about_the_cost_of_every_pair_that_could_be_forced(instance: Instance):
    answer = pair(instance)
    for one in instance.pairs:
        told = why_not(instance, answer, one.seeking, one.supporter)
        if told.code == "possible":
            pairs = tuple(replace(p, locked=p.locked or p is one) for p in instance.pairs)
            again = pair(replace(instance, pairs=pairs))
            assert told.difference == difference(answer, again)
            assert (one.seeking, one.supporter) in said(again.pairs)
        else:
            assert told.difference is None
            assert len(told.words) == 1
