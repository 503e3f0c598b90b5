"""The four rules, by worked rounds, by properties and against every answer there is."""

from __future__ import annotations

import random
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.board import board_of
from matching.engine.certificate import certify
from matching.engine.optimum import best_seats
from matching.engine.pairing import cost_of_waiting_order, pair
from matching.engine.seating import seats_by_integers
from matching.engine.terms import LARGEST, Instance, Pair, Seeking, Supporter
from tests.matching.engine.rounds import round_of, said, small_rounds, try_everything


def test_it_gives_the_answer_of_the_first_issue():
    answer = pair(round_of({"s1": 40}, {"h1": 2}, {("s1", "h1"): 87}))
    assert said(answer.pairs) == [("s1", "h1")]
    assert (answer.placed, answer.score, answer.unplaced) == (1, 87, ())


def test_it_answers_an_empty_round():
    assert pair(Instance((), (), ())).pairs == ()


@pytest.mark.parametrize(
    ("waits", "room", "scores", "expected"),
    [
        pytest.param(
            {"a": 1, "b": 9},
            {"x": 1, "y": 1},
            {("a", "x"): 5, ("b", "x"): 100, ("b", "y"): 0},
            [("b", "y"), ("a", "x")],
            id="two placed beat one hundred points",
        ),
        pytest.param(
            {"a": 1, "b": 9},
            {"x": 1},
            {("a", "x"): 100, ("b", "x"): 0},
            [("b", "x")],
            id="the longer wait beats the higher score",
        ),
        pytest.param(
            {"b": 5, "a": 5},
            {"x": 1},
            {("a", "x"): 0, ("b", "x"): 100},
            [("a", "x")],
            id="equal waits are decided by id",
        ),
        pytest.param(
            {"a": 9, "b": 1},
            {"x": 1, "y": 1},
            {("a", "x"): 10, ("a", "y"): 6, ("b", "x"): 10, ("b", "y"): 1},
            [("a", "y"), ("b", "x")],
            id="the total counts, not the first in turn",
        ),
        pytest.param(
            {"a": 9, "b": 1},
            {"x": 1, "y": 1},
            {("a", "x"): 7, ("a", "y"): 7, ("b", "x"): 7, ("b", "y"): 7},
            [("a", "x"), ("b", "y")],
            id="a tie gives the first in turn the lowest id",
        ),
        pytest.param(
            {"a": 3, "b": 2, "c": 1},
            {"x": 2},
            {("a", "x"): 0, ("b", "x"): 0, ("c", "x"): 9},
            [("a", "x"), ("b", "x")],
            id="a supporter with room for two takes two",
        ),
        pytest.param({"a": 3}, {"x": 0}, {("a", "x"): 9}, [], id="capacity 0 is full"),
        pytest.param(
            {"a": 3, "b": 2},
            {"x": LARGEST},
            {("a", "x"): 1, ("b", "x"): 1},
            [("a", "x"), ("b", "x")],
            id="room without end costs nothing",
        ),
    ],
)
def test_it_follows_the_rules_in_their_order(waits, room, scores, expected):
    assert said(pair(round_of(waits, room, scores)).pairs) == expected


def test_it_keeps_a_locked_pair_even_for_somebody_later_in_turn():
    scores = {("a", "x"): 50, ("b", "x"): 1, ("b", "y"): 90}
    answer = pair(round_of({"a": 9, "b": 1}, {"x": 1, "y": 1}, scores, locked={("b", "x")}))
    assert said(answer.pairs) == [("b", "x")]
    assert answer.unplaced == ("a",)


def test_it_never_makes_a_forbidden_pair():
    scores = {("a", "x"): 50, ("a", "y"): 1}
    answer = pair(round_of({"a": 9}, {"x": 1, "y": 1}, scores, forbidden={("a", "x")}))
    assert said(answer.pairs) == [("a", "y")]


@settings(max_examples=400, deadline=None)
@given(small_rounds())
def test_it_finds_the_one_answer_that_trying_everything_finds(instance):
    answer = pair(instance)
    assert said(answer.pairs) == try_everything(instance)
    assert certify(instance, answer).findings == []


