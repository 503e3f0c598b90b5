"""A family at the door: whom it could meet, ranked and explained, without waiting for a round.

A newcomer would compare the family with every supporter of the county. The supporters are sorted by
place once; then only those within reach are looked at, however many live elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.engine.candidates import Index
from matching.engine.columns import Rows
from matching.engine.eligibility import admissible
from matching.engine.ranking import best_first
from matching.engine.scoring import scores, totals
from matching.engine.tables import TOO_FAR, Tables, tabulate
from matching.engine.terms import Pair, Score, SeekingProfile, SupporterProfile, Weights


@dataclass(frozen=True, slots=True)
class Offer:
    """A supporter whom the family could meet, and how well they suit, part by part."""

    supporter: str
    score: Score


class Reception:
    """The supporters of an area, ready for whoever arrives.

    `weights` is the programme's policy; link-ups would last from `on` to `planned_end_on`.
    """

    def __init__(
        self,
        supporters: Sequence[SupporterProfile],
        *,
        weights: Weights,
        on: date,
        planned_end_on: date,
    ) -> None:
        self._supporters = sorted(supporters, key=lambda one: one.id)
        self._row = {one.id: row for row, one in enumerate(self._supporters)}
        self._tables = tabulate([], self._supporters)
        self._index = Index(self._tables)
        self._weights, self._on, self._planned_end_on = weights, on, planned_end_on

    def shortlist(
        self, family: SeekingProfile, *, longest: int = 3, leaving_out: frozenset[str] = frozenset()
    ) -> list[Offer]:
        """The best for this family, the highest score first and then by id, with their words.

        `leaving_out`: ids of supporters not to be shown. Who is full, unchecked or too far is not among them.
        """
        near = [one for one in self._near(family) if one.id not in leaving_out]
        tables, j = self._admissible(family, near)
        i = np.zeros(len(j), dtype=np.int64)
        points = totals(tables, i, j, self._weights)
        best, _ = best_first(i, points, longest)
        told = scores(
            tables, i[best], j[best], weights=self._weights, seeking=[family], supporters=near
        )
        return [Offer(near[at].id, score) for at, score in zip(j[best].tolist(), told, strict=True)]

    def pairs(self, family: SeekingProfile) -> list[Pair]:
        """Every pair that the family may make, for `arriving.arrive`."""
        near = self._near(family)
        tables, j = self._admissible(family, near)
        points = totals(tables, np.zeros(len(j), dtype=np.int64), j, self._weights)
        return [
            Pair(family.id, near[at].id, score)
            for at, score in zip(j.tolist(), points.tolist(), strict=True)
        ]

    def _near(self, family: SeekingProfile) -> list[SupporterProfile]:
        index = self._index.seen_from(tabulate([family], []).seeking)
        _, found = index.within(np.zeros(1, dtype=np.int64))
        further = {
            self._row[one] for one, code in family.overruled if code == TOO_FAR and one in self._row
        }
        return [self._supporters[one] for one in sorted(further.union(found.tolist()))]

    def _admissible(
        self, family: SeekingProfile, near: Sequence[SupporterProfile]
    ) -> tuple[Tables, Rows]:
        tables = tabulate([family], near)
        j = np.arange(len(near))
        may = admissible(tables, j * 0, j, on=self._on, planned_end_on=self._planned_end_on)
        return tables, np.flatnonzero(may)
