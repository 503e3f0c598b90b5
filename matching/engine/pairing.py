"""The fairest good answer to a round, exactly, in the order of the four rules.

1. As many families placed as possible. 2. Nobody who could be placed is passed over for
somebody later in turn. 3. On that set the highest total score. 4. Ties by ids alone.

A newcomer would look for a weight between placing and scoring. There is none: each rule only
chooses among what the rules before it left open.
"""

from __future__ import annotations

from matching.engine.islands import Island, split
from matching.engine.optimum import best_seats
from matching.engine.terms import Answer, Instance, Pair
from matching.engine.ties import settle
from matching.engine.waiting import serve_in_turn


def pair(instance: Instance) -> Answer:
    """The one answer to `instance`; the order in which its parts are listed does not matter."""
    chosen: dict[str, Pair] = {}
    prices: list[tuple[str, int]] = []
    for island in split(instance):
        pairs, island_prices = _pair_island(island)
        chosen.update({one.seeking: one for one in pairs})
        prices.extend(island_prices)
    turns = instance.turns()
    pairs_in_turn = tuple(chosen[one.id] for one in turns if one.id in chosen)
    return Answer(
        pairs=pairs_in_turn,
        score=sum(one.score for one in pairs_in_turn),
        unplaced=tuple(one.id for one in turns if one.id not in chosen),
        prices=tuple(sorted(prices)),
    )


def cost_of_waiting_order(instance: Instance, answer: Answer) -> int:
    """How many points more the same number of families could score if rule 2 did not hold."""
    return sum(_best_without_turns(island) for island in split(instance)) - answer.score


def _pair_island(island: Island) -> tuple[list[Pair], list[tuple[str, int]]]:
    placed = _placed(island)
    scores = island.scores()
    placed_scores = [scores[family] for family in placed]
    seats, prices = best_seats(placed_scores, island.room)
    seats = settle(seats, prices, placed_scores, island.room)
    pairs = [island.pairs[family][seat] for family, seat in zip(placed, seats, strict=True)]
    named = zip(island.supporters, prices, strict=True)
    return pairs, [(supporter, price) for supporter, price in named if price]


def _placed(island: Island) -> list[int]:
    reach = [sum(1 << supporter for supporter in pairs) for pairs in island.pairs]
    seats = serve_in_turn(reach, island.room)
    return [family for family, seat in enumerate(seats) if seat is not None]


def _best_without_turns(island: Island) -> int:
    """The highest score of any largest placed set: staying out is a seat worth far too little."""
    scores = island.scores()
    bonus = 1 + sum(max(row.values()) for row in scores)
    room = list(island.room)
    rows: list[dict[int, int]] = []
    for row, pairs in zip(scores, island.pairs, strict=True):
        raised = {supporter: score + bonus for supporter, score in row.items()}
        if not any(one.locked for one in pairs.values()):
            raised[len(room)] = 0
            room.append(1)
        rows.append(raised)
    seats, _ = best_seats(rows, room)
    inside = [(f, s) for f, s in enumerate(seats) if s < len(island.room)]
    return sum(scores[family][supporter] for family, supporter in inside)
