"""What would change: the difference between two answers, and what if there were more room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.pairing import pair
from matching.engine.terms import Instance, InstanceError, Supporter
from matching.engine.whatif import Moved, difference, what_if, with_capacity, with_extra
from tests.matching.engine.rounds import round_of, said, small_rounds

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


def test_it_says_what_more_room_would_change():
    instance = round_of(WAITS, {"x": 1, "y": 0, "z": 1}, SCORES)
    told = what_if(instance, pair(instance), with_capacity(instance, {"x": 2}))
    assert said(told.newly_placed) == [("bea", "x")]
    assert (told.kept, told.score) == (2, 9)


def test_it_says_what_one_more_supporter_would_change():
    instance = round_of(WAITS, {"x": 1, "y": 0, "z": 1}, SCORES)
    extra = with_extra(instance, Supporter("w", 1), {"ann": 1, "cat": 50})
    told = what_if(instance, pair(instance), extra)
    assert said(told.newly_placed) == [("bea", "x")]
    assert told.moved == (Moved("ann", before="x", after="w"),)


def test_it_refuses_what_cannot_be():
    instance = round_of(WAITS, {"x": 1, "y": 1}, {("ann", "x"): 5}, locked={("ann", "x")})
    with pytest.raises(KeyError, match="nobody"):
        with_capacity(instance, {"nobody": 1})
    with pytest.raises(InstanceError, match="More pairs are locked"):
        with_capacity(instance, {"x": 0})
    with pytest.raises(InstanceError, match="stands twice"):
        with_extra(instance, Supporter("x", 1), {})
    with pytest.raises(InstanceError, match="not listed"):
        with_extra(instance, Supporter("w", 1), {"dan": 3})


def test_it_finds_nothing_changed_when_nothing_is():
    instance = round_of(WAITS, {"x": 1, "y": 1}, {("ann", "x"): 5})
    told = what_if(instance, pair(instance), replace(instance))
    assert told.nothing
    assert told.kept == 1


@settings(max_examples=200, deadline=None)
@given(small_rounds(), st.data())
def test_it_answers_as_if_everything_had_been_paired_again(instance: Instance, data: st.DataObject):
    answer = pair(instance)
    changed = instance
    if instance.supporters:
        one = data.draw(st.sampled_from(instance.supporters))
        changed = with_capacity(instance, {one.id: one.capacity + 1})
    if data.draw(st.booleans()):
        scores = {family.id: data.draw(st.integers(0, 9)) for family in instance.seeking[:2]}
        changed = with_extra(changed, Supporter("extra", 1), scores)
    elif instance.seeking:
        changed = replace(
            changed,
            seeking=changed.seeking[1:],
            pairs=tuple(one for one in changed.pairs if one.seeking != changed.seeking[0].id),
        )
    assert what_if(instance, answer, changed) == difference(answer, pair(changed))
