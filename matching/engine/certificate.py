"""Checks an answer from scratch, by another route than the one that found it.

A newcomer would import the solver to compare. This file must never share code with it: it
(and `proofs.py`) only know what a question and an answer are, so that one mistake cannot hide the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching.engine.proofs import Scan, placed_fairly, ties_settled
from matching.engine.terms import Answer, Instance
from matching.engine.terms.questions import Listed, Question

VERSION = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: `code` for programs, `words` for people."""

    code: str
    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the second check found. `bound` is the highest score the prices allow, if known;
    `compared` how many pairs that may be were looked at: all there are."""

    checks: tuple[Check, ...]
    bound: int | None = None
    prices: tuple[tuple[str, int], ...] = ()
    compared: int = 0

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
            "compared": self.compared,
        }


def certify(asked: Instance | Question, answer: Answer) -> Certificate:
    """Check that the answer is possible, then each of the four rules, trusting nothing in it."""
    question = Listed(asked) if isinstance(asked, Instance) else asked
    broken = [*_overfull(question, answer), *_badly_told(question, answer)]
    prices = _prices(question, answer)
    scan = Scan(question, answer, {} if prices is None else prices)
    for pairs in question.every_pair():
        scan.look_at(pairs)
    broken += [*scan.impossible(), *_not_kept(question, answer)]
    if broken:
        return Certificate(tuple(_wrong("possible", words) for words in broken))
    words = "Every pair is allowed, and nobody has more than they have room for."
    checks = [_right("possible", words), *_fairly(scan)]
    if prices is None:
        wrong = "The prices that should prove the score are not whole numbers of listed supporters."
        return Certificate((*checks, _wrong("score", wrong)), compared=scan.compared)
    bound = scan.bound()
    checks += _score(scan, bound)
    return Certificate(tuple(checks), bound, answer.prices, scan.compared)


def _right(code: str, words: str) -> Check:
    return Check(code, holds=True, words=words)


def _wrong(code: str, words: str) -> Check:
    return Check(code, holds=False, words=words)


def _named(seeking: str, supporter: str) -> str:
    return f"“{seeking}” with “{supporter}”"


def _overfull(question: Question, answer: Answer) -> Iterable[str]:
    for family, times in Counter(pair.seeking for pair in answer.pairs).items():
        if times > 1:
            yield f"The family “{family}” is placed {times} times."
    taken = Counter(pair.supporter for pair in answer.pairs)
    for one, room in zip(question.supporters, question.room.tolist(), strict=True):
        if taken[one] > room:
            yield f"Supporter “{one}” has room for {room}, not {taken[one]}."


def _badly_told(question: Question, answer: Answer) -> Iterable[str]:
    if answer.score != sum(pair.score for pair in answer.pairs):
        yield "The score is not the sum of the pairs’ scores."
    placed = {pair.seeking for pair in answer.pairs}
    if [pair.seeking for pair in answer.pairs] != [
        one for one in question.families if one in placed
    ]:
        yield "The pairs do not stand in the order of the families’ turns."
    if list(answer.unplaced) != [one for one in question.families if one not in placed]:
        yield "The unplaced families are not exactly those without a pair, in turn."


def _not_kept(question: Question, answer: Answer) -> Iterable[str]:
    made = {(pair.seeking, pair.supporter) for pair in answer.pairs}
    for family, supporter in enumerate(question.decided.tolist()):
        if supporter >= 0:
            two = question.families[family], question.supporters[supporter]
            if two not in made:
                yield f"The locked pair {_named(*two)} was not kept."


def _prices(question: Question, answer: Answer) -> dict[str, int] | None:
    prices = dict(answer.prices)
    whole = all(type(price) is int and price >= 0 for price in prices.values())
    if (
        len(prices) != len(answer.prices)
        or not whole
        or not prices.keys() <= set(question.supporters)
    ):
        return None
    return prices


def _fairly(scan: Scan) -> list[Check]:
    left_out = [_wrong(code, words) for code, words in placed_fairly(scan)]
    count = f"{int((scan.seat >= 0).sum())} of {len(scan.seat)}"
    among = "Among the pairs that may be"
    if np.any(scan.question.decided >= 0):
        among += ", and after those that a person decided to keep"
    return left_out or [
        _right("placed", f"{among}, nobody more can be placed: {count} is the most there can be."),
        _right("waiting", f"{among}, nobody was passed over for somebody who waited less."),
    ]


def _score(scan: Scan, bound: int) -> list[Check]:
    score = scan.answer.score
    if bound != score:
        return [
            _wrong("score", f"The prices allow a score of {bound}, but the answer has {score}.")
        ]
    best = f"No other way of pairing them scores more than {bound:,}."
    uneven = [_wrong("ties", words) for words in ties_settled(scan)]
    even = _right("ties", "Where two answers were equally good, a fixed order decided.")
    return [_right("score", best), *(uneven or [even])]
