"""What an instance must be, checked in bulk, with one sentence for whatever is not so.

A newcomer would check entry after entry. A million pairs would take many seconds that way, so
whole columns are checked at once; only when a column is wrong does anybody look for the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matching.engine.terms.rounds import Instance, Pair

# The largest whole number that every JSON reader keeps exactly (RFC 8259, section 6).
LARGEST = 2**53 - 1


class InstanceError(ValueError):
    """The question cannot be answered as asked; the message is one sentence for its author."""


def shown(text: str) -> str:
    """`text` fit to stand in an error line: printable and not too long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text[:61])
    return plain if len(plain) <= 60 else plain[:59] + "…"


def check(instance: Instance) -> None:
    """Raise `InstanceError` with a sentence about the first thing that is wrong, if anything is."""
    _check_ids("seeking", _column(instance.seeking, "id"))
    _check_ids("supporters", _column(instance.supporters, "id"))
    for kind, things, what in (
        ("seeking", instance.seeking, "waiting_days"),
        ("supporter", instance.supporters, "capacity"),
    ):
        if not _all_whole(_column(things, what)):
            for one in things:
                _find_not_whole(getattr(one, what), f"{what} of {kind} “{shown(one.id)}”")
    families, supporters, scores = (
        _column(instance.pairs, part) for part in ("seeking", "supporter", "score")
    )
    if not (_all_known(instance, families, supporters) and _all_whole(scores)):
        _find_bad_pair(instance)
    if any(map(attrgetter("locked"), instance.pairs)):
        _check_locks(instance)


def _column(things: Iterable[Any], part: str) -> list[Any]:
    return list(map(attrgetter(part), things))


def _all_whole(numbers: Sequence[Any]) -> bool:
    # bool is an int to Python, but "true days" is a mistake in the file.
    return set(map(type, numbers)) <= {int} and (
        not numbers or (min(numbers) >= 0 and max(numbers) <= LARGEST)
    )


def _all_known(instance: Instance, families: Sequence[Any], supporters: Sequence[Any]) -> bool:
    """True when every pair names two who are listed, and no pair stands twice."""
    if not set(map(type, families)) | set(map(type, supporters)) <= {str}:
        return False
    try:
        rows = _numbered(families, _column(instance.seeking, "id"))
        seats = _numbered(supporters, _column(instance.supporters, "id"))
    except KeyError:
        return False
    both = np.sort(rows * len(instance.supporters) + seats)
    return not bool(np.any(both[1:] == both[:-1]))


def _numbered(ids: Collection[str], listed: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    number = {one: at for at, one in enumerate(listed)}
    return np.fromiter(map(number.__getitem__, ids), dtype=np.int64, count=len(ids))


def _check_ids(where: str, ids: Sequence[Any]) -> None:
    if set(map(type, ids)) <= {str} and len(set(ids)) == len(ids) and all(map(str.strip, ids)):
        try:
            "".join(ids).encode()
            return
        except UnicodeEncodeError:
            pass
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


def _find_not_whole(number: object, what: str) -> None:
    if type(number) is not int:
        raise InstanceError(f"The {what} must be a whole number, such as 45.")
    if number < 0:
        raise InstanceError(f"The {what} must not be less than 0.")
    if number > LARGEST:
        raise InstanceError(f"The {what} is too large; {LARGEST} is the most.")


def _find_bad_pair(instance: Instance) -> None:
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
        _find_not_whole(pair.score, f"score of the pair {name}")


def _named(pair: Pair) -> str:
    return f"“{shown(pair.seeking)}” with “{shown(pair.supporter)}”"


def _check_locks(instance: Instance) -> None:
    left = {supporter.id: supporter.capacity for supporter in instance.supporters}
    kept: set[str] = set()
    for pair in instance.pairs:
        if not pair.locked:
            continue
        if pair.forbidden:
            raise InstanceError(f"The pair {_named(pair)} is both locked and forbidden.")
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
