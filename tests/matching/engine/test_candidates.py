"""Near enough to be compared: the grid finds exactly what measuring everybody would find."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching.engine.candidates import Grid, near
from matching.engine.terms import Point
from tests.matching.engine.people import family, supporter

STAFFORDSHIRE = st.builds(Point, st.floats(52.6, 52.8), st.floats(-2.1, -1.7))
ANYWHERE = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
POLES_AND_DATE_LINE = st.builds(
    Point,
    st.sampled_from([-90.0, -89.995, 0.0, 60.0, 89.99, 90.0]),
    st.sampled_from([-180.0, -179.99, 0.0, 179.985, 180.0]),
)
POINTS = st.one_of(STAFFORDSHIRE, ANYWHERE, POLES_AND_DATE_LINE)


@settings(max_examples=400)
@given(st.lists(POINTS, max_size=30), POINTS, st.integers(0, 40_000))
@example([Point(89.99, 0)] * 9, Point(89.99, 180), 1_500)
@example([Point(89.985, 179.9)] * 40, Point(89.97, -179.9), 1_700)
@example([Point(0, -180), Point(0, 179.999)], Point(0, 180), 500)
def test_it_finds_exactly_those_within_reach(points, centre, radius_m):
    named = {f"p{n:02}": point for n, point in enumerate(points)}
    expected = sorted(
        (centre.metres_to(point), name)
        for name, point in named.items()
        if centre.metres_to(point) <= radius_m
    )
    assert Grid(named).within(centre, radius_m) == expected


def test_it_measures_as_the_crow_flies():
    lichfield, rugeley = Point(52.6816, -1.8317), Point(52.7593, -1.9369)
    assert lichfield.metres_to(rugeley) == rugeley.metres_to(lichfield)
    assert 11_000 < lichfield.metres_to(rugeley) < 11_300


def test_it_compares_only_those_whom_both_can_reach():
    people = [
        supporter(id="near"),
        supporter(id="stays-home", travel_m=100),
        supporter(id="far", point=Point(53.5, -1.9)),
        supporter(id="unknown", point=None),
        supporter(id="not-asked", travel_m=None),
    ]
    found = [(one.id, other.id) for one, other in near([family()], people)]
    assert found == [("nadia", "near"), ("nadia", "not-asked"), ("nadia", "unknown")]


def test_it_compares_a_family_without_a_place_with_everybody():
    people = [supporter(id="b"), supporter(id="a", point=None)]
    found = [other.id for _, other in near([family(point=None)], people)]
    assert found == ["a", "b"]


def test_it_looks_at_few_when_many_are_far(monkeypatch):
    measured = []
    true_distance = Point.metres_to
    monkeypatch.setattr(
        Point, "metres_to", lambda one, other: measured.append(1) or true_distance(one, other)
    )
    grid = Grid({f"p{n}": Point(50 + n % 100 / 20, -5 + n // 100 / 20) for n in range(10_000)})
    grid.within(Point(52.5, -2.5), 5_000)
    assert len(measured) < 20
