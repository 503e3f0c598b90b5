"""Why these two, in words for the family that chooses: from the same facts as the score, but never its numbers.

A newcomer would show the coach's words. Those tell kilometres and other people's needs; here a family reads what
the other side said about itself, what both share, and honestly what nobody has asked yet.
"""

from dataclasses import dataclass

from matching.engine.terms import Score, SeekingProfile, SupporterProfile, Term
from matching.engine.words import DAYS


@dataclass(frozen=True)
class Reason:
    """One line on a card. `tone`: why (a tick), ask (not known yet) or no (honest, but no reason against them)."""

    tone: str
    words: str


def for_family(seeking: SeekingProfile, supporter: SupporterProfile, score: Score) -> list[Reason]:
    """Give the lines of a card, the reasons for them first; at most six, because it is read on a phone."""
    standing = {part.code: part.standing for part in score.parts}
    lines = [
        *_lived_through(seeking, supporter),
        *_free_times(seeking, supporter),
        *_children(seeking, supporter),
        *_languages(seeking, supporter),
        *_access(seeking, supporter),
        *_wishes(standing.get("wishes", ""), seeking, supporter),
    ]
    order = {"why": 0, "ask": 1, "no": 2}
    return sorted(lines, key=lambda line: order[line.tone])[:6]


def _lived_through(seeking: SeekingProfile, supporter: SupporterProfile) -> list[Reason]:
    if not seeking.goal_themes or not supporter.lived_through:
        return [Reason("ask", "We don’t know yet what they have been through themselves.")]
    same = seeking.goal_themes & supporter.lived_through
    if same:
        return [Reason("why", f"They have been through it too: {_listed(same)}.")]
    wider = {one.parent for one in seeking.goal_themes if one.parent}
    close = {one for one in supporter.lived_through if one.parent in wider or one.code in wider}
    if close:
        return [Reason("why", f"They have been through something close to it: {_listed(close)}.")]
    return [Reason("no", "They haven’t been through quite the same thing.")]


def _free_times(seeking: SeekingProfile, supporter: SupporterProfile) -> list[Reason]:
    if not seeking.free_times or not supporter.free_times:
        return [Reason("ask", "We don’t know yet when you could both meet.")]
    shared = seeking.free_times & supporter.free_times
    days = [day for n, day in enumerate(DAYS) if shared >> (n * 3) & 0b111]
    if not days:
        return [Reason("no", "You aren’t free at the same times just now.")]
    if len(days) > 3:
        return [Reason("why", f"Free on {len(days)} days of the week, like you.")]
    return [Reason("why", f"Free on {_joined([f'{day}s' for day in days])}, like you.")]


def _children(seeking: SeekingProfile, supporter: SupporterProfile) -> list[Reason]:
    if not supporter.children:
        return []
    liked = {like.casefold() for child in seeking.children or () for like in child.interests} & {
        like.casefold() for child in supporter.children for like in child.interests
    }
    if liked:
        return [Reason("why", f"Their children like {_joined(sorted(liked)[:3])}, like yours.")]
    near = any(
        one.youngest <= other.oldest + 1 and other.youngest <= one.oldest + 1
        for one in seeking.children or ()
        for other in supporter.children
    )
    if near:
        return [Reason("why", "Their children are about as old as yours.")]
    return []


def _languages(seeking: SeekingProfile, supporter: SupporterProfile) -> list[Reason]:
    shared = {one for one in seeking.languages & supporter.languages if one.code != "en"}
    return (
        [Reason("why", f"They speak {_joined(sorted(one.name for one in shared))}, like you.")]
        if shared
        else []
    )


def _access(seeking: SeekingProfile, supporter: SupporterProfile) -> list[Reason]:
    found = []
    for need in sorted(seeking.access_needs or (), key=lambda one: one.name):
        asked = need.name[:1].lower() + need.name[1:]
        if need in supporter.lacks:
            found.append(Reason("no", f"You asked for {asked}. They can’t offer that at home."))
        elif need not in supporter.meets:
            found.append(Reason("ask", f"You asked for {asked}. We don’t know about theirs yet."))
    return found


def _wishes(standing: str, seeking: SeekingProfile, supporter: SupporterProfile) -> list[Reason]:
    clash = (seeking.no_to or frozenset()) & (supporter.has or frozenset())
    if clash:
        return [Reason("no", f"You would rather not have {_listed(clash)}. They do.")]
    if standing == "unknown" and seeking.no_to:
        unknown = _listed(seeking.no_to)
        return [Reason("ask", f"We don’t know yet about {unknown} at their place.")]
    return []


def _listed(terms: set[Term] | frozenset[Term]) -> str:
    """Theme names as they stand inside a sentence; a language keeps its capital in `_languages`."""
    return _joined([name[:1].lower() + name[1:] for name in sorted(t.name for t in terms)][:3])


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
