"""How well two suit, in whole points that can be read out: parts of 0 to 100 times a weight.

A newcomer would turn what is not known into 0. Not known is its own state: such a part has no
value, counts in neither the total nor what it is out of, and tells the coach what to ask.
"""

from __future__ import annotations

from collections.abc import Callable

from matching.engine.terms import (
    Child,
    Part,
    Score,
    SeekingProfile,
    SupporterProfile,
    Term,
    Weights,
)
from matching.engine.terms.profiles import kilometres, said_list

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS_OF_DAY = ("morning", "afternoon", "evening")

# A value from 0 to 100, or None when not known, and the words for it.
Judgement = tuple[int | None, str]


def score(
    seeking: SeekingProfile, supporter: SupporterProfile, *, weights: Weights | None = None
) -> Score:
    """The score of a pair that no hard rule stands against, with the arithmetic behind it."""
    weights = weights or Weights()
    parts = tuple(
        _part(code, label, judge(seeking, supporter), getattr(weights, code))
        for code, label, judge in _JUDGES
    )
    return Score(
        total=sum(part.points for part in parts),
        out_of=sum(100 * part.weight for part in parts if part.value is not None),
        unknown=sum(100 * part.weight for part in parts if part.value is None),
        parts=parts,
    )


def _part(code: str, label: str, judgement: Judgement, weight: int) -> Part:
    value, words = judgement
    if value is None:
        return Part(code, label, "unknown", words, None, weight, 0)
    standing = "match" if value >= 60 else "part" if value > 0 else "mismatch"
    return Part(code, label, standing, words, value, weight, value * weight)


def _lived_through(seeking: SeekingProfile, supporter: SupporterProfile) -> Judgement:
    """The average over the family's themes: 100 for the same, 50 for one close by in the tree."""
    if not seeking.goal_themes:
        return None, "The family has not set a goal yet."
    if not supporter.lived_through:
        return None, "Nobody has asked what the supporter has lived through."
    same = seeking.goal_themes & supporter.lived_through
    rest = seeking.goal_themes - same
    close = {one for one in rest if any(_related(one, other) for other in supporter.lived_through)}
    value = (100 * len(same) + 50 * len(close)) // len(seeking.goal_themes)
    said = []
    if same:
        said.append(f"The supporter has been through {said_list(same)}")
    if close:
        said.append(f"Close to what the supporter has been through: {said_list(close)}")
    if rest - close:
        said.append(f"Not something the supporter has been through: {said_list(rest - close)}")
    return value, ". ".join(said) + "."


def _related(one: Term, other: Term) -> bool:
    if one.parent and one.parent in (other.parent, other.code):
        return True
    return one.code == other.parent


def _free_times(seeking: SeekingProfile, supporter: SupporterProfile) -> Judgement:
    """30 for each part of the week both have free, up to 100."""
    if not seeking.free_times:
        return None, "Nobody has asked when the family is free."
    if not supporter.free_times:
        return None, "Nobody has asked when the supporter is free."
    shared = seeking.free_times & supporter.free_times
    if not shared:
        return 0, "No time when both are free."
    return min(100, 30 * shared.bit_count()), f"Both free {_said_times(shared)}."


def _said_times(shared: int) -> str:
    """ "Saturday morning and afternoon, and Sunday evening", at most three days spelled out."""
    days = []
    for day, name in enumerate(DAYS):
        parts = [part for at, part in enumerate(PARTS_OF_DAY) if shared >> (day * 3 + at) & 1]
        if parts:
            days.append(f"{name} {_joined(parts)}" if len(parts) < 3 else f"all {name}")
    if len(days) > 3:
        return f"{', '.join(days[:3])}, and on {_days_more(len(days) - 3)}"
    return days[0] if len(days) == 1 else f"{', '.join(days[:-1])}, and {days[-1]}"


def _days_more(count: int) -> str:
    return "1 more day" if count == 1 else f"{count} more days"


