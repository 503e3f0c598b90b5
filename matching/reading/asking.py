"""Whom a coach may have in mind for a family of a round: who is free, who is taken, and what stands against others.

A newcomer would call everybody allowed whom no rule keeps away. Most of them have no room left in this round: moving
them takes a place from somebody, and that is said before the coach asks.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from matching.asking import Beside, everybody
from matching.engine.eligibility import Blocker
from matching.engine.terms import Answer, Instance, Pair
from matching.engine.wording import sentence
from matching.engine_ids import supporter_id
from matching.models import Round
from matching.reading.members import Other, families_among, other_of
from matching.reading.whynot import proposals_of
from matching.reopening import answer_of, question_of, stands_as
from matching.snapshot import supporters_of
from people.models import Family

MOST_SHOWN = 20


@dataclass(frozen=True)
class May:
    """Somebody the family may be linked with; `score` is None for who came after the round."""

    supporter: Other
    id: int
    score: int | None
    ruled_out: bool


@dataclass(frozen=True)
class MayNot:
    """Somebody something stands against today; `may_overrule` when a person may decide otherwise about all of it."""

    supporter: Other
    id: int
    blockers: list[Blocker]
    may_overrule: bool


@dataclass(frozen=True)
class AskPage:
    """Everybody who might be thought of for a family: the first of each kind, and how many there are.

    Nothing stands against those who are free or taken; the round gave all the room of the taken to others.
    """

    round: Round
    family: Family
    chosen: list[Other]
    free: list[May]
    taken: list[May]
    may_not: list[MayNot]
    many_free: int
    many_taken: int
    many_may_not: int
    name: str
    families: list[Family]

    @property
    def proposed(self) -> str:
        """Whom the round proposes, in a sentence; both at once where the family has two wishes."""
        # "family" stands before "volunteer" whichever wish waited longer.
        names = [one.name for one in sorted(self.chosen, key=lambda one: one.kind)]
        if not names:
            said = _("This round found nobody for %(family)s")
        elif len(names) == 1:
            said = _("This round proposes %(first)s for %(family)s")
        else:
            said = _("This round proposes %(first)s and, as a volunteer, %(last)s for %(family)s")
        first, last = (names[0], names[-1]) if names else ("", "")
        return sentence(said % {"family": self.family.display_name, "first": first, "last": last})

    @property
    def more_free(self) -> int:
        """How many who are free are not shown."""
        return self.many_free - len(self.free)

    @property
    def more_taken(self) -> int:
        """How many who are taken are not shown."""
        return self.many_taken - len(self.taken)

    @property
    def more_may_not(self) -> int:
        """How many who may not are not shown."""
        return self.many_may_not - len(self.may_not)


def ask_page(round_: Round, family: Family, *, name: str, at: datetime) -> AskPage:
    """Give whom one may ask about; `name` is a part of a supporter's name, or nothing for everybody."""
    proposals = proposals_of(round_, family)
    chosen = {supporter_id(one.supporter_id) for one in proposals}
    question, answer = question_of(round_), answer_of(round_.answer)
    asked = stands_as(question, family)
    pairs = {one.supporter: one for one in question.pairs if one.seeking in asked}
    beside = everybody(family=family, supporters=supporters_of(round_.area), at=at)
    found = {
        one: other
        for one, other in beside.items()
        if one not in chosen and name.casefold() in str(other.supporter).casefold()
    }
    may = sorted(
        (one for one in found if not found[one].blockers),
        key=lambda one: (one not in pairs, -pairs[one].score if one in pairs else 0, one),
    )
    may_not = sorted(
        (one for one in found if found[one].blockers), key=lambda one: (_nearest(found[one]), one)
    )
    full = _taken(question, answer)
    free, taken = [one for one in may if one not in full], [one for one in may if one in full]
    shown = [*free[:MOST_SHOWN], *taken[:MOST_SHOWN], *may_not[:MOST_SHOWN]]
    helpers = [*(found[one].supporter for one in shown), *(one.supporter for one in proposals)]
    return AskPage(
        round=round_,
        family=family,
        chosen=[other_of(one.supporter) for one in proposals],
        free=[_may(one, found, pairs) for one in free[:MOST_SHOWN]],
        taken=[_may(one, found, pairs) for one in taken[:MOST_SHOWN]],
        may_not=[
            MayNot(
                other_of(found[one].supporter),
                found[one].supporter.pk,
                found[one].blockers,
                found[one].may_overrule,
            )
            for one in may_not[:MOST_SHOWN]
        ],
        many_free=len(free),
        many_taken=len(taken),
        many_may_not=len(may_not),
        name=name,
        families=[family, *families_among(helpers)],
    )


def _taken(question: Instance, answer: Answer) -> set[str]:
    """The supporters all of whose room the round gave away; not those who came to it with none."""
    used = Counter(one.supporter for one in answer.pairs)
    return {one.id for one in question.supporters if 0 < one.capacity <= used[one.id]}


def _may(one: str, found: Mapping[str, Beside], pairs: Mapping[str, Pair]) -> May:
    supporter, pair = found[one].supporter, pairs.get(one)
    return May(
        other_of(supporter),
        supporter.pk,
        pair.score if pair else None,
        bool(pair and pair.forbidden),
    )


def _nearest(one: Beside) -> tuple[bool, int, float]:
    """First those about whom a person may decide, then those with little in the way, then those near."""
    far = one.metres if one.metres is not None else float("inf")
    return not one.may_overrule, len(one.blockers), far
