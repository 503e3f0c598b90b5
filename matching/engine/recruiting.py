"""Who to look for: where, who has been through what, and how many more families one such supporter would place.

A newcomer would count who waits in each place. That is not what one more person there would do: they may place
somebody who waits elsewhere, by taking a family whose supporter is then free. So each is tried in the round itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from matching.engine.eligibility import admissible
from matching.engine.graph import FAMILY, SUPPORTER, competition, further
from matching.engine.tables import tabulate
from matching.engine.terms import Answer, Instance, Point, SeekingProfile, SupporterProfile, Term
from matching.engine.terms.profiles import USUAL_TRAVEL_M
from matching.engine.wording import Common

MOST_ROOM = 3
MOST_LANGUAGES = 2
# No id of anybody in a round: it is only ever in our own copy of the graph.
NEW = (SUPPORTER, "\0one more")

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody to look for, who lives at `place`, has been through `theme` and speaks `languages`.

    `gain` is how many more families of the whole round would have a place if they had room for
    1, 2 and 3; `waiting` how many without a place could be linked with them.
    """

    place: str
    theme: Term
    languages: tuple[Term, ...]
    gain: tuple[int, ...]
    waiting: int


def wanted(
    instance: Instance,
    answer: Answer,
    families: Mapping[str, SeekingProfile],
    places: Mapping[str, Point],
    *,
    on: date,
    planned_end_on: date,
) -> tuple[Wanted, ...]:
    """Everybody worth looking for, those who would place most first; `places` are centres by id.

    They are thought of as checked, willing to travel as far as is usual, and speaking the
    languages most heard among those who wait for them, two at the most. Where nobody waits who
    could be linked with them, nobody is looked for. `families` are the profiles of all who seek.
    """
    locked = {pair.seeking for pair in instance.pairs if pair.locked}
    asked = [families[one.id] for one in instance.seeking if one.id not in locked]
    placed = {pair.seeking for pair in answer.pairs}
    waits = np.array([one.id not in placed for one in asked], dtype=bool)
    if not waits.any() or not places:
        return ()
    days = {"on": on, "planned_end_on": planned_end_on}
    thought_of = list(_thought_of(asked, waits, places, days))
    may = _may(asked, [_somebody(places[one.place], one.languages) for one in thought_of], days)
    trying = _Trying(competition(instance, answer), int(waits.sum()))
    found = [
        Wanted(
            one.place,
            one.theme,
            one.languages,
            trying.gain([asked[row].id for row in np.flatnonzero(could & one.has_theme)]),
            int((could & one.has_theme & waits).sum()),
        )
        for one, could in zip(thought_of, may, strict=True)
    ]
    return tuple(sorted(found, key=_most_first))


def common(
    families: Sequence[SeekingProfile],
    supporters: Sequence[SupporterProfile],
    apart_m: Collection[int | None],
    *,
    everyday: str,
) -> Common:
    """What is true of all of these families and of all the supporters they share.

    `apart_m`: the metres between each two who could be linked, None where a place is not known.
    `everyday`: the code of the language that most people speak, which makes nobody scarce.
    """
    spoken = [one.languages for one in (*families, *supporters)]
    shared = frozenset.intersection(*spoken) if spoken else frozenset()
    rare = "" if any(one.code == everyday for one in shared) else _first(shared)
    known = [one for one in apart_m if one is not None]
    furthest = max(known, default=0)
    near = 0 < furthest <= USUAL_TRAVEL_M and len(known) == len(apart_m)
    return Common(rare, -(-furthest // 1000) if near else 0)


@dataclass(frozen=True, slots=True)
class _ThoughtOf:
    """Somebody to try; `has_theme` says of each family whether the theme is among its goals."""

    place: str
    theme: Term
    languages: tuple[Term, ...]
    has_theme: Flags


class _Trying:
    """One more supporter put into the round's graph and taken out again."""

    def __init__(self, graph: nx.DiGraph[Any], waiting: int) -> None:
        self._graph, self._waiting = graph, waiting
        self._known: dict[tuple[str, ...], tuple[int, ...]] = {}

    def gain(self, families: Sequence[str]) -> tuple[int, ...]:
        """How many more would have a place with room for 1, 2 and 3 for these families."""
        asked = tuple(families)
        if asked not in self._known:  # places beside each other often reach the same families
            self._graph.add_edges_from(((FAMILY, one), NEW) for one in asked)
            room = min(MOST_ROOM, self._waiting)
            found = further(self._graph, NEW[1], most=room)
            self._known[asked] = found + found[-1:] * (MOST_ROOM - room)
            self._graph.remove_node(NEW)
        return self._known[asked]


def _thought_of(
    asked: Sequence[SeekingProfile],
    waits: Flags,
    places: Mapping[str, Point],
    days: Mapping[str, date],
) -> Iterator[_ThoughtOf]:
    """Every place and theme for which somebody waits within reach, whatever they speak."""
    themes = {one: _has(asked, one) for one in sorted({t for f in asked for t in f.goal_themes})}
    within = _may(asked, [_somebody(one, ()) for one in places.values()], days)
    for place, near in zip(places, within, strict=True):
        for theme, has_theme in themes.items():
            rows = np.flatnonzero(near & has_theme & waits).tolist()
            if rows:
                spoken = _most_heard([asked[row].languages for row in rows])
                yield _ThoughtOf(place, theme, spoken, has_theme)


def _has(asked: Sequence[SeekingProfile], theme: Term) -> Flags:
    return np.array([theme in one.goal_themes for one in asked], dtype=bool)


def _somebody(point: Point, languages: Collection[Term]) -> SupporterProfile:
    """Somebody whom no rule stands against, save how far they live and what they speak."""
    return SupporterProfile(
        id="",
        point=point,
        travel_m=USUAL_TRAVEL_M,
        languages=frozenset(languages),
        capacity=MOST_ROOM,
        cleared_until=date.max,
    )


def _may(
    asked: Sequence[SeekingProfile], people: Sequence[SupporterProfile], days: Mapping[str, date]
) -> NDArray[np.bool_]:
    """For each of the people, which of the families they could be linked with."""
    numbered = [replace(one, id=str(at)) for at, one in enumerate(people)]
    tables = tabulate(asked, numbered)
    j, i = np.divmod(np.arange(len(people) * len(asked), dtype=np.int64), max(len(asked), 1))
    may = admissible(tables, i, j, on=days["on"], planned_end_on=days["planned_end_on"])
    return may.reshape(len(people), len(asked))


def _most_heard(spoken: Sequence[frozenset[Term]]) -> tuple[Term, ...]:
    """The language most of these speak, and the one most of the others speak, if any are left."""
    chosen: list[Term] = []
    left = [one for one in spoken if one]
    while left and len(chosen) < MOST_LANGUAGES:
        heard = Counter(language for one in left for language in one)
        chosen.append(min(heard, key=lambda one: (-heard[one], one)))
        left = [one for one in left if chosen[-1] not in one]
    return tuple(chosen)


def _first(languages: Collection[Term]) -> str:
    return min(languages).name if languages else ""


def _most_first(one: Wanted) -> tuple[list[int], int, str, str]:
    return [-gain for gain in reversed(one.gain)], -one.waiting, one.place, one.theme.code
