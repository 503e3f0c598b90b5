"""Families who sit as well as they can together: one more may come, or come instead of another.

A newcomer would solve again after every change. One family more is one cheapest path to room (the
Hungarian method with capacities: Kuhn 1955; Edmonds and Karp 1972 for the prices). All numbers are
Python's own integers, exact whatever the scores.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import numpy as np

from matching.engine.board import Board, Whole

NOWHERE = -1


def seats_by_integers(board: Board) -> tuple[Whole, Whole]:
    """(seats, prices) as `best_seats` gives them, slower and at any size of score.

    Prices are Python integers in an object array. Raises ValueError when not all families fit.
    """
    table = Table(
        board,
        np.full(len(board.families), NOWHERE, dtype=np.int64),
        np.zeros(len(board.room), dtype=np.int64),
    )
    for family in range(len(board.families)):
        table.insert(family)
    return np.array(table.seat, dtype=np.int64), np.array(table.prices, dtype=object)


class Table:
    """Who sits where, at which prices: the best total for those who sit, and the lowest prices for it.

    Whatever happens, every family sits where its score less the price is highest, a supporter with
    room left costs nothing, and no lower prices would do: from each supporter with a price, families
    who are as well off elsewhere (level moves) lead back to one without.

    `seat[f]` is NOWHERE for a family that does not sit. Seats and prices to begin with must be such.
    """

    def __init__(self, board: Board, seats: Whole, prices: Whole) -> None:
        self._board = board
        self._room = board.room.tolist()
        self._scores: dict[int, dict[int, int]] = {}
        order = np.argsort(board.supporter, kind="stable")
        self._families = board.family[order]  # those of each supporter together
        self._bounds = np.searchsorted(board.supporter[order], np.arange(len(board.room) + 1))
        self.seat: list[int] = seats.tolist()
        self.prices: list[int] = prices.tolist()
        self.guests: list[set[int]] = [set() for _ in self._room]
        for family, place in enumerate(self.seat):
            if place != NOWHERE:
                self.guests[place].add(family)

    def insert(self, family: int) -> None:
        """Seat one more family, moving others where that is best for all of them together.

        Prices rise on what its search reaches until the first room, no further; so the lowest stay the
        lowest (the ascending auction of Demange, Gale and Sotomayor, 1986, with one bidder more).
        Raises ValueError when there is no room for it, however the others move.
        """
        moves, rises = self._cheapest_room(family)
        self._carry_out(moves, rises)

    def exchange(self, family: int, leaving: int) -> None:
        """Seat one family more and let another go, where the first can have no other room than that makes.

        Raises ValueError as `insert` does.
        """
        shaken = set(self._level(leaving))
        self.guests[self.seat[leaving]].discard(leaving)
        self.seat[leaving] = NOWHERE
        moves, rises = self._cheapest_room(family)
        for guest, _ in moves:
            if guest != family:
                shaken.update(self._level(guest))
        self._carry_out(moves, rises)
        # What has risen is held up by those who moved, all the way from the place that was left.
        self._lower(shaken)

    def _carry_out(self, moves: list[tuple[int, int]], rises: dict[int, int]) -> None:
        for supporter, much in rises.items():
            self.prices[supporter] += much
        for guest, place in moves:
            self._sit(guest, place)

    def _sit(self, family: int, place: int) -> None:
        before = self.seat[family]
        if before != NOWHERE:
            self.guests[before].discard(family)
        self.seat[family] = place
        self.guests[place].add(family)

    def _score(self, family: int) -> dict[int, int]:
        """What the family's pairs score, by supporter."""
        known = self._scores.get(family)
        if known is None:
            board, here = self._board, slice(*self._board.start[family : family + 2])
            pairs = zip(board.supporter[here].tolist(), board.score[here].tolist(), strict=True)
            known = self._scores[family] = dict(pairs)
        return known

    def _asking_for(self, supporter: int) -> list[int]:
        """The families with a pair with `supporter` who sit anywhere."""
        here = slice(*self._bounds[supporter : supporter + 2])
        return [one for one in self._families[here].tolist() if self.seat[one] != NOWHERE]

    def _loss(self, family: int, supporter: int) -> int:
        """How much less `supporter`, at today's price, is worth to the family than where it sits."""
        scores, here = self._score(family), self.seat[family]
        sits = scores[here] - self.prices[here]
        return sits - (scores[supporter] - self.prices[supporter])

    def _level(self, family: int) -> Iterator[int]:
        """The supporters elsewhere who are worth as much to a family as where it sits."""
        for supporter in self._score(family):
            if supporter != self.seat[family] and not self._loss(family, supporter):
                yield supporter

    def _cheapest_room(self, family: int) -> tuple[list[tuple[int, int]], dict[int, int]]:
        """Dijkstra over supporters: ((family, where it moves), from room on; by how much prices rise)."""
        sender: dict[int, int] = {}
        best: dict[int, int] = {}
        settled: dict[int, int] = {}
        heap: list[tuple[int, int]] = []

        def look_from(guest: int, loss: int, margin: int) -> None:
            for supporter, score in self._score(guest).items():
                through = loss + margin - (score - self.prices[supporter])
                if supporter not in settled and through < best.get(supporter, through + 1):
                    best[supporter] = through
                    sender[supporter] = guest
                    heapq.heappush(heap, (through, supporter))

        look_from(
            family,
            0,
            max((score - self.prices[s] for s, score in self._score(family).items()), default=0),
        )
        while heap:
            loss, supporter = heapq.heappop(heap)
            if supporter in settled:
                continue
            if len(self.guests[supporter]) < self._room[supporter]:
                rises = {one: loss - near for one, near in settled.items() if near < loss}
                return list(self._path(sender, supporter)), rises
            settled[supporter] = loss
            for guest in self.guests[supporter]:
                margin = self._score(guest)[supporter] - self.prices[supporter]
                look_from(guest, loss, margin)
        raise ValueError("These families cannot all be placed together.")

    def _path(self, sender: dict[int, int], end: int) -> Iterator[tuple[int, int]]:
        while end != NOWHERE:
            yield sender[end], end
            end = self.seat[sender[end]]

    def _lower(self, shaken: set[int]) -> None:
        """Prices down to the lowest again, when level moves to `shaken` are gone.

        Each that nothing holds up any more falls as far as the nearest price that stands (Dijkstra
        over the losses; a price of 0 stands by itself).
        """
        falling = self._falling(shaken)
        fall = {place: self._fall(place, falling) for place in falling}
        heap = [(much, place) for place, much in fall.items()]
        heapq.heapify(heap)
        while heap:
            much, place = heapq.heappop(heap)
            if place not in falling:
                continue
            falling.remove(place)
            for guest in self.guests[place]:
                for onward in self._score(guest).keys() & falling:
                    through = much + self._loss(guest, onward)
                    if through < fall[onward]:
                        fall[onward] = through
                        heapq.heappush(heap, (through, onward))
        for place, much in fall.items():
            self.prices[place] -= much

    def _falling(self, shaken: set[int]) -> set[int]:
        """The supporters to whom no level moves lead any more from one without a price."""
        standing: set[int] = set()
        falling: set[int] = set()
        queue = list(shaken)
        for place in queue:
            if place in falling:
                continue
            behind = self._behind(place, standing, falling)
            if behind is None:
                continue
            falling |= behind
            queue.extend(
                onward
                for one in behind
                for guest in self.guests[one]
                for onward in self._level(guest)
            )
        return falling

    def _behind(self, place: int, standing: set[int], falling: set[int]) -> set[int] | None:
        """All from whom level moves lead to `place`, itself among them; None if one of them stands.

        Those on the way from there are `standing` from then on.
        """
        onward = {place: NOWHERE}
        queue = [place]
        for one in queue:
            if not self.prices[one] or one in standing:
                standing.update(_along(onward, one))
                return None
            for guest in self._asking_for(one):
                home = self.seat[guest]
                if home not in onward and home not in falling and not self._loss(guest, one):
                    onward[home] = one
                    queue.append(home)
        return set(queue)

    def _fall(self, place: int, falling: set[int]) -> int:
        """How far the price of `place` may fall as long as all but those falling stand."""
        held = (
            self._loss(guest, place)
            for guest in self._asking_for(place)
            if self.seat[guest] not in falling
        )
        return min((self.prices[place], *held))


def _along(onward: dict[int, int], start: int) -> Iterator[int]:
    place = start
    while place != NOWHERE:
        yield place
        place = onward[place]