def _distance(seeking: SeekingProfile, supporter: SupporterProfile) -> Judgement:
    """100 next door, falling evenly to 0 where the shorter of the two travels ends."""
    metres = seeking.metres_to(supporter)
    if metres is None:
        return None, "We don’t know where one of them lives."
    apart = f"{kilometres(metres)} apart"
    limits = [one for one in (seeking.travel_m, supporter.travel_m) if one is not None]
    if not limits:
        return None, f"{apart}; nobody has asked how far they travel."
    limit = min(limits)
    value = max(0, 100 * (limit - metres) // limit) if limit else 100 * (metres == 0)
    if metres > limit:
        return 0, f"{apart}; further than they said they travel."
    if len(limits) == 2:
        return value, f"{apart}; both travel that far."
    asked, other = "The family", "the supporter"
    if seeking.travel_m is None:
        asked, other = "The supporter", "the family"
    return value, f"{apart}. {asked} travels that far; nobody has asked {other}."


def _children(seeking: SeekingProfile, supporter: SupporterProfile) -> Judgement:
    """For each of the family's children the nearest child over there, averaged.

    Ages make 70 of the 100 and a shared interest 30; where the interests of one side are not
    known, ages make all of it.
    """
    if not seeking.children:
        return None, "Nobody has told us about the family’s children."
    if supporter.children is None:
        return None, "Nobody has asked about the supporter’s children."
    if not supporter.children:
        return None, "The supporter brings no children, so ages are not compared."
    best = [max(_likeness(one, other) for other in supporter.children) for one in seeking.children]
    here = _joined([_age(one) for one in sorted(seeking.children, key=_youngest)])
    there = _joined([_age(one) for one in sorted(supporter.children, key=_youngest)])
    liked = _interests(seeking.children) & _interests(supporter.children)
    both = f" Both have a child who likes {_joined(sorted(liked))}." if liked else ""
    return sum(best) // len(best), f"Ages {here} here, {there} there.{both}"


def _likeness(one: Child, other: Child) -> int:
    gap = max(0, one.youngest - other.oldest, other.youngest - one.oldest)
    # Bands that touch (5 to 7, 8 to 10) are a year apart at the least, hence 1.
    nearness = 100 if gap == 0 else 70 if gap == 1 else 40 if gap <= 4 else 0
    mine, theirs = _interests((one,)), _interests((other,))
    if not mine or not theirs:
        return nearness
    return (70 * nearness + 30 * (100 if mine & theirs else 0)) // 100


def _interests(children: tuple[Child, ...]) -> set[str]:
    return {like.strip().casefold() for child in children for like in child.interests} - {""}


def _youngest(child: Child) -> tuple[int, int]:
    return child.youngest, child.oldest


def _age(child: Child) -> str:
    if child.youngest == child.oldest:
        return str(child.youngest)
    return f"{child.youngest}–{child.oldest}"


def _languages(seeking: SeekingProfile, supporter: SupporterProfile) -> Judgement:
    """The share of the family's languages that the supporter speaks too, never below 60 for one."""
    if not seeking.languages or not supporter.languages:
        return None, "Nobody has asked which languages both speak."
    shared = seeking.languages & supporter.languages
    if not shared:
        return 0, "No shared language; they would need an interpreter."
    missing = seeking.languages - shared
    value = max(60, 100 * len(shared) // len(seeking.languages))
    also = f" The supporter does not speak {said_list(missing, 'or')}." if missing else ""
    return value, f"Both speak {said_list(shared)}.{also}"


def _access(seeking: SeekingProfile, supporter: SupporterProfile) -> Judgement:
    """The share of the known access needs that the supporter can meet."""
    if seeking.access_needs is None:
        return None, "Nobody has asked the family about steps and access."
    if not seeking.access_needs:
        return 100, "The family needs nothing special to get in or follow."
    met = seeking.access_needs & (supporter.meets - supporter.lacks)
    unmet = seeking.access_needs & supporter.lacks
    open_ = seeking.access_needs - met - unmet
    said = []
    if unmet:
        said.append(f"The supporter can’t offer: {said_list(unmet)}.")
    if met:
        said.append(f"The supporter can offer: {said_list(met)}.")
    if open_:
        said.append(f"Nobody has asked the supporter about: {said_list(open_)}.")
    known = len(met) + len(unmet)
    return (100 * len(met) // known if known else None), " ".join(said)


def _wishes(seeking: SeekingProfile, supporter: SupporterProfile) -> Judgement:
    """0 when either meets what it would rather not; else the share of the wishes that come true."""
    clashes = _clashes(seeking, supporter)
    if clashes:
        return 0, " ".join(clashes)
    if seeking.no_to is None and seeking.wishes is None:
        return None, "Nobody has asked the family what it would rather have, or not."
    if seeking.no_to and supporter.has is None:
        unwanted = said_list(seeking.no_to, "or")
        return None, f"Nobody has asked the supporter: the family would rather have no {unwanted}."
    if not seeking.wishes:
        return 100, "Nothing here that the family would rather not have."
    return _hopes(seeking.wishes, supporter)


def _hopes(wishes: frozenset[Term], supporter: SupporterProfile) -> Judgement:
    if supporter.has is None and supporter.offers is None:
        return None, f"Nobody has asked the supporter: the family hopes for {said_list(wishes)}."
    there = wishes & ((supporter.has or frozenset()) | (supporter.offers or frozenset()))
    if not there:
        return 0, f"The family hopes for {said_list(wishes)}; not with this supporter."
    rest = wishes - there
    also = f" Not with this supporter: {said_list(rest)}." if rest else ""
    words = f"The family hopes for {said_list(there)}, and the supporter has it.{also}"
    return 100 * len(there) // len(wishes), words


def _clashes(seeking: SeekingProfile, supporter: SupporterProfile) -> list[str]:
    said = []
    for who, asks, has in (
        ("The family", seeking.no_to, supporter.has),
        ("The supporter", supporter.no_to, seeking.has),
    ):
        both = (asks or frozenset()) & (has or frozenset())
        if both:
            said.append(f"{who} asked for no {said_list(both, 'or')}, and there is.")
    return said


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


_JUDGES: tuple[tuple[str, str, Callable[[SeekingProfile, SupporterProfile], Judgement]], ...] = (
    ("lived_through", "What they lived through", _lived_through),
    ("free_times", "Free times", _free_times),
    ("distance", "Distance", _distance),
    ("children", "Children", _children),
    ("languages", "Languages", _languages),
    ("access", "Steps and access", _access),
    ("wishes", "Wishes", _wishes),
)
