"""Why two were not paired, and what it would cost to pair them all the same.

A newcomer would compare the two scores. The cost is what happens to everybody: the pair is
locked, the round is answered again, and the two answers are laid beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matching.engine.terms import Answer, Instance, InstanceError, Pair, shown
from matching.engine.whatif import Difference, what_if
from matching.engine.wording import capital, sentence

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
        words = "This pair is not one that may be made."
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
        return "forbidden", ("A person said “not these two”.",)
    kept = next(
        (one for one in instance.pairs if one.locked and one.seeking == asked.seeking), None
    )
    helper = say(asked.supporter)
    if kept is not None:
        other = say(kept.supporter)
        return "kept", (sentence(f"A person decided to keep {say(kept.seeking)} with {other}"),)
    room = next(one.capacity for one in instance.supporters if one.id == asked.supporter)
    locked = sum(1 for one in instance.pairs if one.locked and one.supporter == asked.supporter)
    if not room:
        return "no_room", (f"{capital(helper)} had no room for anybody new.",)
    if locked >= room:
        return "no_room", (f"All the room with {helper} is kept for others. A person decided so.",)
    return None


def _cost(
    instance: Instance, answer: Answer, asked: Pair, found: Difference, say: _Names
) -> Iterator[str]:
    now = next((one for one in answer.pairs if one.seeking == asked.seeking), None)
    both = f"{capital(say(asked.seeking))} with {say(asked.supporter)}: {_points(asked.score)}"
    if now is None:
        yield f"{both}. They have nobody in this round."
    else:
        yield f"{both}. With {say(now.supporter)}, as it is: {_points(now.score)}."
    yield _total(found)
    waited = {one.id: one.waiting_days for one in instance.seeking}
    yield from _losses(waited, asked, found, say)
    others = [one for one in found.newly_placed if one.seeking != asked.seeking]
    for one in others[:MOST_NAMED]:
        gained = sentence(f"{say(one.seeking)} would gain a place, with {say(one.supporter)}")
        yield f"{gained} They have waited {_days(waited[one.seeking])}."
    if len(others) > MOST_NAMED:
        yield f"{len(others) - MOST_NAMED:,} more would gain a place."
    moved = [one for one in found.moved if one.seeking != asked.seeking]
    for move in moved[:MOST_NAMED]:
        yield sentence(
            f"{say(move.seeking)} would move from {say(move.before)} to {say(move.after)}"
        )
    if len(moved) > MOST_NAMED:
        yield f"{len(moved) - MOST_NAMED:,} more would move."
    if not (moved or others or found.no_longer_placed):
        yield "Nothing would change for anybody else."


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count:,} points"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _total(found: Difference) -> str:
    if not found.score:
        return "The whole round would have just as many points as now."
    more = "fewer" if found.score < 0 else "more"
    points = "point" if abs(found.score) == 1 else "points"
    return f"The whole round would have {abs(found.score):,} {more} {points}."


def _losses(
    waited: Mapping[str, int], asked: Pair, found: Difference, say: _Names
) -> Iterator[str]:
    own = waited[asked.seeking]
    gaining = [one.seeking for one in found.newly_placed if one.seeking != asked.seeking]
    for one in found.no_longer_placed[:MOST_NAMED]:
        theirs = waited[one.seeking]
        lost = sentence(f"{say(one.seeking)} would lose their place with {say(one.supporter)}")
        # Where somebody else gains a place, that is who would be served before them.
        over = next((other for other in gaining if waited[other] < theirs), None)
        if over is not None:
            yield f"{lost} They have waited longer than {say(over)}, who would gain one."
            continue
        shorter = "a shorter time than" if theirs < own else "as long as"
        than = "longer than" if theirs > own else shorter
        days = f"{_days(theirs)}, against {own:,}" if theirs != own else _days(theirs)
        yield f"{lost} They have waited {than} {say(asked.seeking)}: {days}."
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
