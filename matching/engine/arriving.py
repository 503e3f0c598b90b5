"""A newcomer in a running round: the answer as if it had been asked again, found along one path.

A reader new to this would fit the new family in beside the old answer. Its turn may come before
others', so it may take a place from the last of those it competes with; then the others make room
along one cheapest path, and ties are settled again where a tie has changed, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matching.engine.board import Board, Whole, board_of
from matching.engine.optimum import fits_integers
from matching.engine.pairing import told
from matching.engine.seating import Table
from matching.engine.terms import Answer, Instance, InstanceError, Pair, Seeking
from matching.engine.ties import settle
from matching.engine.waiting import NEVER, NOBODY, Served, gives_way


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
    board = board_of(asked)
    family = board.families.index(newcomer.id)
    seats, closed, prices = _numbered(board, answer)
    last, closed = gives_way(board, Served(seats, closed), family)
    if last != family:
        seats, prices = _seated(board, (seats, prices), family, last)
    return asked, told(board, Served(seats, closed), _made(asked, board, seats), prices)


def _numbered(board: Board, answer: Answer) -> tuple[Whole, Whole, Whole]:
    """(seats, closed, prices) of an answer, on a board that may know more families."""
    turn = {one: at for at, one in enumerate(board.families)}
    place = {one: at for at, one in enumerate(board.supporters)}
    seats = np.full(len(turn), NOBODY, dtype=np.int64)
    for one in answer.pairs:
        seats[turn[one.seeking]] = place[one.supporter]
    closed = np.full(len(place), NEVER, dtype=np.int64)
    for supporter, family in answer.closed:
        closed[place[supporter]] = turn[family]
    prices = np.zeros(len(place), dtype=np.int64 if fits_integers(board) else object)
    for supporter, price in answer.prices:
        prices[place[supporter]] = price
    return seats, closed, prices


def _seated(
    board: Board, before: tuple[Whole, Whole], family: int, last: int
) -> tuple[Whole, Whole]:
    """(seats, prices) with one family more, and without `last` where that is anybody."""
    table = Table(board, *before)
    if last == NOBODY:
        table.insert(family)
    else:
        table.exchange(family, last)
    seats = np.array(table.seat, dtype=np.int64)
    prices = np.array(table.prices, dtype=before[1].dtype)
    return settle(board, seats, prices, since=before), prices


def _made(asked: Instance, board: Board, seats: Whole) -> tuple[Pair, ...]:
    """The pairs of these seats in turn, each as the question lists it."""
    placed = np.flatnonzero(seats != NOBODY).tolist()
    sits = {board.families[one]: board.supporters[seats[one]] for one in placed}
    made = {one.seeking: one for one in asked.pairs if sits.get(one.seeking) == one.supporter}
    return tuple(made[board.families[one]] for one in placed)
