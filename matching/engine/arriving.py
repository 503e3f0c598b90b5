"""A newcomer in a running round: the answer as if it had been asked again, without asking everything again.

A reader new to this would fit the new family in beside the old answer. Its turn may come before others', and one
family that moves can move the next: so all that it could touch is solved again, and only that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from matching.engine.board import board_of
from matching.engine.islands import around
from matching.engine.pairing import pair
from matching.engine.terms import Answer, Instance, InstanceError, Pair, Seeking

Told = TypeVar("Told")


def arrive(
    instance: Instance, answer: Answer, newcomer: Seeking, pairs: Iterable[Pair]
) -> tuple[Instance, Answer]:
    """The question with one more family, whose `pairs` these are, and its answer: what `pair` would give.

    `answer` must be `pair(instance)`. Raises InstanceError when the newcomer is there already or
    a pair is not its own.
    """
    theirs = tuple(pairs)
    if any(one.seeking != newcomer.id for one in theirs):
        raise InstanceError("Every pair of a newcomer must be the newcomer’s own.")
    asked = Instance((*instance.seeking, newcomer), instance.supporters, (*instance.pairs, *theirs))
    touched = _touched(asked, newcomer)
    return asked, _merged(asked, answer, pair(_only(asked, touched)), touched)


def _touched(asked: Instance, newcomer: Seeking) -> set[str]:
    """The ids of the families on the newcomer's island, itself among them."""
    board = board_of(asked)
    turn = board.families.index(newcomer.id)
    return {newcomer.id, *(board.families[family] for family in around(board, turn))}


def _only(asked: Instance, families: set[str]) -> Instance:
    pairs = tuple(one for one in asked.pairs if one.seeking in families)
    named = {one.supporter for one in pairs}
    return Instance(
        tuple(one for one in asked.seeking if one.id in families),
        tuple(one for one in asked.supporters if one.id in named),
        pairs,
    )


def _merged(asked: Instance, before: Answer, island: Answer, touched: set[str]) -> Answer:
    """The island's new answer in place of its old one, everything in turn and by id again."""
    turn = {one.id: at for at, one in enumerate(asked.turns())}
    redone = {one.supporter for one in asked.admissible() if one.seeking in touched}
    pairs = [one for one in before.pairs if one.seeking not in touched] + list(island.pairs)
    return replace(
        before,
        pairs=tuple(sorted(pairs, key=lambda one: turn[one.seeking])),
        score=sum(one.score for one in pairs),
        unplaced=tuple(
            sorted(
                {*(one for one in before.unplaced if one not in touched), *island.unplaced},
                key=turn.__getitem__,
            )
        ),
        prices=_beside(before.prices, island.prices, redone),
        closed=_beside(before.closed, island.closed, redone),
    )


def _beside(
    before: Sequence[tuple[str, Told]], island: Sequence[tuple[str, Told]], redone: set[str]
) -> tuple[tuple[str, Told], ...]:
    kept = [one for one in before if one[0] not in redone]
    return tuple(sorted([*kept, *island], key=lambda one: one[0]))
