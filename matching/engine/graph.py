"""The round as a graph that people ask questions of: who could sit where, and who sits there now.

A newcomer would name the nodes by id alone. A family and a supporter may have the same id, so a
node is a kind and an id: ("family", "s1"), ("supporter", "h1").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from matching.engine.terms import Answer, Instance

FAMILY = "family"
SUPPORTER = "supporter"

Node = tuple[str, str]


def competition(instance: Instance, answer: Answer) -> nx.DiGraph[Any]:
    """A step leads from a family to each supporter it could have, and from there to who has them.

    So whatever can be reached from a family without a place is what it competes for, and with
    whom. Nodes carry `kind`; families also `waiting_days` and `locked`, supporters `room` (the
    places they came with) and `taken`. Every step carries the `score` of its pair.
    """
    graph: nx.DiGraph[Any] = nx.DiGraph()
    locked = {pair.seeking for pair in instance.pairs if pair.locked}
    family: dict[str, Node] = {one.id: (FAMILY, one.id) for one in instance.seeking}
    supporter: dict[str, Node] = {one.id: (SUPPORTER, one.id) for one in instance.supporters}
    for one in instance.turns():
        graph.add_node(
            family[one.id], kind=FAMILY, waiting_days=one.waiting_days, locked=one.id in locked
        )
    for helper in instance.supporters:
        graph.add_node(supporter[helper.id], kind=SUPPORTER, room=helper.capacity, taken=0)
    graph.add_edges_from(
        (family[pair.seeking], supporter[pair.supporter], {"score": pair.score})
        for pair in instance.admissible()
    )
    for pair in answer.pairs:
        graph.add_edge(supporter[pair.supporter], family[pair.seeking], score=pair.score)
        graph.nodes[supporter[pair.supporter]]["taken"] += 1
    return graph


def contested(
    graph: nx.DiGraph[Any], families: Iterable[str]
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """For each family by id: all supporters it competes for, and all families who sit there.

    Nodes that can reach each other are drawn together first, so that thousands of families
    in one queue cost one search. Families that compete for the same get the same object.
    """
    drawn = nx.condensation(graph)
    members: dict[int, set[Node]] = dict(drawn.nodes(data="members"))
    group: dict[Node, int] = drawn.graph["mapping"]
    below: dict[int, frozenset[int]] = {}
    found: dict[frozenset[int], tuple[frozenset[str], frozenset[str]]] = {}

    def reached(from_group: int) -> frozenset[int]:
        if from_group not in below:
            below[from_group] = frozenset(nx.descendants(drawn, from_group)) | {from_group}
        return below[from_group]

    told = {}
    for family in families:
        # A family without a place has nobody behind it, so it is a group of its own.
        groups: frozenset[int] = frozenset()
        for onward in sorted(drawn.successors(group[FAMILY, family])):
            if onward not in groups:
                groups |= reached(onward)
        if groups not in found:
            nodes = [node for one in groups for node in members[one]]
            found[groups] = (
                frozenset(name for kind, name in nodes if kind == SUPPORTER),
                frozenset(name for kind, name in nodes if kind == FAMILY),
            )
        told[family] = found[groups]
    return told


def further(graph: nx.DiGraph[Any], supporter: str, *, most: int = 3) -> tuple[int, ...]:
    """How many more families would have a place if `supporter` had 1, 2, … `most` places more.

    Exact: each place is filled by a family without one, others moving on the way, until no
    such way is left (an augmenting path a place). The graph itself is left as it is.
    """
    end = (SUPPORTER, supporter)
    moved: dict[Node, Node] = {}
    counts: list[int] = []
    placed = 0
    for _ in range(most):
        if len(counts) == placed and _fill(graph, end, moved):
            placed += 1
        counts.append(placed)
    return tuple(counts)


def _seat(graph: nx.DiGraph[Any], family: Node) -> Node | None:
    return next(iter(graph.predecessors(family)), None)


def _fill(graph: nx.DiGraph[Any], end: Node, moved: dict[Node, Node]) -> bool:
    """Fill one place at `end`: who could come, from where, and who could come there, and so on."""
    came: dict[Node, tuple[Node, Node]] = {}
    seen = {end}
    queue = [end]
    for place in queue:
        for family in graph.predecessors(place):
            seat = moved.get(family) or _seat(graph, family)
            if seat is None:
                _move(family, place, came, moved)
                return True
            if seat not in seen:
                seen.add(seat)
                came[seat] = (family, place)
                queue.append(seat)
    return False


def _move(
    family: Node, place: Node, came: dict[Node, tuple[Node, Node]], moved: dict[Node, Node]
) -> None:
    moved[family] = place
    while place in came:
        family, place = came[place]
        moved[family] = place
