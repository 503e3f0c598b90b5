"""What would change: two answers side by side, and the questions "what if they had more room?"

A newcomer would look for a quick estimate. There is none: whatever the change can reach is
paired again, exactly, and the two answers are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from matching.engine.islands import labels
from matching.engine.pairing import pair
from matching.engine.terms import Answer, Instance, Pair, Supporter


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
    sat = {one.seeking: one.supporter for one in before.pairs}
    sits = {one.seeking: one.supporter for one in after.pairs}
    return Difference(
        newly_placed=tuple(one for one in after.pairs if one.seeking not in sat),
        no_longer_placed=tuple(one for one in before.pairs if one.seeking not in sits),
        moved=tuple(
            Moved(one.seeking, sat[one.seeking], one.supporter)
            for one in after.pairs
            if sat.get(one.seeking, one.supporter) != one.supporter
        ),
        kept=sum(1 for one in after.pairs if sat.get(one.seeking) == one.supporter),
        score=after.score - before.score,
    )


def what_if(instance: Instance, answer: Answer, changed: Instance) -> Difference:
    """What the answer to `changed` has that `answer`, the answer to `instance`, had not.

    Families and supporters who share nobody with anything that changed keep what they have,
    so only the others are paired again; the result is as if all had been.
    """
    inside = _reached(instance, changed)
    before = tuple(one for one in answer.pairs if one.seeking in inside)
    after = pair(_only(changed, inside))
    score = sum(one.score for one in before)
    found = difference(replace(answer, pairs=before, score=score), after)
    return replace(found, kept=found.kept + len(answer.pairs) - len(before))


def with_capacity(instance: Instance, capacity: Mapping[str, int]) -> Instance:
    """The same round with other room for some supporters, by id.

    Raises `KeyError` for somebody who is not listed, and `InstanceError` when the room is not
    a whole number or less than what is locked.
    """
    unknown = capacity.keys() - {one.id for one in instance.supporters}
    if unknown:
        raise KeyError(min(unknown))
    return replace(
        instance,
        supporters=tuple(
            replace(one, capacity=capacity.get(one.id, one.capacity)) for one in instance.supporters
        ),
    )


def with_extra(instance: Instance, supporter: Supporter, scores: Mapping[str, int]) -> Instance:
    """The same round with one supporter more; `scores` says which families they could have.

    Raises `InstanceError` for an id that is taken, or a family that is not listed.
    """
    more = tuple(Pair(family, supporter.id, score) for family, score in scores.items())
    return replace(
        instance, supporters=(*instance.supporters, supporter), pairs=instance.pairs + more
    )


def _reached(instance: Instance, changed: Instance) -> set[str]:
    """The families of every island, before or after, in which anything differs."""
    pairs = set(instance.pairs) ^ set(changed.pairs)
    helpers = {one.id for one in set(instance.supporters) ^ set(changed.supporters)}
    helpers |= {one.supporter for one in pairs}
    waiting = {one.id for one in set(instance.seeking) ^ set(changed.seeking)}
    waiting |= {one.seeking for one in pairs}
    both = (instance, changed)
    families = _numbered(one.id for round_ in both for one in round_.seeking)
    seats = _numbered(one.id for round_ in both for one in round_.supporters)
    ends = [
        (families[one.seeking], seats[one.supporter]) for round_ in both for one in round_.pairs
    ]
    rows, columns = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    of_family, of_seat = labels(rows, columns, families=len(families), supporters=len(seats))
    touched = {int(of_family[families[one]]) for one in waiting}
    touched |= {int(of_seat[seats[one]]) for one in helpers}
    return {one for one, at in families.items() if int(of_family[at]) in touched}


def _numbered(ids: Iterable[str]) -> dict[str, int]:
    return {one: at for at, one in enumerate(dict.fromkeys(ids))}


def _only(instance: Instance, families: Collection[str]) -> Instance:
    return replace(
        instance,
        seeking=tuple(one for one in instance.seeking if one.id in families),
        pairs=tuple(one for one in instance.pairs if one.seeking in families),
    )
