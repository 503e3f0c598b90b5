"""At once is the same as again: a newcomer's round equals the round asked anew, certificate and all."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.engine import pairing, ties
from matching.engine.arriving import arrive
from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.seating import Table
from matching.engine.terms import LARGEST, Instance, InstanceError, Pair, Seeking
from tests.matching.engine.rounds import round_of, small_rounds


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


def test_a_round_that_fills_family_by_family_is_at_each_step_the_round_asked_anew():
    """Sixty rounds with many ties and too little room, where most who come take somebody's place."""
    chance = random.Random(20)
    stood_down = 0
    for _ in range(60):
        asked = _crowded(chance)
        answer = pair(asked)
        for number in range(30):
            newcomer = Seeking(f"s{number:02}", chance.randrange(5))
            theirs = _some_pairs(newcomer.id, asked, chance)
            before = set(answer.unplaced) | {newcomer.id}
            asked, answer = arrive(asked, answer, newcomer, theirs)
            assert answer == pair(asked)
            stood_down += not set(answer.unplaced) <= before
    assert stood_down > 100


def _crowded(chance: random.Random) -> Instance:
    room = {f"h{number:02}": chance.choice((0, 1, 1, 2, 3)) for number in range(12)}
    return round_of({}, room, {})


def _some_pairs(family: str, asked: Instance, chance: random.Random) -> list[Pair]:
    best = chance.choice((0, 1, 3, 40, LARGEST))
    near = [one.id for one in asked.supporters if chance.random() < 0.3]
    return [Pair(family, one, chance.randint(0, best)) for one in near]


def test_it_seats_the_newcomer_along_one_path_and_asks_nothing_again(monkeypatch):
    """A chain of fifty, each able to move to the next: one island, and nobody in it is solved again."""
    waits = {f"s{n:02}": n for n in range(50)}
    room = {f"h{n:02}": 1 for n in range(51)}
    scores = {(f"s{n:02}", f"h{m:02}"): 9 - (m - n) for n in range(50) for m in (n, n + 1)}
    before = round_of(waits, room, scores)
    answer = pair(before)
    expected = pair(
        round_of(waits | {"new": 99}, room, scores | {("new", "h47"): 5, ("new", "h48"): 3})
    )
    sat = []
    monkeypatch.setattr(Table, "_sit", _noting(sat, Table._sit))
    for again in ("best_seats", "serve_in_turn"):
        monkeypatch.delattr(pairing, again)
    _, after = arrive(
        before, answer, Seeking("new", 99), [Pair("new", "h47", 5), Pair("new", "h48", 3)]
    )
    assert sat == ["h50", "h49", "h48", "h47"]
    assert after == expected


def test_it_settles_ties_again_only_where_one_has_changed(monkeypatch):
    """Two towns where everybody suits everybody; whoever comes to one stirs nobody in the other."""
    waits = {f"{town}{n}": n for town in "ab" for n in range(6)}
    room = {f"h{town}{n}": 1 for town in "ab" for n in range(7)}
    scores = {(one, other): 5 for one in waits for other in room if one[0] == other[1]}
    before = round_of(waits, room, scores)
    answer = pair(before)
    stirred = set()
    lower = ties._Table.lower
    monkeypatch.setattr(
        ties._Table, "lower", lambda self, one: stirred.add(one) or lower(self, one)
    )
    theirs = [Pair("b9", other, 5) for other in room if other[1] == "b"]
    asked, after = arrive(before, answer, Seeking("b9", 99), theirs)
    assert {family.id[0] for at, family in enumerate(asked.turns()) if at in stirred} == {"b"}
    assert after == pair(asked)


def _noting(sat: list[str], sit):
    def noted(table: Table, family: int, place: int) -> None:
        sat.append(f"h{place:02}")
        sit(table, family, place)

    return noted


def test_it_refuses_a_pair_of_somebody_else_and_a_family_that_is_there_already():
    before = round_of({"s1": 4}, {"h1": 1}, {("s1", "h1"): 5})
    with pytest.raises(InstanceError):
        arrive(before, pair(before), Seeking("s2", 1), [Pair("s1", "h1", 5)])
    with pytest.raises(InstanceError):
        arrive(before, pair(before), Seeking("s1", 1), [])
