"""A round over a whole area, from people to a certified answer, however many they are.

A newcomer would score every pair and hand them all to the solver. A county has a hundred million:
the best few of each family are kept at first, and the answer's own prices say which of the others
could matter. Those are fetched and the round is solved again, until none is left: the answer is the one
that all pairs would give.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.engine import sweep
from matching.engine.board import Whole
from matching.engine.cores import in_order
from matching.engine.eligibility import admissible
from matching.engine.scoring import totals
from matching.engine.tables import Tables, tabulate
from matching.engine.terms import SeekingProfile, SupporterProfile, Weights
from matching.engine.terms.questions import Pairs

# Pairs looked at together: what is needed for these takes about 50 MB.
AT_ONCE = 500_000
Two = tuple[str, str]
# What is being done, in words; how much of it, and out of how much.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """Who seeks and who helps in an area, and what people decided about pairs of them.

    The rows of `tables` are the numbers of a `Question`: families by turn, supporters by id.
    `decided[f]` is the supporter whom a person chose for family f, or -1; `forbidden` holds
    pairs as family times the number of supporters plus supporter, sorted.
    """

    tables: Tables
    weights: Weights
    on: date
    planned_end_on: date
    decided: Whole
    forbidden: Whole

    @property
    def families(self) -> Sequence[str]:
        """Ids in the order of turns."""
        return self.tables.seeking.ids

    @property
    def supporters(self) -> Sequence[str]:
        """Ids in their own order."""
        return self.tables.supporters.ids

    @property
    def room(self) -> Whole:
        """How many more families each supporter has room for."""
        people = self.tables.supporters
        left: Whole = np.maximum(people.capacity - people.linked, 0)
        return left

    def every_pair(self) -> Iterator[Pairs]:
        """Every pair that may be, by `sweep` and not by the solver's index."""
        parts = sweep.every_pair(self.tables, most_pairs=AT_ONCE)
        yield from in_order(lambda part: self.scored(*part), parts)

    def against(self, seeking: str, supporter: str) -> str:
        """Why a pair may not be, as the end of a sentence."""
        known = seeking in self.families and supporter in self.supporters
        if known:
            code = self.families.index(seeking) * len(self.supporters)
            code += self.supporters.index(supporter)
            known = code in self.forbidden.tolist()
        return "was forbidden." if known else "is not one that may be."

    def scored(self, family: Whole, supporter: Whole) -> Pairs:
        """Those of these pairs that may be, with their scores."""
        may = self.may(family, supporter)
        family, supporter = family[may], supporter[may]
        return family, supporter, totals(self.tables, family, supporter, self.weights)

    def may(self, family: Whole, supporter: Whole) -> Whole:
        """Where among these pairs those stand that may be."""
        may = admissible(
            self.tables, family, supporter, on=self.on, planned_end_on=self.planned_end_on
        )
        if len(self.forbidden):
            may &= ~np.isin(family * len(self.supporters) + supporter, self.forbidden)
        own = self.decided[family]
        may &= (own < 0) | (own == supporter)
        return np.flatnonzero(may)


def area_of(
    seeking: Sequence[SeekingProfile],
    supporters: Sequence[SupporterProfile],
    *,
    waiting_days: Mapping[str, int],
    weights: Weights,
    on: date,
    planned_end_on: date,
    own: Mapping[str, str] | None = None,
    locked: Collection[Two] = (),
    forbidden: Collection[Two] = (),
) -> Area:
    """The area of these people; the order in which they are listed does not matter.

    `own` names for supporters that are families the id of that family. `locked` and `forbidden`
    are (family id, supporter id). Raises ValueError for ids that stand twice and for two locks
    of one family.
    """
    kept = dict(locked)
    if len(kept) < len(set(locked)):
        raise ValueError("A family can have one locked pair only.")
    in_turn = sorted(seeking, key=lambda one: (one.id not in kept, -waiting_days[one.id], one.id))
    by_id = sorted(supporters, key=lambda one: one.id)
    place = {one.id: at for at, one in enumerate(by_id)}
    turn = {one.id: at for at, one in enumerate(in_turn)}
    known = [(one, other) for one, other in set(forbidden) if one in turn and other in place]
    return Area(
        tables=tabulate(in_turn, by_id, own=own),
        weights=weights,
        on=on,
        planned_end_on=planned_end_on,
        decided=np.array([place[kept[one.id]] if one.id in kept else -1 for one in in_turn], int),
        forbidden=np.sort(
            np.array([turn[one] * len(place) + place[other] for one, other in known], int)
        ),
    )
