"""Checks an answer from scratch, by another route than the one that found it.

A newcomer would import the solver to compare. This file must never share code with it: it
only knows what an instance and an answer are, so that one mistake cannot hide the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from matching.engine.terms import Answer, Instance, Pair

VERSION = 1


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: `code` for programs, `words` for people."""

    code: str
    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the second check found. `bound` is the highest score the prices allow, if known."""

    checks: tuple[Check, ...]
    bound: int | None = None
    prices: tuple[tuple[str, int], ...] = ()

    @property
    def holds(self) -> bool:
        """True when everything was checked and nothing was wrong."""
        return all(check.holds for check in self.checks)

    @property
    def findings(self) -> list[str]:
        """What is wrong, a sentence each; empty when the answer holds."""
        return [check.words for check in self.checks if not check.holds]

    def as_json(self) -> dict[str, object]:
        """Plain values for storing with the round."""
        return {
            "version": VERSION,
            "holds": self.holds,
            "findings": self.findings,
            "checks": [
                {"code": check.code, "holds": check.holds, "words": check.words}
                for check in self.checks
            ],
            "bound": self.bound,
            "prices": dict(self.prices),
        }


def certify(instance: Instance, answer: Answer) -> Certificate:
    """Check feasibility, then each of the four rules, trusting nothing in `answer`."""
    broken = [*_infeasible(instance, answer), *_badly_told(instance, answer)]
    if broken:
        return Certificate(tuple(_wrong("possible", words) for words in broken))
    round_ = _Round(instance, answer)
    possible = _right(
        "possible",
        "Every pair is one that may be, and nobody has more than they have room for.",
    )
    prices = _prices(answer, round_)
    if prices is None:
        wrong = "The prices that should prove the score are not whole numbers of listed supporters."
        return Certificate((possible, *_placed_fairly(round_), _wrong("score", wrong)))
    bound = _bound(round_, prices)
    checks = [possible, *_placed_fairly(round_), _score(answer, bound)]
    if bound == answer.score:
        checks.append(_ties(round_, prices))
    return Certificate(tuple(checks), bound, answer.prices)


def _right(code: str, words: str) -> Check:
    return Check(code, holds=True, words=words)


def _wrong(code: str, words: str) -> Check:
    return Check(code, holds=False, words=words)


def _infeasible(instance: Instance, answer: Answer) -> Iterable[str]:
    listed = {(pair.seeking, pair.supporter): pair for pair in instance.pairs}
    for pair in answer.pairs:
        known = listed.get((pair.seeking, pair.supporter))
        if known is None:
            yield f"The pair {_named(pair)} is not one that may be."
        elif known.forbidden:
            yield f"The pair {_named(pair)} was forbidden."
        elif known.score != pair.score:
            yield f"The pair {_named(pair)} scores {known.score}, not {pair.score}."
    yield from _overfull(instance, answer)
    made = {(pair.seeking, pair.supporter) for pair in answer.pairs}
    for pair in instance.pairs:
        if pair.locked and (pair.seeking, pair.supporter) not in made:
            yield f"The locked pair {_named(pair)} was not kept."


def _overfull(instance: Instance, answer: Answer) -> Iterable[str]:
    for family, times in Counter(pair.seeking for pair in answer.pairs).items():
        if times > 1:
            yield f"The family “{family}” is placed {times} times."
    taken = Counter(pair.supporter for pair in answer.pairs)
    for one in instance.supporters:
        if taken[one.id] > one.capacity:
            yield f"Supporter “{one.id}” has room for {one.capacity}, not {taken[one.id]}."


def _named(pair: Pair) -> str:
    return f"“{pair.seeking}” with “{pair.supporter}”"


def _badly_told(instance: Instance, answer: Answer) -> Iterable[str]:
    if answer.score != sum(pair.score for pair in answer.pairs):
        yield "The score is not the sum of the pairs’ scores."
    order = _order(instance)
    placed = {pair.seeking for pair in answer.pairs}
    if [pair.seeking for pair in answer.pairs] != [one for one in order if one in placed]:
        yield "The pairs do not stand in the order of the families’ turns."
    if list(answer.unplaced) != [one for one in order if one not in placed]:
        yield "The unplaced families are not exactly those without a pair, in turn."


def _order(instance: Instance) -> list[str]:
    kept = {pair.seeking for pair in instance.pairs if pair.locked}
    by_id = sorted(instance.seeking, key=lambda one: one.id)
    by_wait = sorted(by_id, key=lambda one: one.waiting_days, reverse=True)
    return [one.id for one in by_wait if one.id in kept] + [
        one.id for one in by_wait if one.id not in kept
    ]


class _Round:
    """The round as the checks below read it: everything by id, nothing by number."""

    def __init__(self, instance: Instance, answer: Answer) -> None:
        self.order = _order(instance)
        self.place = {family: at for at, family in enumerate(self.order)}
        self.capacity = {one.id: one.capacity for one in instance.supporters}
        self.seat: dict[str, Pair] = {pair.seeking: pair for pair in answer.pairs}
        self.unplaced = answer.unplaced
        own = {pair.seeking: pair for pair in instance.pairs if pair.locked}
        self.choices: dict[str, dict[str, int]] = {family: {} for family in self.order}
        for pair in instance.pairs:
            if not pair.forbidden and own.get(pair.seeking, pair) is pair:
                self.choices[pair.seeking][pair.supporter] = pair.score
        self.guests: dict[str, list[str]] = {one: [] for one in self.capacity}
        for pair in answer.pairs:
            self.guests[pair.supporter].append(pair.seeking)
        self.spare = {one: self.capacity[one] - len(self.guests[one]) for one in self.capacity}


def _placed_fairly(round_: _Round) -> list[Check]:
    """Rules 1 and 2 by a witness for each unplaced family.

    Its witness is the set of supporters closed under "could sit there" and "who sits there":
    if all are full and everybody there came earlier in turn, no answer that serves the earlier
    ones can serve this family too. All witnesses together: the set is the largest there is.
    """
    room: list[str] = []
    passed: list[str] = []
    reached: dict[frozenset[str], tuple[str | None, str | None]] = {}
    for family in round_.unplaced:
        start = frozenset(round_.choices[family])
        if start not in reached:
            reached[start] = _witness(round_, start)
        free, latest = reached[start]
        if free is not None:
            room.append(f"The family “{family}” could be placed: there is room with “{free}”.")
        elif latest is not None and round_.place[latest] > round_.place[family]:
            passed.append(
                f"The family “{family}” was passed over for “{latest}”, whose turn is later."
            )
    if room or passed:
        return [_wrong("placed", words) for words in room] + [
            _wrong("waiting", words) for words in passed
        ]
    count = f"{len(round_.seat)} of {len(round_.order)}"
    return [
        _right("placed", f"No answer places more families: {count} is the most there can be."),
        _right("waiting", "Nobody was passed over for a family that waited less."),
    ]


def _witness(round_: _Round, start: frozenset[str]) -> tuple[str | None, str | None]:
    """(a supporter with room, the latest family) among all that can be reached from `start`."""
    seen = set(start)
    waiting = sorted(start)
    latest = -1
    while waiting:
        supporter = waiting.pop()
        if round_.spare[supporter]:
            return supporter, None
        for guest in round_.guests[supporter]:
            latest = max(latest, round_.place[guest])
            new = round_.choices[guest].keys() - seen
            seen |= new
            waiting.extend(new)
    return None, round_.order[latest] if latest >= 0 else None


def _prices(answer: Answer, round_: _Round) -> dict[str, int] | None:
    prices = dict(answer.prices)
    whole = all(type(price) is int and price >= 0 for price in prices.values())
    if len(prices) != len(answer.prices) or not whole or not prices.keys() <= round_.spare.keys():
        return None
    return prices


def _bound(round_: _Round, prices: dict[str, int]) -> int:
    """No answer for the placed families can score more than this (weak duality).

    Whatever supporter a family sits with, its score is at most the price there plus the most
    it has anywhere after prices; and no price is paid more often than there is room.
    """
    after = sum(
        max(score - prices.get(one, 0) for one, score in round_.choices[family].items())
        for family in round_.seat
    )
    return after + sum(round_.capacity[one] * price for one, price in prices.items())


def _score(answer: Answer, bound: int) -> Check:
    if bound == answer.score:
        words = f"No answer for these families scores more than {bound}: the prices prove it."
        return _right("score", words)
    words = f"The prices allow a score of {bound}, but the answer has {answer.score}."
    return _wrong("score", words)


def _ties(round_: _Round, prices: dict[str, int]) -> Check:
    """Rule 4: no family could have a lower supporter id at the same score, earlier ones kept.

    Walks the families backwards, so that `onward` always holds the moves of later ones only.
    """
    onward: dict[str, set[str]] = {one: set() for one in round_.capacity}
    unpriced = {one for one in round_.capacity if not prices.get(one)}
    for family in reversed(round_.order):
        if family not in round_.seat:
            continue
        home = round_.seat[family].supporter
        level = round_.choices[family][home] - prices.get(home, 0)
        same = {s for s, v in round_.choices[family].items() if v - prices.get(s, 0) == level}
        lower = {one for one in same if one < home}
        if lower and _leads_to(home, lower, onward, unpriced, round_):
            words = f"The family “{family}” could have a lower supporter id at the same score."
            return _wrong("ties", words)
        onward[home] |= same
    return _right("ties", "Where answers were equally good, ids alone decided.")


def _leads_to(
    home: str,
    start: set[str],
    onward: dict[str, set[str]],
    unpriced: set[str],
    round_: _Round,
) -> bool:
    seen = set(start)
    waiting = list(start)
    pooled = False
    while waiting:
        one = waiting.pop()
        new = onward[one] - seen
        # A free place may be given up here for a free place anywhere else that costs nothing.
        if round_.spare[one] and not pooled:
            pooled = True
            new = new | (unpriced - seen)
        if home in new:
            return True
        seen |= new
        waiting.extend(new)
    return False
