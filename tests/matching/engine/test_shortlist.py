"""Lists to choose from: the round's pair first, nobody on everybody's list."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.pairing import pair
from matching.engine.shortlist import shortlists
from tests.matching.engine.rounds import round_of, small_rounds


def test_it_puts_the_rounds_pair_first_and_the_next_best_after():
    scores = {("ann", "x"): 5, ("ann", "y"): 9, ("ann", "z"): 7, ("bea", "y"): 9}
    instance = round_of({"ann": 9, "bea": 1}, {"x": 1, "y": 1, "z": 1}, scores)
    assert shortlists(instance, pair(instance)) == {"ann": ["z", "y", "x"], "bea": ["y"]}


def test_it_shows_no_supporter_to_everyone():
    scores = {(family, one): 9 if one == "x" else 1 for family in "abcd" for one in "wxyz"}
    instance = round_of(dict.fromkeys("abcd", 1), dict.fromkeys("wxyz", 1), scores)
    lists = shortlists(instance, pair(instance), most=2)
    assert max(Counter(one for chosen in lists.values() for one in chosen).values()) == 2


def test_it_shows_a_locked_family_its_own_supporter_only():
    scores = {("ann", "x"): 5, ("ann", "y"): 9}
    instance = round_of({"ann": 9}, {"x": 1, "y": 1}, scores, locked={("ann", "x")})
    assert shortlists(instance, pair(instance)) == {"ann": ["x"]}


def test_it_refuses_a_list_for_nobody():
    instance = round_of({}, {}, {})
    with pytest.raises(ValueError, match="at least one"):
        shortlists(instance, pair(instance), longest=0)


@settings(deadline=None)
@given(small_rounds(), st.integers(1, 4), st.integers(1, 3))
def test_it_keeps_every_promise_about_lists(instance, most, longest):
    answer = pair(instance)
    lists = shortlists(instance, answer, longest=longest, most=most)
    allowed = {(one.seeking, one.supporter) for one in instance.admissible()}
    own = Counter(one.supporter for one in answer.pairs)
    shown = Counter(one for chosen in lists.values() for one in chosen)
    assert list(lists) == [one.id for one in instance.turns()]
    for one in answer.pairs:
        assert lists[one.seeking][0] == one.supporter
    for family, chosen in lists.items():
        assert len(chosen) <= longest
        assert len(set(chosen)) == len(chosen)
        assert (not chosen) == (family in answer.unplaced)
        assert all((family, one) in allowed for one in chosen)
    for one in instance.supporters:
        assert shown[one.id] <= max(most, own[one.id])
        assert one.capacity or not shown[one.id]
