"""Made-up counties: families and supporters around towns, as the matcher meets them.

A newcomer would look for real people here. Nobody in it exists: every place, child and wish is drawn at random from
the seed. The shares (who speaks what, who has been asked, who is cleared) are guesses at what a programme looks like.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, cos, radians, sqrt
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from matching.engine.tables import Tables, tabulate
from matching.engine.terms import Child, Point, SeekingProfile, SupporterProfile, Term

ON = date(2026, 11, 23)
END = ON + timedelta(weeks=20, days=-1)

MIDDLE = (52.8, -1.9)
KM_A_DEGREE = 111.2
APART_KM, TOWN_KM = 22.5, 2.5  # between towns, and how far people live from the middle of theirs

THEMES = tuple(
    Term(f"{wide}-{n}" if n else wide, f"{wide} {n}" if n else wide, wide if n else "")
    for wide in ("family", "home", "work", "health")
    for n in range(5)
)
LANGUAGES = tuple(
    Term(code, code)
    for code in ["en", "pl", "ro", "ur", "pa", "cy", "uk", "ar", "bn", "fr", "so", "ti"]
)
SPOKEN = np.array([0, 25, 14, 12, 10, 8, 7, 7, 6, 5, 4, 2]) / 100  # beside English
NEEDS = tuple(
    Term(code, code) for code in ("step-free", "hearing-loop", "quiet", "large-print", "bsl")
)
THINGS = tuple(Term(code, code) for code in ("dogs", "cats", "smoking", "steps"))
OFFERS = tuple(Term(code, code) for code in ("car", "garden", "cooking", "sport", "music"))
INTERESTS = ("football", "drawing", "lego", "swimming", "music", "reading", "animals", "games")
BANDS = ((0, 1), (2, 4), (5, 7), (8, 10), (11, 13), (14, 17))

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class County:
    """A county in the order of its ids: family row r waits `waiting_days[r]`, supporter row r has `room[r]` left."""

    tables: Tables
    waiting_days: NDArray[np.int64]
    room: NDArray[np.int64]


def county(
    families: int, supporters: int, towns: int, *, seed: int, room: tuple[int, int] = (1, 3)
) -> County:
    """Give a county of this size as the matcher's tables; `room`: the least and the most a supporter takes."""
    seeking, helping, waiting_days = profiles(families, supporters, towns, seed=seed, room=room)
    tables = tabulate(seeking, helping)
    people = tables.supporters
    return County(tables, waiting_days, np.maximum(people.capacity - people.linked, 0))


def profiles(
    families: int,
    supporters: int,
    towns: int,
    *,
    seed: int,
    room: tuple[int, int] = (1, 3),
    nowhere: float = 0.0005,
) -> tuple[list[SeekingProfile], list[SupporterProfile], NDArray[np.int64]]:
    """Give the same people as `county` as profiles, and the families' waiting days."""
    chance = np.random.default_rng(seed)
    middles = _towns(chance, towns)
    shared = _Shared(chance, families + supporters)
    seeking = _seeking(chance, families, _points(chance, families, middles, nowhere), shared)
    helping = _supporters(
        chance, supporters, _points(chance, supporters, middles, nowhere), shared, room
    )
    return seeking, helping, chance.integers(0, 400, families)


class _Shared:
    """What many of so many `people` have alike, drawn once: up to thousands of each kind, to be picked from."""

    def __init__(self, chance: Generator, people: int) -> None:
        kinds = min(people, 3000)
        self.themes = _some(chance, kinds, THEMES, (1, 3))
        self.lived = _some(chance, kinds, THEMES, (2, 4))
        self.needs = _some(chance, kinds, NEEDS, (0, 1))
        self.meets = _some(chance, kinds, NEEDS, (1, 3))
        self.lacks = _some(chance, kinds, NEEDS, (0, 1))
        self.things = _some(chance, kinds, THINGS, (0, 2))
        self.no_to = _some(chance, kinds, THINGS, (0, 1))
        self.wishes = _some(chance, kinds, OFFERS, (0, 1))
        self.offers = _some(chance, kinds, OFFERS, (1, 2))
        self.languages = [
            frozenset(
                one
                for one, spoken in (
                    (LANGUAGES[0], draw < 0.93),
                    (LANGUAGES[chance.choice(12, p=SPOKEN)], draw > 0.75),
                )
                if spoken
            )
            for draw in chance.random(kinds)
        ]
        likes = _some(chance, kinds, INTERESTS, (0, 2))
        self.children = [
            tuple(
                Child(*BANDS[chance.integers(len(BANDS))], likes[chance.integers(len(likes))])
                for _ in range(chance.choice([1, 2, 3, 4], p=[0.45, 0.35, 0.15, 0.05]))
            )
            for _ in range(min(people, 20_000))
        ]


