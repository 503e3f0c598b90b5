"""Others who can pair families with supporters, on the pairs of a board: what they find, for comparing.

A newcomer would take them for the engine's parts. None of them knows of waiting order, ties or proof.
"""

import networkx as nx
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.engine.board import Board


def by_sparse(board: Board) -> int:
    """The best total by SciPy's sparse assignment, each place a column; every family must fit."""
    rows, columns, scores = _places(board)
    shape = (len(board.families), int(board.room.sum()))
    most = scores.max() + 1
    graph = csr_array((most - scores, (rows, columns)), shape=shape)
    chosen = min_weight_full_bipartite_matching(graph)
    return int((most - np.asarray(graph[chosen])).sum())


def by_dense(board: Board) -> int:
    """The best total by SciPy's dense assignment on a full table."""
    rows, columns, scores = _places(board)
    none = -1e9
    table = np.full((len(board.families), int(board.room.sum())), none)
    table[rows, columns] = scores
    chosen = linear_sum_assignment(table, maximize=True)
    return int(table[chosen].sum())


def by_flow(board: Board) -> tuple[int, int]:
    """(families placed, score) by NetworkX's network simplex: most placed first, by a price no score can pay."""
    graph = nx.DiGraph()
    families, most = len(board.families), 1 + int(board.score.sum())
    graph.add_node("all", demand=-families)
    graph.add_node("end", demand=families)
    graph.add_edge("all", "end", weight=most)
    for family in range(families):
        graph.add_edge("all", ("family", family), capacity=1)
    ends = zip(board.family.tolist(), board.supporter.tolist(), board.score.tolist(), strict=True)
    for family, supporter, score in ends:
        graph.add_edge(("family", family), supporter, capacity=1, weight=-score)
    for supporter, room in enumerate(board.room.tolist()):
        graph.add_edge(supporter, "end", capacity=room)
    cost, flow = nx.network_simplex(graph)
    out = flow["all"]["end"]
    return families - out, out * most - cost


def greedy(board: Board) -> tuple[int, int]:
    """(families placed, score) when the highest score left is taken, again and again."""
    return _taken(board, np.argsort(-board.score, kind="stable"))


def first_come(board: Board) -> tuple[int, int]:
    """(families placed, score) when each family in turn takes the best supporter with room left."""
    return _taken(board, np.lexsort((-board.score, board.family)))


def _taken(board: Board, order: np.ndarray) -> tuple[int, int]:
    left = board.room.tolist()
    placed: set[int] = set()
    total = 0
    families, supporters, scores = (
        side[order].tolist() for side in (board.family, board.supporter, board.score)
    )
    for family, supporter, score in zip(families, supporters, scores, strict=True):
        if family not in placed and left[supporter]:
            left[supporter] -= 1
            placed.add(family)
            total += score
    return len(placed), total


def _places(board: Board) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(family, place, score) of each pair with each place of its supporter, scores as SciPy's numbers."""
    first = np.concatenate(([0], np.cumsum(board.room)))
    times = board.room[board.supporter]
    begins = np.concatenate(([0], np.cumsum(times)))
    shift = np.repeat(first[board.supporter] - begins[:-1], times)
    return (
        np.repeat(board.family, times),
        np.arange(begins[-1]) + shift,
        np.repeat(board.score, times).astype(np.float64),
    )
