"""Up to three supporters for each family to choose from, spread so that nobody is on every list.

A newcomer would take each family's three highest scores. Then the best-liked supporter stands
on thirty lists and lets twenty-nine families down.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from matching.engine.spreading import Spread, best_spread
from matching.engine.terms import Answer, Instance, Pair


def shortlists(
    instance: Instance, answer: Answer, *, longest: int = 3, most: int = 4
) -> dict[str, list[str]]:
    """For each family in turn the supporters to show it, the round's pair first.

    `longest` is how many a list may hold; `most` on how many lists a supporter may stand. The
    round's own pairs are always shown, even where capacity is more than `most`. All further
    places on all lists are filled together: the highest total score there is; of those totals
    the one with the most names; then the first family in turn gets the lowest supporter id
    it has in any such answer, then its next, then the second family. There is exactly one
    such answer. A list goes on after its first by score, highest first, then by id.

    A family the round could not place has an empty list: everybody it could meet is taken. A
    family whose pair a person locked keeps that one only.
    """
    if longest < 1 or most < 1:
        raise ValueError("A shortlist needs room for at least one supporter.")
    own = {pair.seeking: pair.supporter for pair in answer.pairs}
    lists = {family.id: [own[family.id]] if family.id in own else [] for family in instance.turns()}
    further: dict[str, list[Pair]] = {}
    if longest > 1:
        for pair in _chosen(instance, own, longest - 1, most):
            further.setdefault(pair.seeking, []).append(pair)
    for family, pairs in further.items():
        pairs.sort(key=lambda pair: (-pair.score, pair.supporter))
        lists[family].extend(pair.supporter for pair in pairs)
    return lists


def _chosen(instance: Instance, own: dict[str, str], places: int, most: int) -> list[Pair]:
    """The pairs for all further places, `places` a family."""
    shown = Counter(own.values())
    # A supporter who is full from before the round has no place to offer anybody.
    left = {one.id: most - shown[one.id] for one in instance.supporters if one.capacity}
    pairs = [
        pair
        for pair in instance.admissible()
        if not pair.locked
        and left.get(pair.supporter, 0) > 0
        and own.get(pair.seeking, pair.supporter) != pair.supporter
    ]
    if not pairs:
        return []
    families = [family.id for family in instance.turns()]
    supporters = sorted(left)
    # Nobody can be on more lists than there are, however large a number was asked for.
    most = min(max(left.values()), len(families))
    places = min(places, len(supporters))
    turn = {family: at for at, family in enumerate(families)}
    number = {supporter: at for at, supporter in enumerate(supporters)}
    pairs.sort(key=lambda pair: (turn[pair.seeking], number[pair.supporter]))
    chosen = best_spread(
        Spread(
            np.array([turn[pair.seeking] for pair in pairs]),
            np.array([number[pair.supporter] for pair in pairs]),
            np.array([pair.score for pair in pairs], dtype=object),
            np.full(len(families), places),
            np.array([min(max(0, left[supporter]), most) for supporter in supporters]),
        )
    )
    return [pair for pair, taken in zip(pairs, chosen, strict=True) if taken]
