"""The pairs kept of an area: each family's best at first, and later whatever could still matter.

A newcomer would worry that the best pair of all was thrown away. Every answer is checked against
the pairs that are not here, by what they could bring at today's prices, before it is given.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.engine.area import AT_ONCE, Area, Progress
from matching.engine.board import Board, Whole, board
from matching.engine.candidates import Index
from matching.engine.cores import in_order
from matching.engine.optimum import best_seats
from matching.engine.pairing import told
from matching.engine.ranking import best_first
from matching.engine.terms import Answer, Pair
from matching.engine.terms.questions import Pairs
from matching.engine.ties import settle
from matching.engine.waiting import NEVER, NOBODY, Served, serve_in_turn

KEEP = 24
# Scored pairs remembered between steps, 12 bytes each; beyond these a block is looked at again.
REMEMBERED = 80_000_000
# Whoever is beaten also fetches what comes near by this part of the highest score: prices move a little.
NEARLY = 200
# Above every score, and far enough from the end of 64 bits to calculate with.
OUT_OF_REACH = 1 << 61

Small = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


def pair_area(area: Area, *, keep: int = KEEP, progress: Progress | None = None) -> Answer:
    """The one answer to the round over an area, the same as `pair` gives with every pair listed.

    `keep`: how many pairs a family has at first; it changes how long it takes and nothing else.
    `progress` is called between steps and may raise to stop.
    """
    return solve(area, keep=keep, progress=progress)[0]


def solve(
    area: Area, *, keep: int = KEEP, progress: Progress | None = None
) -> tuple[Answer, Board]:
    """The answer as `pair_area` gives it, and the board it was found on: the pairs kept in the end."""
    tell = progress or _silent
    kept = _Kept(area, keep, tell)
    served = kept.served(tell)
    placed = np.flatnonzero(served.seat != NOBODY)
    tell("pairing", 0, len(placed))
    seats, prices = best_seats(kept.board().only(placed))
    while len(gaining := kept.fetch(placed, seats, prices, better=True)):
        tell("pairing", len(placed) - len(gaining), len(placed))
        gaining = np.searchsorted(placed, gaining)
        seats, prices = best_seats(kept.board().only(placed), before=seats, gaining=gaining)
    kept.fetch(placed, seats, prices, better=False)
    asked = kept.board()
    seats = settle(asked.only(placed), seats, prices)
    made = _made(asked, placed, seats)
    return told(asked, served, made, prices), asked


def _silent(_what: str, _done: int, _of: int) -> None:
    return None


def _made(asked: Board, placed: Whole, seats: Whole) -> tuple[Pair, ...]:
    own = asked.only(placed)
    scores = own.score[own.supporter == seats[own.family]]
    return tuple(
        Pair(asked.families[family], asked.supporters[seat], score)
        for family, seat, score in zip(
            placed.tolist(), seats.tolist(), scores.tolist(), strict=True
        )
    )


class _Kept:
    """Which pairs of the area are on the board, and for each family the best of the rest."""

    def __init__(self, area: Area, keep: int, tell: Progress) -> None:
        self.area, self.keep = area, keep
        self.index = Index(area.tables)
        self.blocks = list(self.index.blocks(AT_ONCE))
        self.seen: list[Small | None] = []
        self.cut = np.full(len(area.families), -1, np.int64)
        parts: list[Pairs] = [_no_pairs()]
        left = REMEMBERED
        for rows, pairs in zip(self.blocks, in_order(self._look, self.blocks), strict=True):
            best, rest = best_first(pairs[0], pairs[2], keep)
            np.maximum.at(self.cut, pairs[0][rest], pairs[2][rest])
            parts.append((pairs[0][best], pairs[1][best], pairs[2][best]))
            left -= len(pairs[0])
            self.seen.append(_small(pairs) if left >= 0 else None)
            tell("comparing", int(rows[-1]) + 1, len(area.families))
        self.pairs: Pairs = _joined(parts)

    def _look(self, families: Whole) -> Pairs:
        return self.area.scored(*self.index.within(families))

    def _again(self, wanted: NDArray[np.bool_]) -> Iterator[Pairs]:
        """All pairs of the families wanted, kept or not: from memory, or looked at once more."""
        unseen = []
        for rows, seen in zip(self.blocks, self.seen, strict=True):
            if not wanted[rows].any():
                continue
            if seen is None:
                unseen.append(rows[wanted[rows]])
            else:
                here = np.flatnonzero(wanted.take(seen[0]))
                family, supporter, score = (side[here].astype(np.int64) for side in seen)
                yield family, supporter, score
        yield from in_order(self._look, unseen)

    def board(self) -> Board:
        """The kept pairs as a board."""
        return board(self.area.families, self.area.supporters, self.area.room, *self.pairs)

    def served(self, tell: Progress) -> Served:
        """Rules 1 and 2 over all pairs there are: fetch pairs until every closed door is closed."""
        before: Whole | None = None
        while True:
            tell("placing", 0, len(self.area.families))
            served = serve_in_turn(self.board(), before=before)
            before = served.seat
            if not self._fetch_open(served):
                return served

    def _fetch_open(self, served: Served) -> bool:
        """Fetch pairs that lead out of what the search took to be closed; whether there were any."""
        own = np.where(served.seat != NOBODY, served.closed[served.seat], 0)
        limit = np.where(served.seat != NOBODY, own, np.arange(len(own)))
        taken = np.bincount(served.seat[served.seat != NOBODY], minlength=len(served.closed))
        free = taken < self.area.room
        parts: list[Pairs] = []
        for family, supporter, score in self._again(limit != NEVER):
            out = np.flatnonzero(served.closed[supporter] > limit[family])
            pairs = family[out], supporter[out], score[out]
            # Free room is worth more here than any score.
            first, _ = best_first(pairs[0], pairs[2] + free[pairs[1]] * (1 << 40), self.keep)
            parts.append((pairs[0][first], pairs[1][first], pairs[2][first]))
        return self._add(parts)

    def fetch(self, placed: Whole, seats: Whole, prices: Whole, *, better: bool) -> Whole:
        """Fetch pairs that would beat what a family has at these prices, and give those families.

        Without `better` those that would equal it: they change no price, but ids choose among them.
        """
        asked = self.board().only(placed)
        sits = asked.supporter == seats[asked.family]
        margin = np.full(len(self.cut), OUT_OF_REACH)
        margin[placed] = asked.score[sits] - prices[seats]
        kept = np.sort(self._codes(*self.pairs[:2]))
        near = int(asked.score.max(initial=0)) // NEARLY if better else 0
        parts: list[Pairs] = []
        gaining: list[Whole] = []
        # What is not here scores no more than the cut, and no price is below 0.
        for family, supporter, score in self._again(self.cut >= margin + better):
            after = score - prices[supporter] - margin[family]
            good = np.flatnonzero(after >= -near)
            good = good[~_within(self._codes(family[good], supporter[good]), kept)]
            gaining.append(np.unique(family[good[after[good] > 0]]))
            first, _ = best_first(
                family[good], after[good] + near, self.keep if better else len(good)
            )
            good = good[first]
            parts.append((family[good], supporter[good], score[good]))
        found = np.concatenate([np.zeros(0, np.int64), *gaining])
        if len(found) or not better:
            self._add(parts)
        return found

    def _codes(self, family: Whole, supporter: Whole) -> Whole:
        return family * len(self.area.supporters) + supporter

    def _add(self, parts: list[Pairs]) -> bool:
        more = _joined([_no_pairs(), *parts])
        self.pairs = _joined([self.pairs, more])
        return bool(len(more[0]))


def _no_pairs() -> Pairs:
    none = np.zeros(0, np.int64)
    return none, none, none


def _joined(parts: list[Pairs]) -> Pairs:
    families, supporters, scores = (np.concatenate(side) for side in zip(*parts, strict=True))
    return families, supporters, scores


def _small(pairs: Pairs) -> Small:
    family, supporter, score = (side.astype(np.int32) for side in pairs)
    return family, supporter, score


def _within(codes: Whole, among: Whole) -> NDArray[np.bool_]:
    """Whether each code stands among the sorted ones."""
    at = np.minimum(np.searchsorted(among, codes), len(among) - 1)
    return np.asarray(among[at] == codes, dtype=bool)
