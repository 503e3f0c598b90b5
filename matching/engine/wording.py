"""The sentences in which the matcher says why somebody waits, and what would help.

A newcomer would write them where the reason is found. They are here together, so that somebody
who speaks to families can read them aloud one after the other, and mend them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.engine.eligibility import Blocker
from matching.engine.terms.profiles import number

# For one family: each supporter who was compared with it, and what stood in the way.
LookedAt = Mapping[str, Sequence[Blocker]]


@dataclass(frozen=True, slots=True)
class Common:
    """What is true of all the supporters that some families share: "" and 0 where nothing is to be said.

    `language` is one that all of them and all the families speak, where it makes them hard to
    find; `within_km` how far apart any two are who could be linked, at the most.
    """

    language: str = ""
    within_km: int = 0


NOTHING = Common()


def ruled_out(count: int) -> str:
    """All the supporters there were have been ruled out by a person."""
    if count == 1:
        return "Only one supporter could be paired with them, and a person ruled that out."
    return (
        f"All {number(count)} supporters who could be paired with them were ruled out by a person."
    )


def nobody(looked_at: LookedAt | None) -> str:
    """No supporter could be paired with them; `looked_at` says what stood in the way."""
    if looked_at is None:
        return "Nobody can be paired with them yet: no supporter meets every rule for them."
    if not looked_at:
        return "Nobody can be paired with them yet: no supporter lives near enough."
    # Each supporter is counted under the first thing in the way, so that the counts add up.
    counts = Counter(found[0].label for found in looked_at.values() if found)
    parts = [
        f"{number(count)} {_is(count)} {label}"
        for label, count in sorted(counts.items(), key=_most_first)
    ]
    looked = _counted(len(looked_at), "supporter")
    said = f"Nobody can be paired with them yet. Of {looked} looked at, {'; '.join(parts)}."
    single = Counter(found[0].label for found in looked_at.values() if len(found) == 1)
    if not single:
        return said
    label, count = min(single.items(), key=_most_first)
    return f"{said} For {number(count)}, one thing alone is in the way: they are {label}."


def taken(direct: int, reached: int, roomless: int, who: str) -> str:
    """Everybody they could have is taken by `who`, even if others moved; `roomless` came with no room."""
    could = f"They could be paired with {_counted(direct, 'supporter')}"
    full = {1: "who is taken", 2: "and both are taken"}.get(direct, "and all are taken")
    if roomless:
        full = "who has no room" if direct == 1 else "and none of them has room"
    if reached == direct and not roomless:
        return f"{could}, {full} by {who}."
    if reached == direct:
        rest = "the other is" if reached - roomless == 1 else "the others are"
        return f"{could}. {_roomless(roomless)}; {rest} taken by {who}."
    none = f" {_roomless(roomless)}." if roomless else ""
    return (
        f"{could}, {full}. Moving other families round does not help: with everybody "
        f"they could swap with, that is {number(reached)} supporters, full with {who}.{none}"
    )


def _roomless(count: int) -> str:
    return f"{capital(number(count))} had no room to begin with"


def who(longer: int, kept: int, *, as_long: bool) -> str:
    """Those who have the places: `longer` who waited longer, `kept` whose pair was decided."""
    if not longer:
        return f"{_counted(kept, 'family', 'families')} whose pair a person decided to keep"
    waited = "waited longer"
    if as_long:
        waited = "waited longer, or just as long and come first on the list"
    said = f"{_counted(longer, 'family', 'families')} who {waited}"
    return f"{said}, and {number(kept)} whose pair a person decided to keep" if kept else said


def no_room(count: int) -> str:
    """Everybody they could have came with no room at all."""
    none = {1: "who has no room", 2: "but neither has room"}.get(count, "but none has room")
    return f"They could be paired with {_counted(count, 'supporter')}, {none} for anybody new."


def one_more(supporters: int, first_for: int) -> str:
    """What one more place would do; with `first_for` of the supporters no other family comes before them."""
    where = {1: "there", 2: "with either"}.get(supporters, "with any of them")
    if first_for == supporters:
        return f"Room for one more family {where} would place them."
    before = "somebody who waits for the same people and comes before them"
    if not first_for:
        return f"Room for one more family {where} would go to {before}."
    rest = "the other" if supporters - first_for == 1 else "the others"
    return (
        f"Room for one more family with {number(first_for)} of these {number(supporters)} would "
        f"place them; with {rest} it would go to {before}."
    )


def shortage(
    waiting: Sequence[str],
    placed: int,
    supporters: int,
    gain: Sequence[int],
    like: str,
    named: Mapping[str, str] | None,
    common: Common = NOTHING,
) -> str:
    """A line for the recruiting list; `named` gives the names of families and supporters."""
    share = _shared(waiting, placed, supporters, named, common)
    if not gain:
        return share
    more = " Room for one more there would place one more family"
    if gain[-1] > gain[0]:
        them = (named or {}).get(like) or ("these" if supporters > 1 else "this one")
        room = f"with room for {number(len(gain))}"
        # They may free a supporter for families who wait elsewhere.
        here = ", here and elsewhere" if gain[-1] > len(waiting) else ""
        more += f"; one more supporter like {them}, {room}, would place {number(gain[-1])}{here}"
    return f"{share}{more}."


def _shared(
    waiting: Sequence[str],
    placed: int,
    supporters: int,
    named: Mapping[str, str] | None,
    common: Common,
) -> str:
    sharing, helpers = len(waiting) + placed, _scarce(supporters, common)
    listed = _listed(waiting, sharing, named)
    subject = f"{capital(listed)} share" if sharing > 1 else f"For {listed} there {_is(supporters)}"
    if not placed:
        none = {1: "who has no room", 2: "and neither has room"}.get(
            supporters, "and none has room"
        )
        return f"{subject} only {helpers}, {none}."
    left = "one is" if len(waiting) == 1 else f"{number(len(waiting))} are"
    room = "who has" if supporters == 1 else "who together have"
    return f"{subject} only {helpers}, {room} room for {number(placed)}: {left} left waiting."


def _scarce(supporters: int, common: Common) -> str:
    """ "two Polish-speaking supporters within 8 km": what they have in common, where there is something."""
    speaking = f"{common.language}-speaking " if common.language else ""
    within = f" within {common.within_km} km" if common.within_km else ""
    return _counted(supporters, f"{speaking}supporter") + within


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _listed(waiting: Sequence[str], sharing: int, named: Mapping[str, str] | None) -> str:
    """ "the K. family, the L. family and four more families": at most three by name, those who wait first."""
    names = [named[one] for one in waiting[:3] if one in named] if named else []
    rest = sharing - len(names)
    if not names:
        return _counted(sharing, "family", "families")
    if rest:
        names.append(_counted(rest, "more family", "more families"))
    # "Liam, weekends; Toni and Jack; and ten more families": a name may hold a comma of its own.
    knotted = any("," in one or " and " in one for one in names)
    between, last = ("; ", "; and ") if knotted and names[1:] else (", ", " and ")
    return last.join([between.join(names[:-1]), names[-1]] if names[1:] else names)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """The words as a sentence: a capital first and one full stop last, though a name may end in its own."""
    return capital(words.removesuffix(".")) + "."


def capital(words: str) -> str:
    """The words with a capital at the start, as a sentence begins."""
    return words[:1].upper() + words[1:]
