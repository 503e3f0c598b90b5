"""Every answer there is, tried for thousands of rounds up to six by six; and proofs for rounds too large to try.

A newcomer would trust that a solver right on five families is right on six. Here each is compared with the
best of all answers, ranked by the four rules as they are written down.
"""

from __future__ import annotations

import random
from functools import cache

import pytest

from bench.counties import END, ON, profiles
from matching.engine.area import area_of
from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.solving import pair_area
from matching.engine.terms import Instance, Pair, Seeking, Supporter, Weights
from tests.matching.engine.rounds import said

ROUNDS_A_SEED = 150
Rank = tuple[int, tuple[bool, ...], int, tuple[int, ...]]


def made_up(chance: random.Random) -> Instance:
    """Up to six families and six supporters with room for 0 to 3; scarcity, ties, locks and bans are common."""
    families, supporters = chance.randint(0, 6), chance.randint(0, 6)
    room = [chance.choice([0, 1, 1, 1, 2, 3]) for _ in range(supporters)]
    most, density = chance.choice([0, 2, 9, 2000]), chance.choice([0.3, 0.6, 1.0])
    left, pairs = list(room), []
    for family in range(families):
        kept = False
        for other in range(supporters):
            if chance.random() >= density:
                continue
            locked = not kept and left[other] > 0 and chance.random() < 0.04
            kept = kept or locked
            left[other] -= locked
            forbidden = not locked and chance.random() < 0.08
            score = chance.randint(0, most)
            pairs.append(Pair(f"s{family}", f"h{other}", score, locked=locked, forbidden=forbidden))
    chance.shuffle(pairs)
    return Instance(
        tuple(Seeking(f"s{n}", chance.randint(0, 3)) for n in range(families)),
        tuple(Supporter(f"h{n}", places) for n, places in enumerate(room)),
        tuple(pairs),
    )


def best_of_all(instance: Instance) -> list[tuple[str, str]]:
    """The highest ranked of all answers: most placed, then by turn, then by score, then by supporters' ids.

    Tries every supporter for every family in turn; answers that leave the same room are tried on once.
    """
    kept = {one.seeking for one in instance.pairs if one.locked}
    turns = sorted(
        instance.seeking, key=lambda one: (one.id not in kept, -one.waiting_days, one.id)
    )
    number = {one.id: at for at, one in enumerate(instance.supporters)}
    choices = [
        [
            (number[one.supporter], one.score)
            for one in instance.pairs
            if one.seeking == family.id
            and not one.forbidden
            and (one.locked or family.id not in kept)
        ]
        for family in turns
    ]

    @cache
    def best(at: int, room: tuple[int, ...]) -> Rank:
        if at == len(turns):
            return 0, (), 0, ()
        placed, whom, score, seats = best(at + 1, room)
        # No seat ranks below every seat; of two seats the lower id ranks above.
        found: Rank = placed, (False, *whom), score, (-len(room), *seats)
        for other, points in choices[at]:
            if room[other]:
                after = (*room[:other], room[other] - 1, *room[other + 1 :])
                placed, whom, score, seats = best(at + 1, after)
                found = max(found, (placed + 1, (True, *whom), score + points, (-other, *seats)))
        return found

    _, whom, _, seats = best(0, tuple(one.capacity for one in instance.supporters))
    return [
        (family.id, f"h{-seat}")
        for family, placed, seat in zip(turns, whom, seats, strict=True)
        if placed
    ]


@pytest.mark.parametrize("seed", range(20))
def test_it_finds_the_best_of_all_answers_up_to_six_by_six(seed):
    chance = random.Random(seed)
    for _ in range(ROUNDS_A_SEED):
        instance = made_up(chance)
        answer = pair(instance)
        assert said(answer.pairs) == best_of_all(instance)
        assert certify(instance, answer).findings == []


@pytest.mark.parametrize("room", [(1, 3), (1, 1)])
def test_it_proves_a_county_over_all_its_pairs(room):
    seeking, helping, waiting = profiles(3_000, 3_000, 8, seed=7, room=room)
    area = area_of(
        seeking,
        helping,
        waiting_days={one.id: int(days) for one, days in zip(seeking, waiting, strict=True)},
        weights=Weights(),
        on=ON,
        planned_end_on=END,
    )
    answer = pair_area(area)
    certificate = certify(area, answer)
    assert certificate.findings == []
    assert certificate.compared > 100 * len(seeking)
    assert certificate.bound == answer.score
