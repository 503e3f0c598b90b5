"""The sentences in which the matcher says why somebody waits, and what would help.

A newcomer would write them where the reason is found. They are here together, so that somebody
who speaks to families can read them aloud one after the other, and mend them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.engine.eligibility import Blocker
from matching.engine.tables import TOO_FAR
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
    counts = Counter(found[0].label for found in looked_at.values())
    alone = Counter(found[0].label for found in looked_at.values() if len(found) == 1)
    label, many = min(alone.items(), key=_most_first, default=("", 0))
    all_alone = 0 < many == counts[label]
    # What ends with "that is all that is in the way" comes last.
    parts = sorted(
        counts.items(), key=lambda each: (all_alone and each[0] == label, *_most_first(each))
    )
    # Of whom nobody is too far, all live near enough.
    far = any(each.code == TOO_FAR for found in looked_at.values() for each in found)
    seen = _counted(len(looked_at), "supporter")
    one = len(looked_at) == 1
    if far:
        seen += " was looked at" if one else " were looked at"
    else:
        seen += " lives near enough" if one else " live near enough"
    said = f"Nobody can be paired with them yet. {capital(seen)}{_in_the_way(parts)}"
    if all_alone:
        return f"{said}, and that is all that is in the way."
    if not many:
        return f"{said}."
    of = f"{number(many)} of the {number(counts[label])} who are {label}"
    return f"{said}. For {of}, nothing else is in the way."


def _in_the_way(parts: Sequence[tuple[str, int]]) -> str:
    """How many there is what against, once their number was said: the last ones are the others."""
    (last, many), first = parts[-1], parts[:-1]
    if not first:
        return f", but {_all_of_them(many)} {last}"
    said = [f"{number(count)} {_is(count)} {label}" for label, count in first]
    rest = "the other" if many == 1 else f"the other {number(many)}"
    return f". {capital('; '.join([*said, f'{rest} {_is(many)} {last}']))}"


def _all_of_them(count: int) -> str:
    return {1: "is", 2: "both are"}.get(count, f"all {number(count)} are")


def taken(
    direct: int, reached: int, roomless: int, longer: int, kept: int, *, as_long: bool
) -> str:
    """Everybody they could have is taken, even if others moved; `roomless` came with no room.

    `longer` of those who have the places waited longer (or, where `as_long`, some just as long), and
    `kept` have a pair that a person decided to keep. They are not counted in words: a family that
    waits for two people would be counted twice.
    """
    could = f"They could be paired with {_counted(direct, 'supporter')}"
    full = {1: "who is taken", 2: "and both are taken"}.get(direct, "and all are taken")
    if roomless:
        full = "who has no room" if direct == 1 else "and none of them has room"
    if reached == direct and not roomless:
        return f"{could}, {full} by {_who(longer, kept, as_long=as_long)}."
    if reached == direct:
        rest = "the other is" if reached - roomless == 1 else "the others are"
        by = _who(longer, kept, as_long=as_long)
        return f"{could}. {_roomless(roomless)}; {rest} taken by {by}."
    more = reached - direct
    further = (
        "one other supporter, who is full too"
        if more == 1
        else f"{number(more)} other supporters, who are full too"
    )
    none = f" {_roomless(roomless)}." if roomless else ""
    return (
        f"{could}, {full}. Moving others round does not help: they could only go to {further}."
        f"{none} {_everybody(longer, kept, as_long=as_long)}"
    )


def _roomless(count: int) -> str:
    return f"{capital(number(count))} had no room to begin with"


def _who(longer: int, kept: int, *, as_long: bool) -> str:
    """Those who have the places: `longer` who waited longer, `kept` whose pair was decided."""
    pairs = "somebody whose pair" if kept == 1 else "others whose pair"
    decided = f"{pairs} a person decided to keep"
    if not longer:
        return decided
    if longer == 1:
        said = "somebody who waited " + (
            "just as long and comes first in turn" if as_long else "longer"
        )
    else:
        said = "others who waited longer" + (
            ", or just as long and come first in turn" if as_long else ""
        )
    return f"{said}, and by {decided}" if kept else said


def _everybody(longer: int, kept: int, *, as_long: bool) -> str:
    """The same as a sentence of its own, where many swap with many."""
    if not longer:
        return "A person decided to keep all those pairs."
    waited = "waited longer, or just as long and come first in turn" if as_long else "waited longer"
    also = ", or have a pair that a person decided to keep" if kept else ""
    return f"All who have these places {waited}{also}."


def no_room(count: int) -> str:
    """Everybody they could have came with no room at all."""
    none = {1: "who has no room", 2: "but neither has room"}.get(count, "but none has room")
    return f"They could be paired with {_counted(count, 'supporter')}, {none} for anybody new."


def one_more(supporters: int, first_for: int, named: Sequence[str] = ()) -> str:
    """What one more place would do; with `first_for` of the supporters no other family comes before them.

    `named` are the names of those, where they are few enough to be named.
    """
    where = {1: "there", 2: "with either"}.get(supporters, "with any of them")
    those = f"with {_joined(named, 'or')}" if named else where
    if first_for == supporters:
        return f"Room for one more family {those} would place them."
    before = "somebody who waits for the same people and comes before them"
    if not first_for:
        return f"Room for one more family {where} would go to {before}."
    rest = "the other" if supporters - first_for == 1 else "the others"
    if not named:
        those = f"with {number(first_for)} of these {number(supporters)}"
    return (
        f"Room for one more family {those} would place them; with {rest} it would go to {before}."
    )


def shortage(
    waiting: Sequence[str],
    placed: int,
    supporters: int,
    gain: Sequence[int],
    like: str,
    named: Mapping[str, str] | None,
    common: Common = NOTHING,
    twice: int = 0,
) -> str:
    """A line for the recruiting list; `named` gives the names of families and supporters.

    `twice`: how many of the families wait, or are placed, with two wishes. Each is counted once, and
    is to be named once: leave its second wish out of `named`.
    """
    share = _shared(waiting, placed, supporters, named, common, twice)
    if not gain:
        return share
    more = " Room for one more there would place one more"
    if gain[-1] > gain[0]:
        them = (named or {}).get(like) or ("these" if supporters > 1 else "this one")
        room = f"with room for {number(len(gain))}"
        # They may free a supporter for families who wait in another queue.
        here = ", counting families in other lines here" if gain[-1] > len(waiting) else ""
        more += f"; one more supporter like {them}, {room}, would place {number(gain[-1])}{here}"
    return f"{share}{more}."


def _shared(
    waiting: Sequence[str],
    placed: int,
    supporters: int,
    named: Mapping[str, str] | None,
    common: Common,
    twice: int,
) -> str:
    sharing, helpers = len(waiting) + placed - twice, _scarce(supporters, common)
    listed = _listed(waiting, sharing, named)
    if twice:
        two = "two wishes" if twice == 1 else "two wishes each"
        listed += f" ({number(twice)} of them with {two})" if sharing > 1 else " (with two wishes)"
    subject = f"{capital(listed)} share" if sharing > 1 else f"For {listed} there {_is(supporters)}"
    if not placed:
        none = {1: "who has no room", 2: "and neither has room"}.get(
            supporters, "and none has room"
        )
        return f"{subject} only {helpers}, {none}."
    left = _counted(len(waiting), "wish", "wishes") if twice else number(len(waiting))
    room = "who has" if supporters == 1 else "who together have"
    return (
        f"{subject} only {helpers}, {room} room for {number(placed)}: "
        f"{left} {_is(len(waiting))} left waiting."
    )


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
    if len(names) == 2 and rest:  # one by name: "Toni and Jack and ten more families"
        return f"{names[0]}{',' if ',' in names[0] else ''} and {names[1]}"
    return _joined(names, "and")


def _joined(names: Sequence[str], last: str) -> str:
    """ "Liam, weekends; Toni and Jack; and ten more families": a name may hold a comma of its own."""
    knotted = any("," in one or " and " in one for one in names)
    between, end = ("; ", f"; {last} ") if knotted and names[1:] else (", ", f" {last} ")
    return end.join([between.join(names[:-1]), names[-1]]) if names[1:] else names[0]


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
