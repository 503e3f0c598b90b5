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
    may = {(one.seeking, one.supporter) for one in instance.pairs if not one.forbidden}
    turn = {one.id: at for at, one in enumerate(instance.turns())}
    room = {one.id: one.capacity for one in instance.supporters}
    chosen: dict[str, str] = {}
    for family, helper in sorted(may & set(kept), key=lambda two: (turn[two[0]], two)):
        if family not in chosen and room[helper]:
            room[helper] -= 1
            chosen[family] = helper
    return replace(
        instance,
        pairs=tuple(
            replace(one, locked=True) if chosen.get(one.seeking) == one.supporter else one
            for one in instance.pairs
        ),
    )
