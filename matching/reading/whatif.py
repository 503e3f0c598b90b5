"""What if? as a coach reads it: how many more would have a place, who, and who would be with somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matching.engine_ids import row_id
from matching.models import Round
from matching.reopening import Called, question_of
from matching.supposing import Supposed, more_room, travelling_further
from people.models import Family

MOST_SHOWN = 20
MOST_TO_CHOOSE = 100
ROOM = (1, 2)
FURTHER_KM = (2, 5, 10)


class NobodyWaitsError(Exception):
    """More room with that supporter would place nobody, or they weren't in the round."""


@dataclass(frozen=True)
class Supposition:
    """What a coach asks: room for `more` with a supporter, or everybody travelling `further_km`; 0 for not asked."""

    supporter: int = 0
    more: int = 0
    further_km: int = 0


@dataclass(frozen=True)
class Step:
    """A family that would have a place, lose it (`after` is empty) or be with somebody else, by name."""

    family: str
    before: str
    after: str


@dataclass(frozen=True)
class Steps:
    """The first of a kind of changes, those first in turn first, and how many there are in all."""

    shown: list[Step]
    many: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.many - len(self.shown)


@dataclass(frozen=True)
class Supposedly:
    """What would change; `score` in points of all pairs, `placed` before."""

    placed: int
    new_in: Steps
    moved: Steps
    lost: Steps
    score: int

    @property
    def nothing(self) -> bool:
        """Whether every family would have what it has."""
        return not (self.new_in.many or self.moved.many or self.lost.many)

    @property
    def now_placed(self) -> int:
        """How many would have a place."""
        return self.placed + self.new_in.many - self.lost.many


@dataclass(frozen=True)
class WhatIfPage:
    """The questions one may ask of a round, and the answer to the one that was asked."""

    round: Round
    supporters: list[tuple[int, str]]
    asked: Supposition
    who: str
    found: Supposedly | None
    families: list[Family]
    further: tuple[int, ...] = FURTHER_KM


def what_if_page(round_: Round, asked: Supposition, *, at: datetime) -> WhatIfPage:
    """Give the page, in a constant number of queries. Raises NobodyWaitsError for any other supporter."""
    called = Called(question_of(round_))
    choice = _to_choose(round_)
    if asked.supporter and asked.supporter not in choice:
        raise NobodyWaitsError
    supporters = sorted(
        ((pk, called[one]) for pk, one in choice.items()), key=lambda one: (one[1].casefold(), one)
    )
    families, found = called.families(), None
    if asked.supporter:
        found = _told(more_room(round_, supporter=asked.supporter, more=asked.more), called)
        families = called.families()
    elif asked.further_km:
        supposed = travelling_further(
            round_.area,
            weights=round_.weights.weights,
            more_m=1000 * asked.further_km,
            at=at,
        )
        today = Called(supposed.question)
        found = _told(supposed, today)
        families = _once([*families, *today.families()])
    who = dict(supporters).get(asked.supporter, "")
    return WhatIfPage(round_, supporters, asked, who, found, families)


def _to_choose(round_: Round) -> dict[int, str]:
    """The supporters whom families without a place compete for: more room with anybody else would place nobody."""
    ids = sorted({one for line in round_.answer["shortages"] for one in line["supporters"]})
    return {row_id(one): one for one in ids[:MOST_TO_CHOOSE]}


def _told(supposed: Supposed, called: Called) -> Supposedly:
    change = supposed.change
    new_in, lost = change.newly_placed, change.no_longer_placed
    return Supposedly(
        placed=supposed.placed,
        new_in=Steps(
            [Step(called[one.seeking], "", called[one.supporter]) for one in new_in[:MOST_SHOWN]],
            len(new_in),
        ),
        moved=Steps(
            [
                Step(called[one.seeking], called[one.before], called[one.after])
                for one in change.moved[:MOST_SHOWN]
            ],
            len(change.moved),
        ),
        lost=Steps(
            [Step(called[one.seeking], called[one.supporter], "") for one in lost[:MOST_SHOWN]],
            len(lost),
        ),
        score=change.score,
    )


def _once(families: Iterable[Family]) -> list[Family]:
    return list({one.pk: one for one in families}.values())
