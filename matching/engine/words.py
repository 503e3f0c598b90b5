"""What a coach reads about each part of a score.

A newcomer would work the value out again here. `scoring.py` has done so; these functions are
given it and only say what it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from matching.engine.terms import Child, SeekingProfile, SupporterProfile, Term
from matching.engine.terms.profiles import kilometres, number, said_list

# A place is the middle of a cell of a kilometre, so nearer than this says nothing.
NEXT_DOOR_M = 950
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS_OF_DAY = ("morning", "afternoon", "evening")


def lived_through(seeking: SeekingProfile, supporter: SupporterProfile, value: int | None) -> str:
    """Which themes the supporter has been through, which are close, which neither."""
    if not seeking.goal_themes:
        return "The family has not set a goal yet."
    if not supporter.lived_through:
        return "Nobody has asked what the supporter has lived through."
    lived = supporter.lived_through
    same = seeking.goal_themes & lived
    rest = seeking.goal_themes - same
    near = {one: [other for other in lived if one.close_to(other)] for one in rest}
    said = []
    if same:
        said.append(f"The supporter has been through: {_themes(same)}")
    said += [
        f"The supporter has been through {_themes(near[one])}, "
        f"which {'is' if len(near[one]) == 1 else 'are'} close to {one.name}"
        for one in sorted(rest, key=lambda one: one.name)
        if near[one]
    ]
    if far := [one for one in rest if not near[one]]:
        said.append(f"The supporter has not been through: {_themes(far)}")
    return ". ".join(said) + "."


def _themes(themes: Iterable[Term]) -> str:
    """Names apart by semicolons: "Bedtimes and sleep; Money". Each may hold an "and"."""
    return "; ".join(sorted(one.name for one in themes))


def free_times(seeking: SeekingProfile, supporter: SupporterProfile, value: int | None) -> str:
    """The parts of the week when both are free."""
    if not seeking.free_times:
        return "Nobody has asked when the family is free."
    if not supporter.free_times:
        return "Nobody has asked when the supporter is free."
    if not value:
        return "No time when both are free."
    return f"Both are free {_said_times(seeking.free_times & supporter.free_times)}."


def _said_times(shared: int) -> str:
    """ "on Saturday morning and Sunday evening", "all day Sunday": at most three days are spelled out."""
    days = []
    for day, name in enumerate(DAYS):
        parts = [part for at, part in enumerate(PARTS_OF_DAY) if shared >> (day * 3 + at) & 1]
        if parts:
            days.append(f"{name} {_joined(parts)}" if len(parts) < 3 else f"all day {name}")
    days[0] = days[0] if days[0].startswith("all") else f"on {days[0]}"
    if len(days) > 3:
        return f"{', '.join(days[:3])}, and {_days_more(len(days) - 3)}"
    plain = len(days) == 2 and not any(" and " in one for one in days)
    return (
        " and ".join(days) if plain or len(days) == 1 else f"{', '.join(days[:-1])}, and {days[-1]}"
    )


def _days_more(count: int) -> str:
    return "one more day" if count == 1 else f"{number(count)} more days"


def distance(seeking: SeekingProfile, supporter: SupporterProfile, value: int | None) -> str:
    """How far apart, and who travels that far."""
    metres = seeking.metres_to(supporter)
    if metres is None:
        return "We don’t know where one of them lives."
    apart = f"{kilometres(metres)} apart" if metres >= NEXT_DOOR_M else "Less than 1 km apart"
    limits = [one for one in (seeking.travel_m, supporter.travel_m) if one is not None]
    if not limits:
        return f"{apart}. Nobody has asked how far they travel."
    if metres > min(limits):
        return f"{apart}. That is further than they said they travel."
    if seeking.travel_m is not None and supporter.travel_m is not None:
        return f"{apart}. {_both_travel(seeking.travel_m, supporter.travel_m, value)}"
    asked, other = "The family", "the supporter"
    if seeking.travel_m is None:
        asked, other = "The supporter", "the family"
    return f"{apart}. {asked} travels that far. Nobody has asked {other}."


def _both_travel(family_m: int, supporter_m: int, value: int | None) -> str:
    """Who of the two travels less far, and how far; nobody where it is as far, as kilometres are said."""
    limit = kilometres(min(family_m, supporter_m))
    if kilometres(family_m) == kilometres(supporter_m):
        return f"Both travel {'up to' if value else 'just as far, no further than'} {limit}."
    who, other = "the family", "the supporter"
    if supporter_m < family_m:
        who, other = other, who
    if not value:
        return f"Both travel that far, but {who} no further than {limit}."
    return f"Both travel that far, {who} up to {limit} and {other} further."


def children(seeking: SeekingProfile, supporter: SupporterProfile, value: int | None) -> str:
    """The ages on both sides, and what children on both sides like."""
    if not seeking.children:
        return "Nobody has told us about the family’s children."
    if supporter.children is None:
        return "Nobody has asked about the supporter’s children."
    if not supporter.children:
        return "The supporter brings no children, so ages are not compared."
    here, there = (_joined(_ages(side)) for side in (seeking.children, supporter.children))
    liked = _likes(seeking.children) & _likes(supporter.children)
    both = f" Both have a child who likes {_joined(sorted(liked))}." if liked else ""
    return f"The family’s children: {here}. The supporter’s: {there}.{both}"


def _ages(side: Sequence[Child]) -> list[str]:
    return [_age(one) for one in sorted(side, key=lambda child: (child.youngest, child.oldest))]


def _age(child: Child) -> str:
    if child.youngest == child.oldest:
        return str(child.youngest)
    return f"{child.youngest}–{child.oldest}"


def _likes(side: Iterable[Child]) -> set[str]:
    return {like for child in side for like in child.likes}


def languages(seeking: SeekingProfile, supporter: SupporterProfile, value: int | None) -> str:
    """The languages that both speak, and those that the supporter does not."""
    if value is None:
        return "Nobody has asked which languages both speak."
    if not value:
        return "No shared language. They would need an interpreter."
    shared = seeking.languages & supporter.languages
    missing = seeking.languages - shared
    also = f" The supporter does not speak {said_list(missing, 'or')}." if missing else ""
    return f"Both speak {said_list(shared)}.{also}"


def access(seeking: SeekingProfile, supporter: SupporterProfile, value: int | None) -> str:
    """Which access needs the supporter can't meet, which it can, and which nobody asked about."""
    if seeking.access_needs is None:
        return "Nobody has asked the family about steps and access."
    if not seeking.access_needs:
        return "The family needs nothing special to get in or follow."
    met = seeking.access_needs & (supporter.meets - supporter.lacks)
    unmet = seeking.access_needs & supporter.lacks
    open_ = seeking.access_needs - met - unmet
    said = []
    if unmet:
        said.append(f"The supporter can’t offer: {_small(unmet)}.")
    if met:
        said.append(f"The supporter can offer: {_small(met)}.")
    if open_:
        said.append(f"Nobody has asked the supporter about: {_small(open_)}.")
    return " ".join(said)


