"""A question as a second check reads it: numbers for ids, and every pair that may be, in pieces.

A newcomer would hand over the solver's own arrays. The point of a check is another route: who
asks for a certificate says here which pairs there are, all of them, kept by the solver or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.engine.terms.rounds import Instance

Whole = NDArray[np.int64]
# Family numbers, supporter numbers and scores, side by side.
Pairs = tuple[Whole, Whole, Whole]


class Question(Protocol):
    """Families by turn, supporters by id; the numbers below count from 0 in these orders."""

    @property
    def families(self) -> Sequence[str]:
        """Ids in the order of turns."""

    @property
    def supporters(self) -> Sequence[str]:
        """Ids in their own order."""

    @property
    def room(self) -> Whole:
        """How many families each supporter has room for."""

    @property
    def decided(self) -> Whole:
        """For each family the supporter a person decided on, or -1."""

    def every_pair(self) -> Iterator[Pairs]:
        """Every pair that may be, families ascending, each family's pairs within one piece."""

    def against(self, seeking: str, supporter: str) -> str:
        """The end of the sentence "The pair … with …" for a pair that may not be."""


class Listed:
    """An instance as a question, numbered on its own and not as the solver numbers it."""

    def __init__(self, instance: Instance) -> None:
        self.by_ids = {(pair.seeking, pair.supporter): pair for pair in instance.pairs}
        own = {pair.seeking: pair.supporter for pair in instance.pairs if pair.locked}
        by_id = sorted(instance.seeking, key=lambda one: one.id)
        by_wait = sorted(by_id, key=lambda one: one.waiting_days, reverse=True)
        self.families = [one.id for one in by_wait if one.id in own]
        self.families += [one.id for one in by_wait if one.id not in own]
        by_name = sorted(instance.supporters, key=lambda one: one.id)
        self.supporters = [one.id for one in by_name]
        self.room = np.array([one.capacity for one in by_name], np.int64)
        self.turn = {one: at for at, one in enumerate(self.families)}
        self.place = {one: at for at, one in enumerate(self.supporters)}
        decided = [self.place[own[one]] if one in own else -1 for one in self.families]
        self.decided = np.array(decided, np.int64)

    def every_pair(self) -> Iterator[Pairs]:
        """All pairs in one piece; none forbidden, and for a locked family only its own."""
        open_ = [pair for pair in self.by_ids.values() if not pair.forbidden]
        family = np.array([self.turn[pair.seeking] for pair in open_], np.int64)
        supporter = np.array([self.place[pair.supporter] for pair in open_], np.int64)
        score = np.array([pair.score for pair in open_], np.int64)
        may = (self.decided[family] == -1) | (self.decided[family] == supporter)
        family, supporter, score = family[may], supporter[may], score[may]
        order = np.argsort(family, kind="stable")
        yield family[order], supporter[order], score[order]

    def against(self, seeking: str, supporter: str) -> str:
        """Whether the pair was forbidden or never listed."""
        known = self.by_ids.get((seeking, supporter))
        return "was forbidden." if known and known.forbidden else "is not one that may be."
