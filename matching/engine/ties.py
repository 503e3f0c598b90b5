"""Which of the equally good answers: the one that ids alone decide (rule 4).

A newcomer would take whatever the solver returned. Solvers break ties by the order in which
they happen to read; here the first family in turn gets the lowest supporter id it has in any
best answer, then the second given the first, and so on: there is only one such answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from matching.engine.optimum import Scores
from matching.engine.waiting import bits


def settle(
    seats: Sequence[int], prices: Sequence[int], scores: Scores, room: Sequence[int]
) -> list[int]:
    """The seats of the one canonical best answer, from any best answer and its prices.

    Every best answer seats families only where score less price is highest ("level" pairs)
    and leaves no priced seat free (complementary slackness), and everything of that kind is a
    best answer. So it is enough to move along level pairs, and free room may move only
    between supporters whose price is 0.
    """
    table = _Table(seats, prices, scores, room)
    for family in range(len(seats)):
        table.lower(family)
    return table.seats


class _Table:
    """Who sits where while the ties are settled, families already settled taken out."""

    def __init__(
        self, seats: Sequence[int], prices: Sequence[int], scores: Scores, room: Sequence[int]
    ) -> None:
        self.seats = list(seats)
        self.level = [
            sum(
                1 << s
                for s, score in row.items()
                if score - prices[s] == row[seats[f]] - prices[seats[f]]
            )
            for f, row in enumerate(scores)
        ]
        self.unpriced = sum(1 << s for s, price in enumerate(prices) if price == 0)
        self.spare = list(room)
        self.guests: list[set[int]] = [set() for _ in room]
        for family, seat in enumerate(seats):
            self.spare[seat] -= 1
            self.guests[seat].add(family)

    def lower(self, family: int) -> None:
        """Move `family` to the lowest id it can have, then take it out for good."""
        home = self.seats[family]
        self.guests[home].discard(family)
        seen = 0
        for place in bits(self.level[family] & ((1 << home) - 1)):
            if seen >> place & 1:
                continue
            came, seen = self._chain(place, home, seen)
            if seen >> home & 1:
                self._move(came, place, home)
                self.seats[family] = place
                return

    def _chain(self, start: int, home: int, seen: int) -> tuple[dict[int, int], int]:
        """Search for a way to pass one place on from `start` until it fills `home` again."""
        came: dict[int, int] = {}
        seen |= 1 << start
        queue = [start]
        for place in queue:
            out = self.unpriced if self.spare[place] else 0
            for guest in self.guests[place]:
                out |= self.level[guest]
            new = out & ~seen
            seen |= new
            for following in bits(new):
                came[following] = place
                queue.append(following)
            if seen >> home & 1:
                break
        return came, seen

    def _move(self, came: dict[int, int], start: int, home: int) -> None:
        place = home
        while place != start:
            before = came[place]
            guest = next((g for g in self.guests[before] if self.level[g] >> place & 1), None)
            if guest is None:
                self.spare[before] -= 1
                self.spare[place] += 1
            else:
                self.guests[before].discard(guest)
                self.guests[place].add(guest)
                self.seats[guest] = place
            place = before