def _seeking(
    chance: Generator, number: int, points: Iterable[Point | None], shared: _Shared
) -> list[SeekingProfile]:
    def of(kinds: list[Kind], unknown: float = 0.0) -> Iterable[Kind | None]:
        return _of(chance, number, kinds, unknown)

    columns = {
        "point": points,
        "travel_m": of([3000, 4000, 5000, 6000, 8000], 0.02),
        "languages": of(shared.languages),
        "free_times": of(_free_times(chance), 0.05),
        "children": of(shared.children, 0.03),
        "has": of(shared.things, 0.2),
        "no_to": of(shared.no_to, 0.2),
        "goal_themes": of(shared.themes),
        "access_needs": of(shared.needs, 0.1),
        "wishes": of(shared.wishes, 0.3),
        "paused": chance.random(number) < 0.01,
    }
    return _each("f", number, SeekingProfile, columns)


def _supporters(
    chance: Generator,
    number: int,
    points: Iterable[Point | None],
    shared: _Shared,
    room: tuple[int, int],
) -> list[SupporterProfile]:
    def of(kinds: list[Kind], unknown: float = 0.0) -> Iterable[Kind | None]:
        return _of(chance, number, kinds, unknown)

    cleared = [ON + timedelta(days=days) for days in range(30, 1000, 10)]
    columns = {
        "point": points,
        "travel_m": of([3000, 4000, 5000, 6000, 8000], 0.02),
        "languages": of(shared.languages),
        "free_times": of(_free_times(chance), 0.05),
        "children": of(
            [*shared.children, *[()] * (len(shared.children) // 3)], 0.05
        ),  # volunteers bring none
        "has": of(shared.things, 0.2),
        "no_to": of(shared.no_to, 0.4),
        "lived_through": of(shared.lived, 0.1),
        "offers": of(shared.offers, 0.3),
        "meets": of(shared.meets),
        "lacks": of(shared.lacks),
        "capacity": chance.integers(room[0], room[1] + 1, number).tolist(),
        "cleared_until": of(cleared, 0.03),
        "trained": chance.random(number) > 0.02,
        "paused": chance.random(number) < 0.03,
    }
    return _each("s", number, SupporterProfile, columns)


def _each(
    letter: str, number: int, make: Callable[..., Kind], columns: dict[str, Iterable[object]]
) -> list[Kind]:
    names = list(columns)
    listed = [one.tolist() if isinstance(one, np.ndarray) else one for one in columns.values()]
    return [
        make(id=f"{letter}{row:08d}", **dict(zip(names, values, strict=True)))
        for row, values in zip(range(number), zip(*listed, strict=True), strict=True)
    ]


def _of(chance: Generator, number: int, kinds: list[Kind], unknown: float) -> Iterable[Kind | None]:
    which = chance.integers(0, len(kinds), number)
    which[chance.random(number) < unknown] = len(kinds)
    given = [*kinds, None]
    return [given[one] for one in which.tolist()]


def _some(
    chance: Generator, kinds: int, terms: tuple[Kind, ...], between: tuple[int, int]
) -> list[frozenset[Kind]]:
    """Draw so many sets of `between` this and that many terms."""
    sizes = chance.integers(between[0], between[1] + 1, kinds).tolist()
    order = chance.random((kinds, len(terms))).argsort(axis=1).tolist()
    return [
        frozenset(terms[one] for one in places[:size])
        for places, size in zip(order, sizes, strict=True)
    ]


def _free_times(chance: Generator) -> list[int]:
    bits = chance.random((5000, 21)) < 0.25
    return [int(one) for one in bits @ (1 << np.arange(21)) if one]


def _towns(chance: Generator, towns: int) -> NDArray[np.float64]:
    """Kilometres east and north of the county's middle, (towns, 2): a grid, each town a little off its place."""
    across = ceil(sqrt(towns))
    grid = np.stack(np.divmod(np.arange(towns), across), axis=1) - (across - 1) / 2
    return grid * APART_KM + chance.uniform(-1.25, 1.25, (towns, 2))


def _points(
    chance: Generator, number: int, middles: NDArray[np.float64], nowhere: float
) -> Iterable[Point | None]:
    """Places in cells of about a kilometre, as the product keeps them; of a part `nowhere` of them it is not known."""
    town = chance.integers(0, len(middles), number)
    km = middles[town] + chance.normal(0, TOWN_KM, (number, 2))
    north = np.round(MIDDLE[0] + km[:, 1] / KM_A_DEGREE, 2)
    east = np.round(MIDDLE[1] + km[:, 0] / (KM_A_DEGREE * cos(radians(MIDDLE[0]))), 2)
    known = chance.random(number) >= nowhere
    places = zip(north.tolist(), east.tolist(), known.tolist(), strict=True)
    return [Point(*place) if there else None for *place, there in places]
