"""Who is placed: everybody in turn, as long as those before them keep a place (rules 1 and 2).

A newcomer would fear that serving the longest wait first places fewer families. It cannot:
the sets of families that can be placed together form a matroid (Edmonds and Fulkerson, 1965,
transversals), and in a matroid the set built in any order has the largest size there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def serve_in_turn(reach: Sequence[int], room: Sequence[int]) -> list[int | None]:
    """For each family in turn order a supporter's number, or None when it cannot be placed.

    `reach[f]` has bit s set when family f may sit with supporter s. Which supporter a family
    sits with is not the final word (see `optimum.py`); who sits at all is.
    """
    seats: list[int | None] = [None] * len(reach)
    guests: list[set[int]] = [set() for _ in room]
    free = sum(1 << s for s, places in enumerate(room) if places)
    closed = 0
    for family in range(len(reach)):
        end, sender, seen = _find_room(family, reach, guests, free, closed)
        if end is None:
            # Everybody reached is full and can only swap among themselves. That stays true
            # for ever, so no later search needs to look in there again.
            closed |= seen
            continue
        _move_along(end, sender, seats, guests)
        if len(guests[end]) == room[end]:
            free &= ~(1 << end)
    return seats


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _find_room(
    family: int, reach: Sequence[int], guests: Sequence[set[int]], free: int, closed: int
) -> tuple[int | None, dict[int, int], int]:
    """A supporter with room to be had by moving others, who would move where, all seen."""
    sender: dict[int, int] = {}
    seen = closed
    queue = [family]
    for guest in queue:
        new = reach[guest] & ~seen
        if new & free:
            end = next(bits(new & free))
            sender[end] = guest
            return end, sender, seen
        seen |= new
        for supporter in bits(new):
            sender[supporter] = guest
            queue.extend(guests[supporter])
    return None, sender, seen


def _move_along(
    end: int, sender: dict[int, int], seats: list[int | None], guests: Sequence[set[int]]
) -> None:
    place: int | None = end
    while place is not None:
        guest = sender[place]
        before = seats[guest]
        seats[guest] = place
        guests[place].add(guest)
        if before is not None:
            guests[before].discard(guest)
        place = before
