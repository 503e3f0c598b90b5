"""The sentences in which the matcher says why somebody waits, and what would help.

A newcomer would write them where the reason is found. They are here together, so that somebody
who speaks to families can read them aloud one after the other, and mend them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from matching.engine.eligibility import Blocker

# For one family: each supporter who was compared with it, and what stood in the way.
LookedAt = Mapping[str, Sequence[Blocker]]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(count: int) -> str:
    """A count as people say it: in words up to ten."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def ruled_out(count: int) -> str:
    """All the supporters there were have been ruled out by a person."""
    if count == 1:
        return "The only supporter they could be paired with was ruled out by a person."
    return f"All {count} supporters they could be paired with were ruled out by a person."


def nobody(looked_at: LookedAt | None) -> str:
    """No supporter could be paired with them; `looked_at` says what stood in the way."""
    if looked_at is None:
        return "Nobody can be paired with them yet: no supporter meets every rule for them."
    if not looked_at:
        return "Nobody can be paired with them yet: no supporter lives near enough."
    # Each supporter is counted under the first thing in the way, so that the counts add up.
    counts = Counter(found[0].label for found in looked_at.values() if found)
    parts = [f"{count} {label}" for label, count in sorted(counts.items(), key=_most_first)]
    said = (
        f"Nobody can be paired with them yet. Of {_some(len(looked_at), 'supporter')} looked at: "
    )
    single = Counter(found[0].label for found in looked_at.values() if len(found) == 1)
    if not single:
        return said + "; ".join(parts) + "."
    label, count = min(single.items(), key=_most_first)
    return f"{said}{'; '.join(parts)}. For {count}, only one thing is in the way: {label}."


def taken(direct: int, reached: int, who: str) -> str:
    """Everybody they could have is taken by `who`, even if others moved."""
    if reached == direct:
        full = {1: "who is taken", 2: "and both are taken"}.get(direct, "and all are taken")
        return f"They could be paired with {_some(direct, 'supporter')}, {full} by {who}."
    full = {1: "who is taken", 2: "both taken"}.get(direct, "all taken")
    return (
        f"They could be paired with {_some(direct, 'supporter')}, {full}. Moving other families "
        f"around reaches {reached} supporters in all, but those are taken too, by {who}."
    )


def who(longer: int, kept: int, *, as_long: bool) -> str:
    """Those who have the places: `longer` who waited longer, `kept` whose pair was decided."""
    if not longer:
        return f"{_some(kept, 'family', 'families')} whose pair a person decided to keep"
    waited = "waited longer"
    if as_long:
        waited = "waited longer, or just as long and come first by id"
    said = f"{_some(longer, 'family', 'families')} who {waited}"
    return f"{said}, and {kept} whose pair a person decided to keep" if kept else said


def no_room(count: int) -> str:
    """Everybody they could have came with no room at all."""
    none = {1: "who has no room", 2: "but neither has room"}.get(count, "but none has room")
    return f"They could be paired with {_some(count, 'supporter')}, {none} for anybody new."


def one_more(supporters: int, ahead: int) -> str:
    """What one more place there would do, with `ahead` others waiting for it first."""
    where = {1: "there", 2: "with either"}.get(supporters, "with any of them")
    if not ahead:
        return f"Room for one more family {where} would place them."
    others = "1 other family" if ahead == 1 else f"{ahead} other families"
    comes = "comes" if ahead == 1 else "come"
    return (
        f"Room for one more family {where} would place one more, "
        f"but {others} still waiting for the same people {comes} first."
    )


def shortage(
    waiting: Sequence[str],
    placed: int,
    supporters: int,
    gain: Sequence[int],
    like: str,
    named: Mapping[str, str] | None,
) -> str:
    """A line for the recruiting list; `named` gives the names of families and supporters."""
    share = _shared(waiting, placed, supporters, named)
    if not gain:
        return share
    more = " Room for one more there would place one more family"
    if gain[-1] > gain[0]:
        them = (named or {}).get(like) or ("these" if supporters > 1 else "this one")
        room = f"with room for {number(len(gain))}"
        more += f"; one more supporter like {them}, {room}, would place {number(gain[-1])}"
    return f"{share}{more}."


def _shared(
    waiting: Sequence[str], placed: int, supporters: int, named: Mapping[str, str] | None
) -> str:
    sharing, helpers = len(waiting) + placed, _counted(supporters, "supporter")
    share = "has" if sharing == 1 else "share"
    subject = capital(_listed(waiting, sharing, named))
    if not placed:
        nobody_has = "who has no room" if supporters == 1 else "and none of them has room"
        return f"{subject} {share} only {helpers}, {nobody_has}."
    left = "one is" if len(waiting) == 1 else f"{number(len(waiting))} are"
    room = "who has" if supporters == 1 else "who together have"
    return (
        f"{subject} {share} only {helpers}, {room} room for {number(placed)}: {left} left waiting."
    )


def _listed(waiting: Sequence[str], sharing: int, named: Mapping[str, str] | None) -> str:
    """ "the K. family, the L. family and four more": at most three by name, those who wait first."""
    names = [named[one] for one in waiting[:3] if one in named] if named else []
    rest = sharing - len(names)
    if not names:
        return _counted(sharing, "family", "families")
    if rest:
        names.append(f"{number(rest)} more")
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _some(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def capital(words: str) -> str:
    """The words with a capital at the start, as a sentence begins."""
    return words[:1].upper() + words[1:]
