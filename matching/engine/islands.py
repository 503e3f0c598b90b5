"""Cuts a board into islands: families and supporters who can affect each other.

A newcomer would solve the round whole. Two families that share no supporter, not even by way
of other families, never compete, so each island is its own small problem.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.engine.board import Board, Whole

# Small islands are solved side by side: a call for each of thousands would cost more than it saves.
TOGETHER = 2_000


def islands(board: Board) -> Iterator[Whole]:
    """Give the families of whole islands, in turn: one large island, or small ones up to TOGETHER.

    Families without any pair are in none.
    """
    island, _ = labels(
        board.family,
        board.supporter,
        families=len(board.families),
        supporters=len(board.supporters),
    )
    some = np.flatnonzero(np.diff(board.start))
    order = some[np.argsort(island[some], kind="stable")]
    ends = np.flatnonzero(np.diff(island[order])) + 1
    begin = done = 0
    for end in [*ends.tolist(), len(order)]:
        if end - begin > TOGETHER and done > begin:
            yield np.sort(order[begin:done])
            begin = done
        done = end
    if done > begin:
        yield np.sort(order[begin:done])


def labels(
    family: Whole, supporter: Whole, *, families: int, supporters: int
) -> tuple[Whole, Whole]:
    """(for each family, for each supporter) a number, equal on the same island, from the ends of all pairs."""
    size = families + supporters
    graph = coo_array(
        (np.ones(len(family), dtype=np.int8), (family, supporter + families)), shape=(size, size)
    )
    found: Whole = connected_components(graph, directed=False)[1]
    return found[:families], found[families:]
