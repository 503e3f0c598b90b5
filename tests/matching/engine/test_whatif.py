"""What would change: the difference between two answers."""

from __future__ import annotations

from matching.engine.pairing import pair
from matching.engine.whatif import Moved, difference
from tests.matching.engine.rounds import round_of, said

SCORES = {("ann", "x"): 5, ("ann", "y"): 2, ("bea", "x"): 9, ("cat", "z"): 3}
WAITS = {"ann": 30, "bea": 20, "cat": 10}


def test_it_finds_no_difference_between_an_answer_and_itself():
    answer = pair(round_of(WAITS, {"x": 1, "y": 1, "z": 1}, SCORES))
    same = difference(answer, answer)
    assert same.nothing
    assert (same.newly_placed, same.no_longer_placed, same.moved) == ((), (), ())
    assert (same.kept, same.score) == (3, 0)


def test_it_names_who_is_placed_who_loses_a_place_and_who_moves():
    before = pair(round_of(WAITS, {"x": 1, "y": 0, "z": 1}, SCORES))
    after = pair(round_of(WAITS, {"x": 1, "y": 1, "z": 0}, SCORES))
    told = difference(before, after)
    assert said(told.newly_placed) == [("bea", "x")]
    assert said(told.no_longer_placed) == [("cat", "z")]
    assert told.moved == (Moved("ann", before="x", after="y"),)
    assert (told.kept, told.score) == (0, (2 + 9) - (5 + 3))
    assert not told.nothing


def test_it_counts_a_family_that_only_one_answer_knows_as_without_a_place_in_the_other():
    first = pair(round_of({"ann": 1}, {"x": 1}, {("ann", "x"): 5}))
    second = pair(round_of({"bea": 1}, {"x": 1}, {("bea", "x"): 5}))
    told = difference(first, second)
    assert (said(told.no_longer_placed), said(told.newly_placed)) == (
        [("ann", "x")],
        [("bea", "x")],
    )
    assert (told.moved, told.score) == ((), 0)
