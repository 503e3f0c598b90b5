"""Why a family has nobody yet: the words, and the shortage behind them, which is real."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from matching.engine.eligibility import Blocker
from matching.engine.pairing import pair
from matching.engine.terms import Instance, Supporter
from matching.engine.witness import explain, shortages
from tests.matching.engine.rounds import round_of, small_rounds


def reasons(instance: Instance, **more) -> list[tuple[str, str, str]]:
    return [
        (one.seeking, one.code, one.reason) for one in explain(instance, pair(instance), **more)
    ]


def test_it_tells_a_family_without_any_pair_from_one_in_a_queue():
    waits = {"ann": 30, "bea": 20, "cat": 10, "dee": 5}
    scores = {("ann", "x"): 1, ("bea", "x"): 9, ("cat", "x"): 9}
    assert reasons(round_of(waits, {"x": 1}, scores)) == [
        (
            "bea",
            "full",
            "They could be paired with 1 supporter, who is taken by 1 family who waited longer. "
            "Room for one more family there would place them.",
        ),
        (
            "cat",
            "full",
            "They could be paired with 1 supporter, who is taken by 1 family who waited longer. "
            "Room for one more family there would place one more, "
            "but 1 other family still waiting for the same people comes first.",
        ),
        (
            "dee",
            "nobody",
            "Nobody can be paired with them yet: no supporter meets every rule for them.",
        ),
    ]


def test_it_says_when_moving_others_around_would_not_help():
    waits = {"ann": 30, "bea": 20, "cat": 20}
    scores = {("ann", "x"): 1, ("ann", "y"): 1, ("bea", "y"): 1, ("cat", "x"): 9}
    (one,) = explain(instance := round_of(waits, {"x": 1, "y": 1}, scores), pair(instance))
    assert one.supporters == ("x", "y")
    assert one.families == ("ann", "bea")
    assert one.reason == (
        "They could be paired with 1 supporter, who is taken. Moving other families around "
        "reaches 2 supporters in all, but those are taken too, by 2 families who waited longer, "
        "or just as long and come first by id. "
        "Room for one more family with either would place them."
    )


def test_it_says_when_a_person_decided():
    scores = {("ann", "x"): 1, ("bea", "x"): 1, ("cat", "x"): 1}
    instance = round_of(
        {"ann": 3, "bea": 2, "cat": 1},
        {"x": 1},
        scores,
        locked={("cat", "x")},
        forbidden={("bea", "x")},
    )
    assert [one[2] for one in reasons(instance)] == [
        "They could be paired with 1 supporter, who is taken by 1 family whose pair a person "
        "decided to keep. Room for one more family there would place them.",
        "The only supporter they could be paired with was ruled out by a person.",
    ]


def test_it_says_when_nobody_came_with_room():
    scores = {("ann", "x"): 1, ("ann", "y"): 1, ("ann", "z"): 1}
    (one,) = reasons(round_of({"ann": 3}, {"x": 0, "y": 0, "z": 0}, scores))
    assert one[1:] == (
        "no_room",
        "They could be paired with 3 supporters, but none has room for anybody new. "
        "Room for one more family with any of them would place them.",
    )


def test_it_names_what_stands_in_the_way_when_nobody_can_be_paired():
    far = Blocker("too_far", "too far away", "…", may_overrule=True)
    full = Blocker("full", "already full", "…", may_overrule=False)
    looked_at = {"ann": {"x": [full], "y": [full, far], "z": [far]}, "bea": {}}
    instance = round_of({"ann": 3, "bea": 2}, {"x": 1}, {})
    assert [one[2] for one in reasons(instance, looked_at=looked_at)] == [
        "Nobody can be paired with them yet. Of 3 supporters looked at: 2 already full; "
        "1 too far away. For 1, only one thing is in the way: already full.",
        "Nobody can be paired with them yet: no supporter lives near enough.",
    ]


def test_it_groups_the_families_behind_one_shortage():
    waits = {"ann": 30, "bea": 20, "cat": 10}
    scores = {("ann", "x"): 1, ("bea", "x"): 9, ("cat", "x"): 9}
    instance = round_of(waits, {"x": 1}, scores)
    (one,) = shortages(explain(instance, pair(instance)))
    assert (one.waiting, one.placed, one.supporters) == (("bea", "cat"), ("ann",), ("x",))
    assert one.words == "3 families share only 1 supporter, with room for 1: 2 are left waiting."


@settings(max_examples=200, deadline=None)
@given(small_rounds())
def test_it_is_true_that_one_more_place_with_any_of_them_places_one_more(instance):
    """… and the first in line for them, and that a place with anybody else does not help."""
    answer = pair(instance)
    told = explain(instance, answer)
    assert tuple(one.seeking for one in told) == answer.unplaced
    for supporter in instance.supporters:
        more = tuple(
            Supporter(one.id, one.capacity + (one == supporter)) for one in instance.supporters
        )
        waiting = [one.seeking for one in told if supporter.id in one.supporters]
        placed = {one.seeking for one in pair(replace(instance, supporters=more)).pairs}
        assert placed == {one.seeking for one in answer.pairs} | set(waiting[:1])
