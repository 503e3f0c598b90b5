"""What would change: two answers side by side, and the questions "what if they had more room?"

A newcomer would look for a quick estimate. There is none: the changed round is paired again,
exactly, and the two answers are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from matching.engine.terms import Answer, Pair


@dataclass(frozen=True, slots=True)
class Moved:
    """A family that is placed in both answers, with another supporter in the second."""

    seeking: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second answer has that the first had not, families in the order of turns.

    `newly_placed` are the pairs of families without a place before; `no_longer_placed` the
    pairs that families had before and now have none instead. A family that only one of the
    answers knows counts as without a place in the other. `kept` is how many families have
    the same supporter in both, and `score` how many points more the second scores in total;
    less than 0 when it scores fewer.
    """

    newly_placed: tuple[Pair, ...]
    no_longer_placed: tuple[Pair, ...]
    moved: tuple[Moved, ...]
    kept: int
    score: int

    @property
    def nothing(self) -> bool:
        """True when every family has what it had, at the same total."""
        return not (self.newly_placed or self.no_longer_placed or self.moved or self.score)


def difference(before: Answer, after: Answer) -> Difference:
    """Compare two answers, to the same round or to two rounds."""
    sat = {pair.seeking: pair.supporter for pair in before.pairs}
    sits = {pair.seeking: pair.supporter for pair in after.pairs}
    return Difference(
        newly_placed=tuple(pair for pair in after.pairs if pair.seeking not in sat),
        no_longer_placed=tuple(pair for pair in before.pairs if pair.seeking not in sits),
        moved=tuple(
            Moved(pair.seeking, sat[pair.seeking], pair.supporter)
            for pair in after.pairs
            if sat.get(pair.seeking, pair.supporter) != pair.supporter
        ),
        kept=sum(1 for pair in after.pairs if sat.get(pair.seeking) == pair.supporter),
        score=after.score - before.score,
    )