def wishes(seeking: SeekingProfile, supporter: SupporterProfile, value: int | None) -> str:
    """What either would rather not meet and does, or which of the family's wishes come true."""
    clashes = _clashes(seeking, supporter)
    if clashes:
        return " ".join(clashes)
    if value is None:
        return _not_asked(seeking, supporter)
    if not seeking.wishes:
        return "Nothing here that the family would rather not have."
    there = seeking.wishes & ((supporter.has or frozenset()) | (supporter.offers or frozenset()))
    if not there:
        return f"The family hopes for {_small(seeking.wishes)}. Not with this supporter."
    rest = seeking.wishes - there
    also = f" Not with this supporter: {_small(rest)}." if rest else ""
    return f"The family hopes for {_small(there)}, and the supporter has it.{also}"


def _not_asked(seeking: SeekingProfile, supporter: SupporterProfile) -> str:
    if seeking.no_to and supporter.has is None:
        unwanted = _small(seeking.no_to, "or")
        return f"The family would rather have no {unwanted}. Nobody has asked the supporter."
    if not seeking.wishes:
        return "Nobody has asked the family what they hope for, or would rather not have."
    return f"The family hopes for {_small(seeking.wishes)}. Nobody has asked the supporter."


def _clashes(seeking: SeekingProfile, supporter: SupporterProfile) -> list[str]:
    said = []
    for who, asks, has in (
        ("The family", seeking.no_to, supporter.has),
        ("The supporter", supporter.no_to, seeking.has),
    ):
        both: frozenset[Term] = (asks or frozenset()) & (has or frozenset())
        if both:
            said.append(f"{who} asked for no {_small(both, 'or')}, and there is.")
    return said


def _small(terms: Iterable[Term], last: str = "and") -> str:
    """As `said_list`, for things: "dogs and somewhere quiet" inside a sentence."""
    return said_list(
        (replace(one, name=one.name[:1].lower() + one.name[1:]) for one in terms), last
    )


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
