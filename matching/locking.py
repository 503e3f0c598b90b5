"""Pairs that a person decided to keep, as the engine's locks.

A newcomer would lock whatever was said. Days may lie between: a pair that may not be made any more is not, and nobody
is kept beyond the room there is.
"""

from collections.abc import Collection
from dataclasses import replace

from matching.engine.terms import Instance


def locked(instance: Instance, kept: Collection[tuple[str, str]]) -> Instance:
    """Give the question with these pairs locked that may still be made, those first who waited longest."""
    if not kept:
        return instance
    may = {(one.seeking, one.supporter): one for one in instance.pairs if not one.forbidden}
    room = {one.id: one.capacity for one in instance.supporters}
    chosen: set[tuple[str, str]] = set()
    for family in instance.turns():
        for two in sorted(kept):
            if two[0] == family.id and two in may and room[two[1]]:
                room[two[1]] -= 1
                chosen.add(two)
                break
    return replace(
        instance,
        pairs=tuple(
            replace(one, locked=True) if (one.seeking, one.supporter) in chosen else one
            for one in instance.pairs
        ),
    )
