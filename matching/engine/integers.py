"""The highest total in Python's own integers of any size: slower, and exact whatever the scores.

A newcomer would round scores that are too large. They are another programme's numbers: here each
family takes the cheapest path to room (the Hungarian method with capacities; Kuhn 1955,
Edmonds and Karp 1972 for the prices).
"""

from __future__ import annotations

import heapq
from itertools import pairwise

import numpy as np

from matching.engine.board import Board, Whole

NOWHERE = -1


def seats_by_integers(board: Board) -> tuple[Whole, Whole]:
    """(seats, prices) as `best_seats` gives them, save that the prices are not the lowest.

    Prices are Python integers in an object array. Raises ValueError when not all families fit.
    """
    table = Table(board)
    for family in range(len(board.families)):
        table.insert(family)
    return np.array(table.seat, dtype=np.int64), np.array(table.prices, dtype=object)


class Table:
    """Families who sit as well as they can together, and the prices that show it.

    Whatever happens, every family sits where its score less the price is highest, and a
    supporter with room left costs nothing.
    """

    def __init__(self, board: Board) -> None:
        bounds = board.start.tolist()
        supporters, scores = board.supporter.tolist(), board.score.tolist()
        self.score = [
            dict(zip(supporters[here:end], scores[here:end], strict=True))
            for here, end in pairwise(bounds)
        ]
        self.room = board.room.tolist()
        self.seat = [NOWHERE] * len(board.families)
        self.prices = [0] * len(self.room)
        self.guests: list[set[int]] = [set() for _ in self.room]

    def insert(self, family: int) -> None:
        """Seat one more family, moving others where that is best for all of them together."""
        end, sender, settled, far = self._cheapest_room(family)
        for supporter, near in settled.items():
            self.prices[supporter] += far - near
        while end != NOWHERE:
            guest = sender[end]
            before, self.seat[guest] = self.seat[guest], end
            self.guests[end].add(guest)
            if before != NOWHERE:
                self.guests[before].discard(guest)
            end = before

    def _cheapest_room(self, family: int) -> tuple[int, dict[int, int], dict[int, int], int]:
        """Dijkstra over supporters: (where room is, who moves where, loss to each, loss to room)."""
        sender: dict[int, int] = {}
        best: dict[int, int] = {}
        settled: dict[int, int] = {}
        heap: list[tuple[int, int]] = []

        def look_from(guest: int, loss: int, margin: int) -> None:
            for supporter, score in self.score[guest].items():
                through = loss + margin - (score - self.prices[supporter])
                if supporter not in settled and through < best.get(supporter, through + 1):
                    best[supporter] = through
                    sender[supporter] = guest
                    heapq.heappush(heap, (through, supporter))

        look_from(family, 0, max(score - self.prices[s] for s, score in self.score[family].items()))
        while heap:
            loss, supporter = heapq.heappop(heap)
            if supporter in settled:
                continue
            if len(self.guests[supporter]) < self.room[supporter]:
                return supporter, sender, settled, loss
            settled[supporter] = loss
            for guest in self.guests[supporter]:
                margin = self.score[guest][supporter] - self.prices[supporter]
                look_from(guest, loss, margin)
        raise ValueError("These families cannot all be placed together.")
