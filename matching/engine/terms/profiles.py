"""What eligibility and scoring know about a family or a supporter: plain values only.

A newcomer would fill what is missing with an empty set. None means that nobody has asked, and
an empty set that they were asked and said "nothing"; the two are told apart to the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
EARTH_RADIUS_M = 6_371_009  # the mean radius (IUGG)
# How far to look for somebody whose travel nobody has asked about.
USUAL_TRAVEL_M = 10_000

# A number, or an array of them: the same arithmetic serves one pair and millions.
Number = TypeVar("Number", float, NDArray[np.float64])


def metres_apart(x: Number, y: Number, z: Number) -> Number:
    """Whole metres, as floats, between two points whose coordinates differ by x, y and z decimetres.

    This is the straight line (the chord), not the way over the ground. Up to 100 km it is shorter
    by about a metre at the most, and our places are the middles of cells of a kilometre. In
    return it needs sums, products and one square root only, which IEEE 754 rounds in one way
    everywhere: the sines of the usual formula may differ from machine to machine.
    """
    apart: Number = np.rint(np.sqrt(x * x + y * y + z * z) / 10)
    return apart


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map in degrees; the middle of a coarse cell, never anybody's door."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("A latitude is from -90 to 90 and a longitude from -180 to 180.")

    @property
    def coordinates(self) -> tuple[int, int, int]:
        """The place seen from the middle of the earth, in whole decimetres."""
        latitude, longitude = math.radians(self.latitude), math.radians(self.longitude)
        out = 10 * EARTH_RADIUS_M * math.cos(latitude)
        return (
            round(out * math.cos(longitude)),
            round(out * math.sin(longitude)),
            round(10 * EARTH_RADIUS_M * math.sin(latitude)),
        )

    def metres_to(self, other: Point) -> int:
        """The distance as the crow flies in whole metres; see `metres_apart`."""
        here, there = self.coordinates, other.coordinates
        x, y, z = (float(one - two) for one, two in zip(here, there, strict=True))
        return int(metres_apart(x, y, z))


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Something from a list that the programme keeps: a theme, a language, a need.

    Equal when the codes are equal; `name` is what people read and `parent` the code of the
    wider term it belongs to, if any.
    """

    code: str
    name: str = field(compare=False)
    parent: str = field(default="", compare=False)

    def close_to(self, other: Term) -> bool:
        """Whether one is the other's wider term, or both belong to the same one."""
        if self.parent and self.parent in (other.parent, other.code):
            return True
        return self.code == other.parent


@dataclass(frozen=True, slots=True)
class Child:
    """An age band in whole years, both ends included, and what the child likes."""

    youngest: int
    oldest: int
    interests: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 <= self.youngest <= self.oldest:
            raise ValueError("An age band goes from a younger to an older age.")

    @property
    def likes(self) -> frozenset[str]:
        """The interests as they are compared: "Football" and "football " are the same."""
        return frozenset(like.strip().casefold() for like in self.interests) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of either side. `free_times` has bit day * 3 + part set when free:
    day 0 is Monday, part 0 the morning, 1 the afternoon, 2 the evening.

    `has` is what visitors meet there (a dog, steps, smoke) and `no_to` what they would rather
    not meet. `blocked`, `knows` and `ended_badly` hold ids of the other kind.
    """

    id: str
    point: Point | None = None
    travel_m: int | None = None
    languages: frozenset[Term] = frozenset()
    free_times: int | None = None
    children: tuple[Child, ...] | None = None
    has: frozenset[Term] | None = None
    no_to: frozenset[Term] | None = None
    paused: bool = False
    consents: bool = True
    blocked: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()
    ended_badly: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.free_times is not None and not 0 <= self.free_times < 1 << 21:
            raise ValueError("Free times are 21 bits: 7 days of 3 parts.")
        if self.travel_m is not None and self.travel_m < 0:
            raise ValueError("Nobody travels less than 0 metres.")

    def metres_to(self, other: Profile) -> int | None:
        """How far apart the two live, or None while a place is not known."""
        if self.point is None or other.point is None:
            return None
        return self.point.metres_to(other.point)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekingProfile(Profile):
    """A seeking family. `goal_themes` are the themes of its goals; `wishes` what it hopes a
    supporter has or offers; `access_needs` what must be in place to meet at all. `overruled` are
    (a supporter's id, a rule's code) where a person decided that the rule shall not stand."""

    goal_themes: frozenset[Term] = frozenset()
    access_needs: frozenset[Term] | None = None
    wishes: frozenset[Term] | None = None
    overruled: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupporterProfile(Profile):
    """A sharing family or a volunteer. `meets` and `lacks` are access needs they said they can
    and cannot meet (the others are not known); `linked` is how many they are linked with now;
    `cleared_until` the last day on which every check they need is valid."""

    lived_through: frozenset[Term] | None = None
    offers: frozenset[Term] | None = None
    meets: frozenset[Term] = frozenset()
    lacks: frozenset[Term] = frozenset()
    capacity: int = 1
    linked: int = 0
    cleared_until: date | None = None
    trained: bool = True


def kilometres(metres: int | None) -> str:
    """Metres as people say them, to a tenth of a kilometre: "2.4 km"."""
    tenths = (0 if metres is None else metres + 50) // 100
    return f"{tenths // 10}.{tenths % 10} km" if tenths % 10 else f"{tenths // 10} km"


def number(count: int) -> str:
    """A count as people say it: in words up to twenty, as on every page."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def said_list(terms: Iterable[Term], last: str = "and") -> str:
    """The names in a fixed order, as a sentence lists them: "Polish, Urdu and Welsh"."""
    names = sorted(term.name for term in terms)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
