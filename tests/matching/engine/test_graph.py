"""The graph that people ask questions of: what is in it, and what can be reached."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings

from matching.engine.graph import FAMILY, SUPPORTER, competition, contested, further
from matching.engine.pairing import pair
from tests.matching.engine.rounds import round_of, small_rounds

WAITS = {"ann": 30, "bea": 20}
SCORES = {("ann", "x"): 5, ("bea", "x"): 9}


def test_it_leads_from_a_family_to_whom_it_could_have_and_on_to_who_has_them():
    instance = round_of(WAITS, {"x": 1}, SCORES)
    graph = competition(instance, pair(instance))
    assert dict(graph.nodes[FAMILY, "bea"]) == {
        "kind": "family",
        "waiting_days": 20,
        "locked": False,
    }
    assert dict(graph.nodes[SUPPORTER, "x"]) == {"kind": "supporter", "room": 1, "taken": 1}
    assert graph.edges[(FAMILY, "bea"), (SUPPORTER, "x")] == {"score": 9}
    assert list(graph.successors((SUPPORTER, "x"))) == [(FAMILY, "ann")]
    assert nx.shortest_path(graph, (FAMILY, "bea"), (FAMILY, "ann"))[1] == (SUPPORTER, "x")


def test_it_tells_a_family_from_a_supporter_with_the_same_id():
    instance = round_of({"x": 1}, {"x": 1}, {("x", "x"): 5})
    assert set(competition(instance, pair(instance)).nodes) == {(FAMILY, "x"), (SUPPORTER, "x")}


def test_it_leaves_out_what_may_not_be():
    scores = {**SCORES, ("ann", "y"): 1}
    marks = {"locked": {("ann", "x")}, "forbidden": {("bea", "x")}}
    instance = round_of(WAITS, {"x": 1, "y": 1}, scores, **marks)
    graph = competition(instance, pair(instance))
    assert list(graph.successors((FAMILY, "ann"))) == [(SUPPORTER, "x")]
    assert list(graph.successors((FAMILY, "bea"))) == []
    assert graph.nodes[FAMILY, "ann"]["locked"]


@settings(max_examples=200, deadline=None)
@given(small_rounds())
def test_it_reaches_what_a_plain_walk_reaches(instance):
    answer = pair(instance)
    graph = competition(instance, answer)
    found = contested(graph, answer.unplaced)
    for family in answer.unplaced:
        walked = nx.descendants(graph, (FAMILY, family))
        assert {(SUPPORTER, one) for one in found[family][0]} == {
            node for node in walked if node[0] == SUPPORTER
        }
        assert {(FAMILY, one) for one in found[family][1]} == {
            node for node in walked if node[0] == FAMILY
        }


def test_it_counts_nobody_when_nobody_waits_there():
    instance = round_of(WAITS, {"x": 2, "y": 1}, SCORES)
    assert further(competition(instance, pair(instance)), "y") == (0, 0, 0)
