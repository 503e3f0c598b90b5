"""Who lives near enough to be compared, without comparing everybody with everybody.

A newcomer would loop over all pairs: a county has a hundred million. Supporters are put into
cells of a few kilometres once, and a family only looks into the cells within its reach.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from matching.engine.terms import Point, SeekingProfile, SupporterProfile
from matching.engine.terms.profiles import EARTH_RADIUS_M

# How far to look for somebody whose travel nobody has asked about.
USUAL_TRAVEL_M = 10_000


class Grid:
    """Points by name in cells of about `cell_m` metres a side."""

    def __init__(self, points: Mapping[str, Point], *, cell_m: int = 2_000) -> None:
        self._points = dict(points)
        self._height = math.degrees(cell_m / EARTH_RADIUS_M)
        self._cells: dict[tuple[int, int], list[str]] = {}
        for name, point in sorted(points.items()):
            row = math.floor(point.latitude / self._height)
            column = math.floor((point.longitude + 180) / self._width(row))
            self._cells.setdefault((row, column), []).append(name)

    def within(self, centre: Point, radius_m: int) -> list[tuple[int, str]]:
        """(metres, name) of every point no further than `radius_m`, nearest first, then by name."""
        found: list[tuple[int, str]] = []
        for name in self._around(centre, radius_m):
            metres = centre.metres_to(self._points[name])
            if metres <= radius_m:
                found.append((metres, name))
        return sorted(found)

    def _around(self, centre: Point, radius_m: int) -> Iterator[str]:
        # Half a metre more, because distances are rounded to whole metres.
        angle = (radius_m + 0.5) / EARTH_RADIUS_M
        reach = math.degrees(angle)
        south = math.floor((centre.latitude - reach) / self._height)
        north = math.floor((centre.latitude + reach) / self._height)
        spread = self._spread(centre, angle)
        # A reach so wide that it covers more cells than are filled: look at the filled ones.
        if (north - south + 1) * (2 * spread / self._height + 2) > 4 * len(self._cells) + 64:
            for names in self._cells.values():
                yield from names
            return
        for row in range(south, north + 1):
            width = self._width(row)
            columns: set[int] = set()  # near a pole the two stretches may share a column
            for west, east in _stretches(centre.longitude + 180, spread):
                columns.update(range(math.floor(west / width), math.floor(east / width) + 1))
            for column in columns:
                yield from self._cells.get((row, column), ())

    def _width(self, row: int) -> float:
        """Degrees of longitude in a cell of this row; all of them where the pole is near."""
        latitude = min(abs(row), abs(row + 1)) * self._height
        shrink = math.cos(math.radians(min(latitude, 90.0)))
        return 360.0 if shrink * 360.0 <= self._height else self._height / shrink

    def _spread(self, centre: Point, angle: float) -> float:
        """Degrees of longitude that the circle around `centre` reaches to either side."""
        shrink = math.cos(math.radians(centre.latitude))
        if angle >= math.pi / 2 or math.sin(angle) >= shrink:
            return 180.0
        return math.degrees(math.asin(math.sin(angle) / shrink))


def near(
    seeking: Iterable[SeekingProfile], supporters: Iterable[SupporterProfile]
) -> Iterator[tuple[SeekingProfile, SupporterProfile]]:
    """The pairs worth comparing: neither lives further away than the other's travel.

    Families in the order given, supporters nearest first. Where a place is not known the pair
    is kept: not knowing is no reason to leave anybody out, and scoring says so.
    """
    by_id = {one.id: one for one in supporters}
    placed = {one.id: one.point for one in by_id.values() if one.point is not None}
    nowhere = [by_id[name] for name in sorted(by_id.keys() - placed.keys())]
    grid = Grid(placed)
    for family in seeking:
        if family.point is None:
            yield from ((family, by_id[name]) for name in sorted(by_id))
            continue
        for metres, name in grid.within(family.point, _reach(family)):
            if metres <= _reach(by_id[name]):
                yield family, by_id[name]
        yield from ((family, one) for one in nowhere)


def _reach(one: SeekingProfile | SupporterProfile) -> int:
    return USUAL_TRAVEL_M if one.travel_m is None else one.travel_m


def _stretches(longitude: float, spread: float) -> list[tuple[float, float]]:
    """From west to east in degrees of 0 to 360, cut in two where it crosses the date line."""
    west, east = longitude - spread, longitude + spread
    if east - west >= 360:
        return [(0, 360)]
    if west < 0:
        return [(0, east), (west + 360, 360)]
    if east > 360:
        return [(0, east - 360), (west, 360)]
    return [(west, east)]
