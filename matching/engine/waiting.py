"""Who is placed: everybody in turn, as long as those before them keep a place (rules 1 and 2).

A newcomer would fear that serving the longest wait first places fewer families. It cannot:
the sets of families that can be placed together form a matroid (Edmonds and Fulkerson, 1965,
transversals), and in a matroid the set built in any order has the largest size there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.board import Board, Whole

NOBODY = -1
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Served:
    """`seat[f]`: a supporter for family f, or NOBODY; which one is not the final word, who sits is.

    `closed[s]`: the family whose search found nothing but full places here, or NEVER. From then
    on the families sitting there can only swap among supporters closed by then, for ever. That
    is the witness for everybody left out; `certificate.py` checks it against all pairs.
    """

    seat: Whole
    closed: Whole


def serve_in_turn(board: Board, *, before: Whole | None = None) -> Served:
    """Place each family in turn, moving those before it where that helps (augmenting paths).

    `before`: seats of an earlier answer to try first, which only saves time.
    """
    table = _Table(board, before)
    for family in range(len(board.families)):
        table.serve(family)
    return Served(np.array(table.seat, dtype=np.int64), np.array(table.closed, dtype=np.int64))


def gives_way(board: Board, served: Served, family: int) -> tuple[int, Whole]:
    """(who goes without when `family`, which has no seat yet, comes too; `closed` as it is then).

    NOBODY, where those who have a seat can make room. Else it is the last in turn of those who
    compete: the family itself, and all who sit where its search came. They are one too many for
    the places there, and whoever is last in turn would have been the one to find that out.
    """
    table = _Table(board, None)
    table.resume(served)
    end, sender = table.find_room(family)
    if end != NOBODY:
        return NOBODY, served.closed
    last = max([family, *(guest for one in sender for guest in table.guests[one])])
    closed = served.closed.copy()
    closed[list(sender)] = np.minimum(closed[list(sender)], last)
    return last, closed


class _Table:
    """Who sits where while families are served; plain lists, because it goes one by one."""

    def __init__(self, board: Board, before: Whole | None) -> None:
        self.start = board.start.tolist()
        self.choice = board.supporter.tolist()
        self.free = board.room.tolist()
        self.seat = [NOBODY] * len(board.families)
        self.guests: list[set[int]] = [set() for _ in self.free]
        self.closed = [NEVER] * len(self.free)
        self.before = [NOBODY] * len(board.families) if before is None else before.tolist()

    def resume(self, served: Served) -> None:
        """Everybody where they sat, as if they had been served just now."""
        self.closed = served.closed.tolist()
        for family in np.flatnonzero(served.seat != NOBODY).tolist():
            self._take(family, int(served.seat[family]))

    def _take(self, family: int, supporter: int) -> None:
        self._sit(family, supporter)
        self.free[supporter] -= 1

    def serve(self, family: int) -> None:
        """Find a seat for `family`, or close what its search has seen."""
        hint = self.before[family]
        if hint != NOBODY and self.free[hint]:
            self._take(family, hint)
            return
        end, sender = self.find_room(family)
        if end == NOBODY:
            for supporter in sender:
                self.closed[supporter] = family
            return
        self.free[end] -= 1
        while end != NOBODY:
            guest = sender[end]
            end_before = self.seat[guest]
            self._sit(guest, end)
            end = end_before

    def find_room(self, family: int) -> tuple[int, dict[int, int]]:
        """(a supporter with room to be had by moving others, who would move to each one seen)."""
        sender: dict[int, int] = {}
        queue = [family]
        for guest in queue:
            for supporter in self.choice[self.start[guest] : self.start[guest + 1]]:
                # What is closed stays closed, so no later search needs to look in there again.
                if supporter in sender or self.closed[supporter] < family:
                    continue
                sender[supporter] = guest
                if self.free[supporter]:
                    return supporter, sender
                queue.extend(self.guests[supporter])
        return NOBODY, sender

    def _sit(self, family: int, supporter: int) -> None:
        before = self.seat[family]
        if before != NOBODY:
            self.guests[before].discard(family)
        self.seat[family] = supporter
        self.guests[supporter].add(family)
