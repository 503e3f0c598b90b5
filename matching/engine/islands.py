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
    labels = _labels(board)
    some = np.flatnonzero(np.diff(board.start))
    order = some[np.argsort(labels[some], kind="stable")]
    ends = np.flatnonzero(np.diff(labels[order])) + 1
    begin = done = 0
    for end in [*ends.tolist(), len(order)]:
        if end - begin > TOGETHER and done > begin:
            yield np.sort(order[begin:done])
            begin = done
        done = end
    if done > begin:
        yield np.sort(order[begin:done])


def around(board: Board, family: int) -> Whole:
    """The families of the island of `family`, in turn; itself alone where it has no pair."""
    labels = _labels(board)
    return np.flatnonzero(labels == labels[family])


def _labels(board: Board) -> Whole:
    """A number for each family, equal on the same island."""
    families = len(board.families)
    size = families + len(board.supporters)
    graph = coo_array(
        (np.ones(len(board.supporter), dtype=np.int8), (board.family, board.supporter + families)),
        shape=(size, size),
    )
    labels: Whole = connected_components(graph, directed=False)[1][:families]
    return labels
