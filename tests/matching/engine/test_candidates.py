"""Near enough to be compared: the index finds exactly what measuring everybody would find."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.counties import county
from matching.engine.candidates import Index
from matching.engine.sweep import every_pair
from matching.engine.tables import Tables, tabulate
from matching.engine.terms import Point, SeekingProfile, SupporterProfile
from matching.engine.terms.profiles import EARTH_RADIUS_M, USUAL_TRAVEL_M
from tests.matching.engine.people import family, supporter

STAFFORDSHIRE = st.builds(Point, st.floats(52.6, 52.8), st.floats(-2.1, -1.7))
ANYWHERE = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
POLES_AND_DATE_LINE = st.builds(
    Point,
    st.sampled_from([-90.0, -89.995, 0.0, 60.0, 89.99, 90.0]),
    st.sampled_from([-180.0, -179.99, 0.0, 179.985, 180.0]),
)
LIVING = st.tuples(
    st.one_of(STAFFORDSHIRE, ANYWHERE, POLES_AND_DATE_LINE, st.none()),
    st.one_of(st.none(), st.just(0), st.integers(0, 40_000), st.integers(0, 21_000_000)),
)


def tables_of(families, supporters) -> Tables:
    """Everybody of whom only the place and the travel matter."""
    return tabulate(
        [SeekingProfile(id=f"f{n}", point=at, travel_m=m) for n, (at, m) in enumerate(families)],
        [
            SupporterProfile(id=f"s{n}", point=at, travel_m=m)
            for n, (at, m) in enumerate(supporters)
        ],
    )


def measured(families, supporters) -> list[tuple[int, int]]:
    """Every pair within the reach of both, by measuring all of them one by one."""
    return [
        (i, j)
        for i, (here, mine) in enumerate(families)
        for j, (there, theirs) in enumerate(supporters)
        if here is None
        or there is None
        or here.metres_to(there)
        <= min(USUAL_TRAVEL_M if one is None else one for one in (mine, theirs))
    ]


def listed(pairs) -> list[tuple[int, int]]:
    return list(zip(*(column.tolist() for column in pairs), strict=True))


@given(STAFFORDSHIRE, STAFFORDSHIRE)
@example(Point(52.6, -1.2), Point(53.4, -1.5))
@example(Point(0, 179.99), Point(0, -179.99))
def test_it_measures_as_the_crow_flies(here, there):
    """The straight line, held against the way over the ground (haversine)."""
    north, south = math.radians(here.latitude), math.radians(there.latitude)
    turn = math.radians(there.longitude - here.longitude)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(turn / 2) ** 2
    over_ground = 2 * EARTH_RADIUS_M * math.asin(math.sqrt(half))
    assert over_ground < 100_000
    assert abs(here.metres_to(there) - over_ground) <= 1.6  # rounding, and the bend of the earth
    assert here.metres_to(there) == there.metres_to(here)


@settings(max_examples=300, deadline=None)
@given(st.lists(LIVING, max_size=12), st.lists(LIVING, max_size=30))
@example([(Point(89.97, -179.9), 1_700)], [(Point(89.985, 179.9), 1_700)] * 40)
@example([(Point(0, 180), 500)], [(Point(0, -180), 0), (Point(0, 179.999), 500)])
@example([(Point(90, 0), 0), (None, None)], [(Point(90, 90), 0), (None, 5), (Point(-90, 1), None)])
@example(
    [(Point(1, 1), 13_000_000)], [(Point(-1, -179), 12_742_018), (Point(-1, -179), 12_730_000)]
)
def test_it_finds_exactly_those_within_reach_of_both(families, supporters):
    tables, expected = tables_of(families, supporters), measured(families, supporters)
    index = Index(tables)
    everybody = np.arange(len(families))
    assert listed(index.within(everybody)) == expected
    in_blocks = [two for rows in index.blocks(20) for two in listed(index.within(rows))]
    assert in_blocks == expected
    swept = [sorted(listed(part)) for part in every_pair(tables, most_pairs=20)]
    assert [two for part in swept for two in part] == expected


@settings(max_examples=200, deadline=None)
@given(
    st.lists(LIVING, min_size=1, max_size=12),
    st.lists(LIVING, min_size=1, max_size=30),
    st.sets(st.tuples(st.integers(0, 11), st.integers(0, 29)), max_size=8),
)
def test_it_finds_those_too_whose_distance_a_person_overruled(families, supporters, decided):
    there = {(i, j) for i, j in decided if i < len(families) and j < len(supporters)}
    profiles = [
        SeekingProfile(
            id=f"f{n}",
            point=at,
            travel_m=m,
            overruled=frozenset((f"s{j}", "too_far") for i, j in decided if i == n),
        )
        for n, (at, m) in enumerate(families)
    ]
    helping = [SupporterProfile(id=f"s{n}", point=at) for n, (at, _) in enumerate(supporters)]
    tables = tabulate(profiles, helping)
    near = measured(families, [(at, None) for at, _ in supporters])
    expected = sorted({*near, *there})
    backwards = np.arange(len(families))[::-1]
    found = listed(Index(tables).within(backwards))
    assert found == sorted(expected, key=lambda two: (-two[0], two[1]))
    swept = [listed(part) for part in every_pair(tables, most_pairs=20)]
    assert sorted(two for part in swept for two in part) == expected
    assert [i for part in swept for i, _ in part] == [i for i, _ in expected]


def test_it_keeps_the_families_in_the_order_asked_for():
    tables = tables_of([(Point(52, -2), 5_000)] * 3, [(Point(52, -2), 5_000)] * 2)
    i, j = Index(tables).within(np.array([2, 0]))
    assert (i.tolist(), j.tolist()) == ([2, 2, 0, 0], [0, 1, 0, 1])


def test_it_compares_only_those_whom_both_can_reach():
    people = [
        supporter(id="near"),
        supporter(id="stays-home", travel_m=100),
        supporter(id="far", point=Point(53.5, -1.9)),
        supporter(id="unknown", point=None),
        supporter(id="not-asked", travel_m=None),
    ]
    _i, j = Index(tabulate([family()], people)).within(np.array([0]))
    assert [people[row].id for row in j] == ["near", "unknown", "not-asked"]


def test_it_looks_at_few_when_many_are_far(monkeypatch):
    asked = []
    true_distance = Tables.metres
    monkeypatch.setattr(
        Tables, "metres", lambda one, i, j: asked.append(len(i)) or true_distance(one, i, j)
    )
    people = [(Point(50 + n % 100 / 20, -5 + n // 100 / 20), 5_000) for n in range(10_000)]
    Index(tables_of([(Point(52.5, -2.5), 5_000)], people)).within(np.array([0]))
    assert sum(asked) < 40


def test_it_bounds_what_a_block_looks_at():
    index = Index(county(300, 400, 2, seed=1).tables)
    blocks = list(index.blocks(5_000))
    assert np.concatenate(blocks).tolist() == list(range(300))
    assert max(len(index.within(rows)[0]) for rows in blocks) <= 5_000
    assert len(blocks) > 3
