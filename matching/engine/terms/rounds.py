"""A round: who waits, who has room, which pairs may be, and the answer.

A newcomer would look for a pair that is allowed but bad. There is none: a pair that breaks a
hard rule is simply not among the pairs, and never a pair with a low score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# The largest whole number that every JSON reader keeps exactly (RFC 8259, section 6).
LARGEST = 2**53 - 1


class InstanceError(ValueError):
    """The question cannot be answered as asked; the message is one sentence for its author."""


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
        _check_ids("seeking", (family.id for family in self.seeking))
        _check_ids("supporters", (supporter.id for supporter in self.supporters))
        for family in self.seeking:
            _check_whole(family.waiting_days, f"waiting_days of seeking “{shown(family.id)}”")
        for supporter in self.supporters:
            _check_whole(supporter.capacity, f"capacity of supporter “{shown(supporter.id)}”")
        _check_pairs(self)
        _check_locks(self)

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
    """

    seeking: str
    code: str
    reason: str
    supporters: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


def shown(text: str) -> str:
    """`text` fit to stand in an error line: printable and not too long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return plain if len(plain) <= 60 else plain[:59] + "…"


def _check_ids(where: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if type(one) is not str or not one.strip():
            raise InstanceError(f"Every id in {where} must be text that is not empty.")
        if any("\ud800" <= letter <= "\udfff" for letter in one):
            raise InstanceError(
                f"An id in {where} holds half a character, which cannot be written."
            )
        if one in seen:
            raise InstanceError(f"The id “{shown(one)}” stands twice in {where}.")
        seen.add(one)


def _check_whole(number: object, what: str) -> None:
    # bool is an int to Python, but "true days" is a mistake in the file.
    if type(number) is not int:
        raise InstanceError(f"The {what} must be a whole number, such as 45.")
    if number < 0:
        raise InstanceError(f"The {what} must not be less than 0.")
    if number > LARGEST:
        raise InstanceError(f"The {what} is too large; {LARGEST} is the most.")


def _check_pairs(instance: Instance) -> None:
    families = {family.id for family in instance.seeking}
    supporters = {supporter.id for supporter in instance.supporters}
    seen: set[tuple[str, str]] = set()
    for pair in instance.pairs:
        if type(pair.seeking) is not str or type(pair.supporter) is not str:
            raise InstanceError(
                "Every pair must name its seeking and its supporter by id, as text."
            )
        name = _named(pair)
        if pair.seeking not in families:
            raise InstanceError(f"The pair {name} names a seeking family that is not listed.")
        if pair.supporter not in supporters:
            raise InstanceError(f"The pair {name} names a supporter who is not listed.")
        if (pair.seeking, pair.supporter) in seen:
            raise InstanceError(f"The pair {name} stands twice; list it once.")
        seen.add((pair.seeking, pair.supporter))
        _check_whole(pair.score, f"score of the pair {name}")


def _named(pair: Pair) -> str:
    return f"“{shown(pair.seeking)}” with “{shown(pair.supporter)}”"


def _check_locks(instance: Instance) -> None:
    left = {supporter.id: supporter.capacity for supporter in instance.supporters}
    kept: set[str] = set()
    for pair in instance.pairs:
        if pair.locked and pair.forbidden:
            raise InstanceError(f"The pair {_named(pair)} is both locked and forbidden.")
        if not pair.locked:
            continue
        if pair.seeking in kept:
            raise InstanceError(
                f"The family “{shown(pair.seeking)}” has two locked pairs; keep one."
            )
        kept.add(pair.seeking)
        left[pair.supporter] -= 1
        if left[pair.supporter] < 0:
            raise InstanceError(
                f"More pairs are locked with supporter “{shown(pair.supporter)}” "
                "than they have room for."
            )
