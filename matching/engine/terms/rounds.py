"""A round: who waits, who has room, which pairs may be, and the answer.

A newcomer would look for a pair that is allowed but bad. There is none: a pair that breaks a
hard rule is simply not among the pairs, and never a pair with a low score.
"""

from __future__ import annotations

from dataclasses import dataclass

from matching.engine.terms.checking import check


@dataclass(frozen=True, slots=True)
class Seeking:
    """A family that waits. `waiting_days` decides whose turn comes first, and nothing else."""

    id: str
    waiting_days: int


@dataclass(frozen=True, slots=True)
class Supporter:
    """A sharing family or a volunteer. `capacity` is the room left today; 0 means full."""

    id: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be linked, and how well they suit.

    `locked`: a person decided that this pair stays. `forbidden`: a person decided that it
    must not be; it is listed only so that its absence can be explained.
    """

    seeking: str
    supporter: str
    score: int
    locked: bool = False
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """One round's question. Raises `InstanceError` when made of parts that contradict."""

    seeking: tuple[Seeking, ...]
    supporters: tuple[Supporter, ...]
    pairs: tuple[Pair, ...]

    def __post_init__(self) -> None:
        check(self)

    def turns(self) -> tuple[Seeking, ...]:
        """The families in the order in which they are served.

        Those with a locked pair come first, because a person has already decided for them;
        then whoever waited longest; then by id.
        """
        locked = {pair.seeking for pair in self.pairs if pair.locked}
        return tuple(
            sorted(self.seeking, key=lambda one: (one.id not in locked, -one.waiting_days, one.id))
        )

    def admissible(self) -> tuple[Pair, ...]:
        """The pairs that may be chosen: none forbidden, and for a locked family only its own."""
        locked = {pair.seeking for pair in self.pairs if pair.locked}
        return tuple(
            pair
            for pair in self.pairs
            if not pair.forbidden and (pair.locked or pair.seeking not in locked)
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One round's answer, families in the order of their turns.

    `prices` lists the supporters for whom families compete: (id, how many points more room
    with them would be worth). `closed` lists the supporters who are taken for good: (id, the
    first family that found nobody but them and those closed before). The first prove that no
    better total exists, the second that nobody was passed over; see `certificate.py`.
    """

    pairs: tuple[Pair, ...]
    score: int
    unplaced: tuple[str, ...]
    prices: tuple[tuple[str, int], ...] = ()
    closed: tuple[tuple[str, str], ...] = ()

    @property
    def placed(self) -> int:
        """How many families have a supporter."""
        return len(self.pairs)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A family without a supporter, and why.

    `code` is `nobody` (no pair at all), `ruled_out` (only forbidden pairs), `no_room` (every
    supporter within reach came with capacity 0) or `full` (taken by families served earlier).
    `supporters` are all that it competes for, `families` all that sit there, both by id.
    `gain` is how many more families would have a place if the supporter `like`, one of them,
    had 1, 2 or 3 places more. One more place with any of `room_with`, and with no other of
    them, would be this family's: `help` says so, after `why`.
    """

    seeking: str
    code: str
    why: str
    supporters: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    gain: tuple[int, ...] = ()
    like: str = ""
    room_with: tuple[str, ...] = ()
    help: str = ""

    @property
    def reason(self) -> str:
        """Why, and what would help, in words that name nobody."""
        return f"{self.why} {self.help}".strip()