@settings(deadline=None)
@given(small_rounds(families=8, supporters=6), st.randoms(use_true_random=False))
def test_it_gives_the_same_answer_in_whatever_order_it_is_asked(instance, chance):
    def shuffled(parts):
        return tuple(chance.sample(parts, len(parts)))

    again = Instance(
        shuffled(instance.seeking), shuffled(instance.supporters), shuffled(instance.pairs)
    )
    answer = pair(instance)
    assert said(pair(again).pairs) == said(answer.pairs)
    assert pair(again) == answer


@settings(max_examples=200, deadline=None)
@given(small_rounds())
def test_it_finds_the_same_total_and_prices_in_floats_and_in_integers(instance):
    answer = pair(instance)
    asked = board_of(instance)
    placed = {one.seeking for one in answer.pairs}
    here = np.array([at for at, one in enumerate(asked.families) if one in placed], np.int64)
    island = asked.only(here)
    prices = []
    for route in (best_seats, seats_by_integers):
        seats, found = route(island)
        assert island.score[island.supporter == seats[island.family]].sum() == answer.score
        prices.append(found.tolist())
    assert prices[0] == prices[1]


@settings(deadline=None)
@given(small_rounds())
def test_it_prices_the_waiting_order_at_what_any_largest_set_could_score(instance):
    graph = nx.Graph()
    # Edges between copies of a supporter's places; locks would tie networkx's hands.
    instance = replace(instance, pairs=tuple(replace(one, locked=False) for one in instance.pairs))
    for one in instance.admissible():
        room = next(s.capacity for s in instance.supporters if s.id == one.supporter)
        for place in range(room):
            graph.add_edge(one.seeking, (one.supporter, place), weight=one.score)
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    best = sum(graph.edges[edge]["weight"] for edge in matching)
    answer = pair(instance)
    assert answer.placed == len(matching)
    assert cost_of_waiting_order(instance, answer) == best - answer.score


@pytest.mark.parametrize("highest", [0, 3, 2000, LARGEST])
def test_it_agrees_with_minimum_cost_flow_on_a_whole_area(highest):
    chance = random.Random(highest)
    families = tuple(Seeking(f"s{n:03}", chance.randint(0, 60)) for n in range(120))
    supporters = tuple(Supporter(f"h{n:03}", chance.randint(1, 3)) for n in range(40))
    pairs = tuple(
        Pair(family.id, one.id, chance.randint(0, highest))
        for family in families
        for one in chance.sample(supporters, 6)
    )
    answer = pair(Instance(families, supporters, pairs))
    placed = {one.seeking for one in answer.pairs}
    flow = nx.DiGraph()
    flow.add_node("end", demand=len(placed))
    for one in pairs:
        if one.seeking in placed:
            flow.add_node(one.seeking, demand=-1)
            flow.add_edge(one.seeking, one.supporter, weight=-one.score, capacity=1)
    for one in supporters:
        flow.add_edge(one.id, "end", capacity=one.capacity)
    assert -nx.network_simplex(flow)[0] == answer.score
    assert certify(Instance(families, supporters, pairs), answer).holds


def test_it_answers_a_chain_far_longer_than_the_recursion_limit():
    links = 3000
    waits = {f"s{n:05}": links - n for n in range(links)}
    room = {f"h{n:05}": 1 for n in range(links)}
    scores = {(f"s{n:05}", f"h{n:05}"): 1 for n in range(links)}
    scores |= {(f"s{n:05}", f"h{n + 1:05}"): 1 for n in range(links - 1)}
    del scores["s00000", "h00000"]
    instance = round_of(waits, room, scores)
    answer = pair(instance)
    assert answer.placed == links - 1
    assert certify(instance, answer).holds


def test_it_answers_a_county_round_and_the_answer_holds():
    chance = random.Random(31)
    families = tuple(Seeking(f"s{n}", chance.randint(0, 90)) for n in range(1000))
    supporters = tuple(Supporter(f"h{n}", 1) for n in range(500))
    pairs = tuple(
        Pair(family.id, one.id, chance.randint(0, 2000))
        for family in families
        for one in chance.sample(supporters, 20)
    )
    instance = Instance(families, supporters, pairs)
    answer = pair(instance)
    assert answer.placed == 500
    assert certify(instance, answer).findings == []


def test_it_says_so_when_not_everybody_fits():
    asked = board_of(round_of({"a": 1, "b": 1}, {"x": 1}, {("a", "x"): 1, ("b", "x"): 1}))
    with pytest.raises(ValueError, match="cannot all be placed"):
        seats_by_integers(asked)
