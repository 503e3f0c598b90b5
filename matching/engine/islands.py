"""Cuts a round into islands: families and supporters who can affect each other.

A newcomer would solve the round whole. Two families that share no supporter, not even by way
of other families, never compete, so each island is its own small problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.engine.terms import Instance, Pair


@dataclass(frozen=True, slots=True)
class Island:
    """One island, in numbers: families 0, 1, … in turn order, supporters 0, 1, … in id order.

    `pairs[f][s]` is the pair of family f and supporter s; `room[s]` is never more than the
    number of families who could sit there, so that capacity written as a million costs nothing.
    """

    families: tuple[str, ...]
    supporters: tuple[str, ...]
    pairs: tuple[dict[int, Pair], ...]
    room: tuple[int, ...]

    def scores(self) -> list[dict[int, int]]:
        """For each family, its score with each supporter it could be paired with."""
        return [{s: pair.score for s, pair in chosen.items()} for chosen in self.pairs]


def split(instance: Instance) -> list[Island]:
    """The islands in the order of their first family; whoever is in no pair is in none."""
    turn = {family.id: at for at, family in enumerate(instance.turns())}
    place = {one: at for at, one in enumerate(sorted(one.id for one in instance.supporters))}
    pairs = instance.admissible()
    if not pairs:
        return []
    rows = np.fromiter((turn[pair.seeking] for pair in pairs), dtype=np.int64, count=len(pairs))
    ends = np.fromiter((place[pair.supporter] for pair in pairs), dtype=np.int64, count=len(pairs))
    size = len(turn) + len(place)
    graph = coo_array((np.ones(len(pairs)), (rows, ends + len(turn))), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    groups: dict[int, list[Pair]] = {}
    for at in np.argsort(rows, kind="stable"):
        groups.setdefault(int(labels[rows[at]]), []).append(pairs[at])
    capacity = {supporter.id: supporter.capacity for supporter in instance.supporters}
    return [_island(group, turn, capacity) for group in groups.values()]


def _island(pairs: list[Pair], turn: dict[str, int], capacity: dict[str, int]) -> Island:
    families = sorted({pair.seeking for pair in pairs}, key=turn.__getitem__)
    supporters = sorted({pair.supporter for pair in pairs})
    row = {one: at for at, one in enumerate(families)}
    seat = {one: at for at, one in enumerate(supporters)}
    chosen: list[dict[int, Pair]] = [{} for _ in families]
    asked = [0] * len(supporters)
    for pair in pairs:
        chosen[row[pair.seeking]][seat[pair.supporter]] = pair
        asked[seat[pair.supporter]] += 1
    room = tuple(min(capacity[one], asked[at]) for at, one in enumerate(supporters))
    return Island(tuple(families), tuple(supporters), tuple(chosen), room)
