"""Why a family has nobody yet: the words, and the shortage behind them, which is real."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from matching.engine import wording
from matching.engine.eligibility import Blocker
from matching.engine.pairing import pair
from matching.engine.terms import Instance, Supporter
from matching.engine.whatif import with_capacity
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
            "They could be paired with one supporter, who is taken by somebody who waited longer. "
            "Room for one more family there would place them.",
        ),
        (
            "cat",
            "full",
            "They could be paired with one supporter, who is taken by somebody who waited longer. "
            "Room for one more family there would go to somebody who "
            "waits for the same people and comes before them.",
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
        "They could be paired with one supporter, who is taken. Moving others round does not help: "
        "they could only go to one other supporter, who is full too. All who have these "
        "places waited longer, or just as long and come first in turn. "
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
        "They could be paired with one supporter, who is taken by somebody whose pair a person "
        "decided to keep. Room for one more family there would place them.",
        "Only one supporter could be paired with them, and a person ruled that out.",
    ]


def test_it_says_when_nobody_came_with_room():
    scores = {("ann", "x"): 1, ("ann", "y"): 1, ("ann", "z"): 1}
    (one,) = reasons(round_of({"ann": 3}, {"x": 0, "y": 0, "z": 0}, scores))
    assert one[1:] == (
        "no_room",
        "They could be paired with three supporters, but none has room for anybody new. "
        "Room for one more family with any of them would place them.",
    )


def test_it_names_what_stands_in_the_way_when_nobody_can_be_paired():
    far = Blocker("too_far", "too far away", "…", may_overrule=True)
    full = Blocker("full", "already full", "…", may_overrule=False)
    looked_at = {
        "ann": {"x": [full], "y": [full, far], "z": [far]},
        "bea": {},
        "cat": {"x": [full, far], "y": [far]},
    }
    instance = round_of({"ann": 3, "bea": 2, "cat": 1}, {"x": 1}, {})
    assert [one[2] for one in reasons(instance, looked_at=looked_at)] == [
        "Nobody can be paired with them yet. Three supporters were looked at. Two are already full; "
        "the other is too far away. For one of the two who are already full, nothing else is in the "
        "way.",
        "Nobody can be paired with them yet: no supporter lives near enough.",
        "Nobody can be paired with them yet. Two supporters were looked at. One is already full; "
        "the other is too far away, and that is all that is in the way.",
    ]


def test_it_groups_the_families_behind_one_shortage():
    waits = {"ann": 30, "bea": 20, "cat": 10}
    scores = {("ann", "x"): 1, ("bea", "x"): 9, ("cat", "x"): 9}
    instance = round_of(waits, {"x": 1}, scores)
    (one,) = shortages(explain(instance, pair(instance)))
    assert (one.waiting, one.placed, one.supporters) == (("bea", "cat"), ("ann",), ("x",))
    assert one.words == (
        "Three families share only one supporter, who has room for one: two are left waiting. "
        "Room for one more there would place one more; one more supporter like this one, "
        "with room for three, would place two."
    )


def test_it_names_people_when_it_is_given_names():
    waits = {"ann": 30, "bea": 20, "cat": 10, "dee": 5, "eve": 4, "fay": 3}
    scores = {(family, one): 1 for family in waits for one in "xy"}
    instance = round_of(waits, {"x": 1, "y": 1}, scores)
    named = {"cat": "the K. family", "dee": "the L. family", "x": "Grace"}
    (one,) = shortages(explain(instance, pair(instance)), named=named)
    assert one.words == (
        "The K. family, the L. family and four more families share only two supporters, who together have "
        "room for two: four are left waiting. Room for one more there would place one more; "
        "one more supporter like Grace, with room for three, would place three."
    )
    assert (one.gain, one.like) == ((1, 2, 3), "x")


def test_it_says_when_more_places_in_one_house_would_not_place_more():
    """Only ann can move to y, so places with y place one; with x they place everybody."""
    waits = {"ann": 30, "bea": 20, "cat": 10}
    scores = {("ann", "x"): 1, ("ann", "y"): 9, ("bea", "x"): 1, ("cat", "x"): 1}
    instance = round_of(waits, {"x": 1, "y": 0}, scores)
    (one,) = shortages(explain(instance, pair(instance)))
    assert (one.gain, one.like) == ((1, 2, 2), "x")


def test_it_says_a_shortage_of_one_family_plainly():
    instance = round_of({"ann": 3}, {"x": 0, "y": 0}, {("ann", "x"): 1, ("ann", "y"): 1})
    (one,) = shortages(explain(instance, pair(instance)))
    assert one.words == (
        "For one family there are only two supporters, and neither has room. "
        "Room for one more there would place one more."
    )


@settings(max_examples=200, deadline=None)
@given(small_rounds())
def test_it_is_exact_about_what_one_two_and_three_more_places_would_do(instance):
    """… with the supporter it names, and three places with any other of them do no more."""
    answer = pair(instance)
    for short in shortages(explain(instance, answer)):
        most = []
        for one in short.supporters:
            gain = tuple(
                pair(_with_more(instance, one, places)).placed - answer.placed
                for places in (1, 2, 3)
            )
            most.append(gain)
            if one == short.like:
                assert gain == short.gain
        assert max(most) == short.gain


def _with_more(instance: Instance, supporter: str, places: int) -> Instance:
    more = tuple(
        replace(one, capacity=one.capacity + places * (one.id == supporter))
        for one in instance.supporters
    )
    return replace(instance, supporters=more)


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


@settings(max_examples=300, deadline=None)
@given(small_rounds(families=6, supporters=5))
def test_it_says_rightly_what_one_more_place_would_do(instance):
    answer = pair(instance)
    for one in explain(instance, answer):
        placing = []
        for helper in one.supporters:
            room = next(each.capacity for each in instance.supporters if each.id == helper)
            more = pair(with_capacity(instance, {helper: room + 1}))
            if one.seeking in {each.seeking for each in more.pairs}:
                placing.append(helper)
        assert one.room_with == tuple(placing)
        if one.supporters:
            assert one.reason.endswith(wording.one_more(len(one.supporters), len(placing)))
