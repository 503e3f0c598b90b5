"""Why two were not paired, and what it would cost to pair them all the same.

A newcomer would compare the two scores. The cost is what happens to everybody: the pair is
locked, the round is answered again, and the two answers are laid beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matching.engine.terms import Answer, Instance, InstanceError, Pair, shown
from matching.engine.whatif import Difference, what_if

# More than this many who move or lose a place are counted, not named.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What stands against a pair, or what it would cost.

    `code` is `made` (they are paired), `not_listed` (no such pair may be), `forbidden` and
    `kept` (a person decided against it, or for another pair of the family), `no_room` (the
    supporter came with none, or a person keeps it all for others) or `possible`. Only then
    is there a `difference`: what would change in the round if the pair had to be. `words`
    are sentences to be read in this order.
    """

    seeking: str
    supporter: str
    code: str
    words: tuple[str, ...]
    score: int | None = None
    difference: Difference | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values, as the command line prints them."""
        told: dict[str, object] = {
            "seeking": self.seeking,
            "supporter": self.supporter,
            "code": self.code,
            "words": list(self.words),
            "score": self.score,
            "difference": None,
        }
        if self.difference is not None:
            told["difference"] = {
                "score": self.difference.score,
                "newly_placed": _ends(self.difference.newly_placed),
                "no_longer_placed": _ends(self.difference.no_longer_placed),
                "moved": [
                    {"seeking": one.seeking, "from": one.before, "to": one.after}
                    for one in self.difference.moved
                ],
            }
        return told


def why_not(
    instance: Instance,
    answer: Answer,
    seeking: str,
    supporter: str,
    *,
    named: Mapping[str, str] | None = None,
) -> WhyNot:
    """Why `answer`, the answer to `instance`, does not pair these two.

    `named` gives the names of families and supporters by id, for the words. Raises
    `InstanceError` when either is not listed.
    """
    if all(one.id != seeking for one in instance.seeking):
        raise InstanceError(f"There is no seeking family “{shown(seeking)}” to explain.")
    if all(one.id != supporter for one in instance.supporters):
        raise InstanceError(f"There is no supporter “{shown(supporter)}” to explain.")
    say = _Names(named or {})
    asked = next(
        (one for one in instance.pairs if (one.seeking, one.supporter) == (seeking, supporter)),
        None,
    )
    if asked is None:
        words = "These two may not be paired: a rule stands between them."
        return WhyNot(seeking, supporter, "not_listed", (words,))
    if any((one.seeking, one.supporter) == (seeking, supporter) for one in answer.pairs):
        return WhyNot(seeking, supporter, "made", ("These two are paired already.",), asked.score)
    against = _decided(instance, asked, say)
    if against is not None:
        return WhyNot(seeking, supporter, *against, asked.score)
    found = what_if(instance, answer, _forced(instance, asked))
    words_told = tuple(_cost(instance, answer, asked, found, say))
    return WhyNot(seeking, supporter, "possible", words_told, asked.score, found)


def _forced(instance: Instance, asked: Pair) -> Instance:
    return replace(
        instance,
        pairs=tuple(replace(one, locked=True) if one is asked else one for one in instance.pairs),
    )


def _decided(instance: Instance, asked: Pair, say: _Names) -> tuple[str, tuple[str, ...]] | None:
    """What a person decided, or who has no room, so that the pair cannot even be forced."""
    if asked.forbidden:
        return "forbidden", ("A person decided that these two should not be paired.",)
    kept = next(
        (one for one in instance.pairs if one.locked and one.seeking == asked.seeking), None
    )
    helper = say(asked.supporter)
    if kept is not None:
        other = say(kept.supporter)
        return "kept", (f"A person decided that {say(kept.seeking)} stays with {other}.",)
    room = next(one.capacity for one in instance.supporters if one.id == asked.supporter)
    locked = sum(1 for one in instance.pairs if one.locked and one.supporter == asked.supporter)
    if not room:
        return "no_room", (f"{helper} came to this round with no room for anybody new.",)
    if locked >= room:
        return "no_room", (f"A person decided to keep all the room that {helper} has for others.",)
    return None


def _cost(
    instance: Instance, answer: Answer, asked: Pair, found: Difference, say: _Names
) -> Iterator[str]:
    now = next((one for one in answer.pairs if one.seeking == asked.seeking), None)
    family, helper = say(asked.seeking), say(asked.supporter)
    if now is None:
        yield f"{family} with {helper} would score {asked.score:,}. {family} has nobody now."
    else:
        has = f"{family} has {say(now.supporter)} now, at {now.score:,}"
        yield f"{family} with {helper} would score {asked.score:,}. {has}."
    yield _total(found)
    yield from _losses(instance, asked, found, say)
    others = [one for one in found.newly_placed if one.seeking != asked.seeking]
    for one in others[:MOST_NAMED]:
        yield f"{say(one.seeking)} would have a place, with {say(one.supporter)}."
    if len(others) > MOST_NAMED:
        yield f"{len(others) - MOST_NAMED:,} more would have a place."
    moved = [one for one in found.moved if one.seeking != asked.seeking]
    for move in moved[:MOST_NAMED]:
        yield f"{say(move.seeking)} would move from {say(move.before)} to {say(move.after)}."
    if len(moved) > MOST_NAMED:
        yield f"{len(moved) - MOST_NAMED:,} more would move."
    if not (moved or others or found.no_longer_placed):
        yield "Nothing would change for anybody else."


def _total(found: Difference) -> str:
    if not found.score:
        return "All pairs together would score the same."
    points = "1 point" if abs(found.score) == 1 else f"{abs(found.score):,} points"
    return f"All pairs together would score {points} {'less' if found.score < 0 else 'more'}."


def _losses(instance: Instance, asked: Pair, found: Difference, say: _Names) -> Iterator[str]:
    waited = {one.id: one.waiting_days for one in instance.seeking}
    own = waited[asked.seeking]
    for one in found.no_longer_placed[:MOST_NAMED]:
        theirs = waited[one.seeking]
        how = "longer" if theirs > own else "less" if theirs < own else "just as long"
        days = f": {theirs:,} days against {own:,}" if theirs != own else ""
        lost = f"{say(one.seeking)} would lose their place with {say(one.supporter)}"
        yield f"{lost}. They waited {how}{days}."
    more = len(found.no_longer_placed) - MOST_NAMED
    if more > 0:
        yield f"{more:,} more would lose their place."


@dataclass(frozen=True, slots=True)
class _Names:
    """How people are called: by name where one is known, else by id in quotation marks."""

    named: Mapping[str, str]

    def __call__(self, one: str) -> str:
        return self.named.get(one, f"“{shown(one)}”")


def _ends(pairs: tuple[Pair, ...]) -> list[dict[str, object]]:
    return [
        {"seeking": one.seeking, "supporter": one.supporter, "score": one.score} for one in pairs
    ]
