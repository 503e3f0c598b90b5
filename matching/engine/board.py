"""A round in numbers: families in turn, supporters by id, every pair that may be, as arrays.

A newcomer would let the solver look things up by id. Ids are text and a county has millions of
pairs: here a family is its turn and a supporter its place among the sorted ids, once for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine.terms import Instance

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Board:
    """Family f may sit with `supporter[start[f]:start[f + 1]]`, ascending, at the `score` beside each.

    `families` and `supporters` are ids by number. `room[s]` is never more than the number of
    families who could sit there, so that room for a million costs nothing.
    """

    families: tuple[str, ...]
    supporters: tuple[str, ...]
    room: Whole
    start: Whole
    supporter: Whole
    score: Whole

    @property
    def family(self) -> Whole:
        """The family of each pair, beside `supporter` and `score`."""
        return np.repeat(np.arange(len(self.families)), np.diff(self.start))

    def only(self, families: Whole) -> Board:
        """The board of these families alone, in the order given; supporters keep their numbers."""
        pairs, start = runs(self.start, families)
        return Board(
            tuple(self.families[family] for family in families),
            self.supporters,
            self.room,
            start,
            self.supporter[pairs],
            self.score[pairs],
        )


def board_of(instance: Instance) -> Board:
    """The instance in numbers; in whatever order it was listed, the board is the same."""
    families = tuple(family.id for family in instance.turns())
    by_id = sorted(instance.supporters, key=lambda one: one.id)
    turn = {one: at for at, one in enumerate(families)}
    place = {one.id: at for at, one in enumerate(by_id)}
    pairs = instance.admissible()
    count = len(pairs)
    return board(
        families,
        tuple(one.id for one in by_id),
        np.fromiter((one.capacity for one in by_id), np.int64, len(by_id)),
        np.fromiter((turn[pair.seeking] for pair in pairs), np.int64, count),
        np.fromiter((place[pair.supporter] for pair in pairs), np.int64, count),
        np.fromiter((pair.score for pair in pairs), np.int64, count),
    )


def board(
    families: Sequence[str],
    supporters: Sequence[str],
    room: Whole,
    family: Whole,
    supporter: Whole,
    score: Whole,
) -> Board:
    """A board from its pairs in any order: `family[k]` may sit with `supporter[k]` at `score[k]`."""
    order = np.lexsort((supporter, family))
    asked = np.bincount(supporter, minlength=len(supporters))
    many = np.bincount(family, minlength=len(families))
    return Board(
        tuple(families),
        tuple(supporters),
        np.minimum(room, asked),
        np.concatenate(([0], np.cumsum(many))),
        supporter[order],
        score[order],
    )


def runs(start: Whole, chosen: Whole) -> tuple[Whole, Whole]:
    """(where the entries of these rows stand, where each row begins among them)."""
    lengths = start[chosen + 1] - start[chosen]
    begins = np.concatenate(([0], np.cumsum(lengths)))
    shift = np.repeat(start[chosen] - begins[:-1], lengths)
    return np.arange(begins[-1]) + shift, begins
