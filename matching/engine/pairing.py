"""The fairest good answer to a round, exactly, in the order of the four rules.

1. As many families placed as possible. 2. Nobody who could be placed is passed over for
somebody later in turn. 3. On that set the highest total score. 4. Ties by ids alone.

A newcomer would look for a weight between placing and scoring. There is none: each rule only
chooses among what the rules before it left open.
"""

from __future__ import annotations

import numpy as np

from matching.engine.board import Board, Whole, board, board_of
from matching.engine.optimum import EXACT_FLOAT, best_seats
from matching.engine.terms import Answer, Instance, Pair
from matching.engine.ties import settle
from matching.engine.waiting import NEVER, NOBODY, Served, serve_in_turn


def pair(instance: Instance) -> Answer:
    """The one answer to `instance`; the order in which its parts are listed does not matter."""
    asked = board_of(instance)
    served = serve_in_turn(asked)
    placed = np.flatnonzero(served.seat != NOBODY)
    island = asked.only(placed)
    best, prices = best_seats(island)
    seats = settle(island, best, prices)
    by_ids = {(one.seeking, one.supporter): one for one in instance.admissible()}
    made = tuple(
        by_ids[asked.families[family], asked.supporters[seat]]
        for family, seat in zip(placed.tolist(), seats.tolist(), strict=True)
    )
    return told(asked, served, made, prices)


def told(asked: Board, served: Served, made: tuple[Pair, ...], prices: Whole) -> Answer:
    """The answer by ids, with what proves it."""
    closed = np.flatnonzero(served.closed != NEVER).tolist()
    return Answer(
        pairs=made,
        score=sum(one.score for one in made),
        unplaced=tuple(asked.families[one] for one in np.flatnonzero(served.seat == NOBODY)),
        prices=tuple((asked.supporters[one], int(prices[one])) for one in np.flatnonzero(prices)),
        closed=tuple(
            (asked.supporters[one], asked.families[int(served.closed[one])]) for one in closed
        ),
    )


def cost_of_waiting_order(instance: Instance, answer: Answer) -> int:
    """How many points more the same number of families could score if rule 2 did not hold."""
    asked = board_of(instance)
    if not len(asked.supporter):
        return 0
    locked = {one.seeking for one in instance.pairs if one.locked}
    free = [at for at, one in enumerate(asked.families) if one not in locked]
    # Staying out is a seat of one's own, worth too little for a set that is not the largest.
    bonus = 1 + len(asked.families) * int(asked.score.max())
    scores = np.concatenate((asked.score.astype(object) + bonus, np.zeros(len(free), object)))
    fits = 2 * bonus < EXACT_FLOAT
    freed = board(
        asked.families,
        (*asked.supporters, *(f"outside {one}" for one in free)),
        np.concatenate((asked.room, np.ones(len(free), np.int64))),
        np.concatenate((asked.family, np.array(free, np.int64))),
        np.concatenate((asked.supporter, len(asked.supporters) + np.arange(len(free)))),
        scores.astype(np.int64) if fits else scores,
    )
    seats, _ = best_seats(freed)
    chosen = freed.supporter == seats[freed.family]
    inside = chosen & (freed.supporter < len(asked.supporters))
    return int(freed.score[inside].sum()) - bonus * int(inside.sum()) - answer.score
