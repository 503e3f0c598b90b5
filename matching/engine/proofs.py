"""The proofs that a certificate rests on: one look at every pair, then a witness, prices and ids.

A newcomer would keep all pairs and search among them. A county has a hundred million: the scan
keeps a few numbers a family, which is enough, because the answer brings its own proof along.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.engine.terms import Answer, Pair
from matching.engine.terms.questions import Pairs, Question, Whole

NOBODY = -1
NEVER = np.iinfo(np.int64).max


class Scan:
    """One look at every pair there is, remembering only what the checks below need."""

    def __init__(self, question: Question, answer: Answer, prices: dict[str, int]) -> None:
        self.question, self.answer = question, answer
        turn = {one: at for at, one in enumerate(question.families)}
        place = {one: at for at, one in enumerate(question.supporters)}
        self.seat = np.full(len(turn), NOBODY, np.int64)
        self.told = np.full(len(turn), NOBODY, np.int64)
        self.strangers: list[Pair] = []
        for pair in answer.pairs:
            if pair.seeking in turn and pair.supporter in place:
                self.seat[turn[pair.seeking]] = place[pair.supporter]
                self.told[turn[pair.seeking]] = pair.score
            else:
                self.strangers.append(pair)
        # Prices of scores near 2^53 outgrow 64 bits: then Python's own integers carry them.
        large = max(prices.values(), default=0) >= 2**61
        self.price = np.array(
            [prices.get(one, 0) for one in question.supporters], object if large else np.int64
        )
        self.taken = np.bincount(self.seat[self.seat >= 0], minlength=len(place))
        self.closed = np.full(len(place), NEVER, np.int64)
        for one, family in answer.closed:
            if one in place and family in turn:
                self.closed[place[one]] = turn[family]
        self.limit = np.arange(len(turn))
        self.limit[self.seat >= 0] = self.closed[self.seat[self.seat >= 0]]
        self.own = np.full(len(turn), NOBODY, np.int64)
        self.most = np.zeros(len(turn), self.price.dtype)
        self.shut = bool(len(answer.closed)) or not answer.unplaced
        self.level: list[tuple[Whole, Whole]] = []
        self.compared = 0

    def look_at(self, pairs: Pairs) -> None:
        """Take in one piece: what each family has, the most it could have, whom it could reach."""
        family, supporter, score = pairs
        if not len(family):
            return
        self.compared += len(family)
        sits = supporter == self.seat[family]
        self.own[family[sits]] = score[sits]
        after = score - self.price[supporter]
        first = np.flatnonzero(np.diff(family, prepend=NOBODY))
        self.most[family[first]] = np.maximum.reduceat(after, first)
        home = np.zeros(len(self.own), self.price.dtype)
        home[family[sits]] = after[sits]
        level = np.asarray(after == home[family], bool) & (self.seat[family] >= 0) & ~sits
        self.level.append((family[level], supporter[level]))
        self.shut = self.shut and not np.any(self.closed[supporter] > self.limit[family])

    def impossible(self) -> Iterable[str]:
        """What is wrong with the pairs themselves, now that every pair was seen."""
        for pair in self.strangers:
            yield f"The pair “{pair.seeking}” with “{pair.supporter}” is not one that may be."
        for family in np.flatnonzero((self.seat >= 0) & (self.own != self.told)).tolist():
            two = self.question.families[family], self.question.supporters[self.seat[family]]
            name = f"The pair “{two[0]}” with “{two[1]}”"
            if self.own[family] == NOBODY:
                yield f"{name} {self.question.against(*two)}"
            else:
                yield f"{name} scores {self.own[family]}, not {self.told[family]}."

    def bound(self) -> int:
        """No answer for the placed families can score more than this (weak duality).

        Whatever supporter a family sits with, its score is at most the price there plus the most
        it has anywhere after prices; and no price is paid more often than there is room.
        """
        paid = zip(self.question.room.tolist(), self.price.tolist(), strict=True)
        most: list[int] = self.most[self.seat >= 0].tolist()
        pledged: int = sum(room * price for room, price in paid)
        return sum(most) + pledged


def placed_fairly(scan: Scan) -> Iterable[tuple[str, str]]:
    """Rules 1 and 2: (code, words) of each family that was wrongly left out; none when all is well.

    The witness for an unplaced family is what had closed by its turn. If all it can reach had, if
    all that those who sit there can reach closed no later than their own seat, and if what is
    closed is full of families who came earlier, then no answer that serves those can serve this
    family too. All witnesses together: the set is the largest there is.
    """
    ends = np.flatnonzero(scan.closed != NEVER)
    last = np.full(len(scan.closed), NOBODY, np.int64)
    sitting = np.flatnonzero(scan.seat >= 0)
    np.maximum.at(last, scan.seat[sitting], sitting)
    full = scan.taken[ends] == scan.question.room[ends]
    if scan.shut and np.all(full) and np.all(last[ends] < scan.closed[ends]):
        return ()
    return _passed_over(scan)


def _passed_over(scan: Scan) -> Iterable[tuple[str, str]]:
    """Whose turn was not respected, found by walking from each unplaced family."""
    reach: list[list[int]] = [[] for _ in scan.seat]
    for family, supporter, _ in scan.question.every_pair():
        for one, other in zip(family.tolist(), supporter.tolist(), strict=True):
            reach[one].append(other)
    guests: list[list[int]] = [[] for _ in scan.price]
    for one, seat in enumerate(scan.seat.tolist()):
        if seat != NOBODY:
            guests[seat].append(one)
    names, people = scan.question.families, scan.question.supporters
    for left_out in np.flatnonzero(scan.seat == NOBODY).tolist():
        free, latest = _walk(left_out, reach, guests, scan)
        name = f"The family “{names[left_out]}”"
        if free != NOBODY:
            yield "placed", f"{name} could be placed: there is room with “{people[free]}”."
        elif latest > left_out:
            turn = f"“{names[latest]}”, whose turn is later."
            yield "waiting", f"{name} was passed over for {turn}"


def _walk(
    family: int, reach: list[list[int]], guests: list[list[int]], scan: Scan
) -> tuple[int, int]:
    """(a supporter with room, the latest family) among all that can be reached."""
    seen = set(reach[family])
    waiting = sorted(seen)
    latest = NOBODY
    while waiting:
        supporter = waiting.pop()
        if scan.taken[supporter] < scan.question.room[supporter]:
            return supporter, NOBODY
        for guest in guests[supporter]:
            latest = max(latest, guest)
            new = set(reach[guest]) - seen
            seen |= new
            waiting.extend(sorted(new))
    return NOBODY, latest


def ties_settled(scan: Scan) -> Iterable[str]:
    """Rule 4: whoever could have a lower supporter id at the same score, earlier families kept.

    Walks the families backwards, so that `onward` always holds the moves of later ones only.
    """
    if not scan.level:
        return
    family, supporter = (np.concatenate(side) for side in zip(*scan.level, strict=True))
    ring = _rings(scan, family, supporter)
    moves: dict[int, list[int]] = {}
    within = ring[scan.seat[family]] == ring[supporter]
    for one, other in zip(family[within].tolist(), supporter[within].tolist(), strict=True):
        moves.setdefault(one, []).append(other)
    onward: dict[int, set[int]] = {}
    cheap = {one for places in moves.values() for one in places if scan.price[one] == 0}
    for one in sorted(moves, reverse=True):
        home = int(scan.seat[one])
        lower = {other for other in moves[one] if other < home}
        if lower and _leads_to(home, lower, onward, cheap, scan):
            name = scan.question.families[one]
            yield f"The family “{name}” could have a lower supporter id at the same score."
            return
        onward.setdefault(home, set()).update(moves[one])


def _rings(scan: Scan, family: Whole, supporter: Whole) -> Whole:
    """Equal numbers for supporters between whom moves lead there and back; no other move matters."""
    pool = len(scan.price)
    spare = np.flatnonzero(scan.taken < scan.question.room)
    cheap = np.flatnonzero(scan.price == 0)
    rows = np.concatenate((scan.seat[family], spare, np.full(len(cheap), pool)))
    columns = np.concatenate((supporter, np.full(len(spare), pool), cheap))
    shape = (pool + 1, pool + 1)
    graph = coo_array((np.ones(len(rows), np.int8), (rows, columns)), shape=shape)
    ring: Whole = connected_components(graph, connection="strong")[1]
    return ring


def _leads_to(
    home: int, start: set[int], onward: dict[int, set[int]], cheap: set[int], scan: Scan
) -> bool:
    seen = set(start)
    waiting = list(start)
    pooled = False
    while waiting:
        one = waiting.pop()
        new = onward.get(one, set()) - seen
        # A free place may be given up here for a free place anywhere else that costs nothing.
        if scan.taken[one] < scan.question.room[one] and not pooled:
            pooled = True
            if scan.price[home] == 0:
                return True
            new = new | (cheap - seen)
        if home in new:
            return True
        seen |= new
        waiting.extend(new)
    return False
