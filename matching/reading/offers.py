"""What a family sees of those it may choose, and a supporter of the family that chose it.

Nothing here tells where somebody lives or how to reach them: that comes after both have said yes (trust.md SG-15).
"""

from dataclasses import dataclass
from datetime import datetime

from goals.models import Goal
from matching import choices
from matching.models import Choice, Shortlist, ShortlistEntry
from matching.reading.members import Other, other_of
from people.models import Child, Family, Volunteer
from people.nearness import how_near

WAITING = Choice.Answer.WAITING


@dataclass(frozen=True)
class Offer:
    """One supporter on a family's list. `gone` says why they can't be chosen now; empty while they can.

    `children` are those of a sharing family: each age with what they like, never a name.
    """

    id: int
    entry: ShortlistEntry
    other: Other
    near: str
    about: str
    likes: str
    children: list[tuple[str, str]]
    why: list[str]
    asks: list[str]
    noes: list[str]
    asked: bool
    gone: str


@dataclass(frozen=True)
class ChoicePage:
    """What a supporter reads before it answers."""

    choice: Choice
    family: Other
    near: str
    goals: list[Goal]
    children: list[Child]
    open: bool


def offers_of(shortlist: Shortlist, *, at: datetime) -> list[Offer]:
    """Give the list as the family reads it; a fixed number of queries for each of at most three."""
    asked = {choice.entry_id for choice in shortlist.choices.all() if choice.answer == WAITING}
    found = []
    for entry in shortlist.entries.all():
        helper = entry.supporter
        lines = {
            tone: [line["words"] for line in entry.parts if line["tone"] == tone]
            for tone in ("why", "ask", "no")
        }
        mine = entry.pk in asked
        found.append(
            Offer(
                id=entry.pk,
                entry=entry,
                other=other_of(helper),
                near=near(shortlist.family, helper.family or helper.volunteer),
                about=helper.about,
                likes=helper.offers or helper.skills.replace(";", ", "),
                children=_children_of(helper.family),
                why=lines["why"],
                asks=lines["ask"],
                noes=lines["no"],
                asked=mine,
                gone="" if mine else choices.why_not_now(shortlist, entry, at=at),
            )
        )
    return found


def choice_page(choice: Choice) -> ChoicePage:
    """Give what a supporter reads, in three queries: what the family hopes for, never why it came."""
    assert choice.entry is not None, "checked by the door"
    family, helper = choice.shortlist.family, choice.entry.supporter
    return ChoicePage(
        choice=choice,
        family=other_of(family),
        near=near(family, helper.family or helper.volunteer),
        goals=list(Goal.objects.active().filter(family=family)),
        children=list(family.children.order_by("age_band", "pk")),
        open=choice.answer == WAITING,
    )


def _children_of(family: Family | None) -> list[tuple[str, str]]:
    """Give what the children of a sharing family like, youngest first, those of an age together."""
    if family is None:
        return []
    by_age: dict[str, list[str]] = {}
    for child in family.children.all():
        by_age.setdefault(child.age_band, []).extend(map(str, child.interests))
    return [
        (str(band.label), ", ".join(dict.fromkeys(by_age[band])))
        for band in Child.AgeBand
        if band in by_age
    ]


def near(one: Family | Volunteer, other: Family | Volunteer | None) -> str:
    """Give how near their neighbourhoods are, as a band in words; never from home to home."""
    assert other is not None, "a supporter is one of the two"
    return how_near(one.place, other.place)
