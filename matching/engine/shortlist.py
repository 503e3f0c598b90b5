"""Up to three supporters for each family to choose from, spread so that nobody is on every list.

A newcomer would take each family's three highest scores. Then the best-liked supporter stands
on thirty lists and lets twenty-nine families down.
"""

from __future__ import annotations

from collections import Counter

from matching.engine.pairing import pair
from matching.engine.terms import Answer, Instance, Supporter


def shortlists(
    instance: Instance, answer: Answer, *, longest: int = 3, most: int = 4
) -> dict[str, list[str]]:
    """For each family in turn the supporters to show it, the round's pair first.

    `longest` is how many a list may hold; `most` on how many lists a supporter may stand. The
    round's own pairs are always shown, even where capacity is more than `most`. Each further
    place on the lists is filled for all families at once under the round's own rules: as many
    lists as possible, longest wait first, then the highest total score, then ids. A family
    the round could not place has an empty list: everybody it could meet is taken.
    """
    if longest < 1 or most < 1:
        raise ValueError("A shortlist needs room for at least one supporter.")
    lists: dict[str, list[str]] = {family.id: [] for family in instance.turns()}
    for chosen in answer.pairs:
        lists[chosen.seeking].append(chosen.supporter)
    for _ in range(longest - 1):
        more = pair(_still_open(instance, lists, most)).pairs
        if not more:
            break
        for chosen in more:
            lists[chosen.seeking].append(chosen.supporter)
    return lists


def _still_open(instance: Instance, lists: dict[str, list[str]], most: int) -> Instance:
    shown = Counter(supporter for chosen in lists.values() for supporter in chosen)
    # A supporter who is full from before the round has no place to offer anybody.
    supporters = tuple(
        Supporter(one.id, max(0, most - shown[one.id]))
        for one in instance.supporters
        if one.capacity
    )
    able = {one.id for one in supporters}
    pairs = tuple(
        one
        for one in instance.admissible()
        if not one.locked
        and one.supporter in able
        and lists[one.seeking]
        and one.supporter not in lists[one.seeking]
    )
    return Instance(instance.seeking, supporters, pairs)
