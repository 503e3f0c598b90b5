"""At once is the same as again: a newcomer's round equals the round asked anew, certificate and all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.engine import arriving
from matching.engine.arriving import arrive
from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.terms import Instance, InstanceError, Pair, Seeking
from tests.matching.engine.rounds import round_of, said, small_rounds


@settings(max_examples=300, deadline=None)
@given(small_rounds(families=7, supporters=5), st.data())
def test_it_gives_the_answer_of_asking_again_whoever_comes_last(instance: Instance, data):
    assume(instance.seeking)
    newcomer = data.draw(st.sampled_from(instance.seeking))
    theirs = [one for one in instance.pairs if one.seeking == newcomer.id]
    before = replace(
        instance,
        seeking=tuple(one for one in instance.seeking if one != newcomer),
        pairs=tuple(one for one in instance.pairs if one.seeking != newcomer.id),
    )
    asked, answer = arrive(before, pair(before), newcomer, theirs)
    assert answer == pair(instance)
    assert certify(asked, answer).findings == []


def test_it_solves_nothing_that_the_newcomer_cannot_touch(monkeypatch):
    waits = {f"s{n}": n for n in range(50)}
    room = {f"h{n}": 1 for n in range(50)}
    before = round_of(waits, room, {(f"s{n}", f"h{n}"): n for n in range(50)})
    answer = pair(before)
    solved = []
    monkeypatch.setattr(
        arriving, "pair", lambda island: solved.append(len(island.seeking)) or pair(island)
    )
    _, after = arrive(before, answer, Seeking("new", 99), [Pair("new", "h7", 3)])
    assert solved == [2]
    assert ("new", "h7") in said(after.pairs)
    assert after.unplaced == ("s7",)


def test_it_refuses_a_pair_of_somebody_else_and_a_family_that_is_there_already():
    before = round_of({"s1": 4}, {"h1": 1}, {("s1", "h1"): 5})
    with pytest.raises(InstanceError):
        arrive(before, pair(before), Seeking("s2", 1), [Pair("s1", "h1", 5)])
    with pytest.raises(InstanceError):
        arrive(before, pair(before), Seeking("s1", 1), [])
