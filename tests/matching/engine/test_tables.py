"""Profiles as columns: what rules and parts say of whole arrays is what plain Python says of each pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from bench.counties import END as COUNTY_END
from bench.counties import ON as COUNTY_ON
from bench.counties import county, profiles
from matching.engine import candidates, eligibility, scoring
from matching.engine import tables as engine_tables
from matching.engine.candidates import Index
from matching.engine.eligibility import admissible, against, blockers, read_out
from matching.engine.rules import RULES
from matching.engine.scoring import JUDGES, score, scores, totals
from matching.engine.tables import KindLookup, Tables, tabulate
from matching.engine.terms import Weights
from tests.matching.engine import plain
from tests.matching.engine.people import END, ON, family, supporter

DAYS = {"on": ON, "planned_end_on": END}


def all_pairs(tables: Tables) -> tuple[np.ndarray, np.ndarray]:
    families, supporters = len(tables.seeking), len(tables.supporters)
    return np.arange(families).repeat(supporters), np.tile(np.arange(supporters), families)


@settings(max_examples=200, deadline=None)
@given(plain.FAMILIES, plain.SUPPORTERS)
def test_it_knows_the_rules_that_plain_python_knows(families, supporters):
    tables = tabulate(families, supporters)
    i, j = all_pairs(tables)
    stands = against(tables, i, j, **DAYS)
    expected = [plain.standing(one, two) for one in families for two in supporters]
    assert [
        [rule.code for bit, rule in enumerate(RULES) if number >> bit & 1]
        for number in stands.tolist()
    ] == expected
    assert admissible(tables, i, j, **DAYS).tolist() == [not codes for codes in expected]
    for bit, rule in enumerate(RULES):
        one_by_one = rule.stands_against(tables, i, j, **DAYS)
        assert one_by_one.tolist() == (stands >> bit & 1).astype(bool).tolist()


@settings(max_examples=200, deadline=None)
@given(plain.FAMILIES, plain.SUPPORTERS)
def test_it_scores_as_plain_python_scores(families, supporters):
    tables = tabulate(families, supporters)
    i, j = all_pairs(tables)
    columns = [judge.values(tables, i, j).tolist() for judge in JUDGES]
    found = [[None if one < 0 else one for one in row] for row in zip(*columns, strict=True)]
    assert found == [plain.values(one, two) for one in families for two in supporters]


@settings(max_examples=100, deadline=None)
@given(plain.FAMILIES, plain.SUPPORTERS)
def test_it_says_of_one_pair_what_it_says_of_many(families, supporters):
    tables, weights = tabulate(families, supporters), Weights(1, 20, 300, 1000, 0, 7, 9)
    i, j = all_pairs(tables)
    alone = [(one, two) for one in families for two in supporters]
    found = list(scores(tables, i, j, weights=weights, seeking=families, supporters=supporters))
    assert found == [score(one, two, weights=weights) for one, two in alone]
    assert totals(tables, i, j, weights).tolist() == [one.total for one in found]
    stands = against(tables, i, j, **DAYS).tolist()
    for number, (one, two) in zip(stands, alone, strict=True):
        assert read_out(number, one, two, **DAYS) == blockers(one, two, **DAYS)


def test_it_says_the_same_whether_rules_are_written_out_or_not(monkeypatch):
    seeking, helping, _waiting = profiles(60, 90, 1, seed=4)

    def found() -> list[list[int]]:
        tables = tabulate(seeking, helping)
        i, j = Index(tables).within(np.arange(60))
        pairs = np.tile(i, 3), np.tile(j, 3)  # asked thrice, for only then is it worth writing out
        days = {"on": COUNTY_ON, "planned_end_on": COUNTY_END}
        return [
            against(tables, *pairs, **days).tolist(),
            totals(tables, *pairs, Weights()).tolist(),
        ]

    usual = found()
    monkeypatch.setattr(engine_tables, "MOST_WRITTEN_OUT", -1)
    assert found() == usual
    monkeypatch.setattr(engine_tables, "MOST_WRITTEN_OUT", 1 << 40)
    for module in (engine_tables, candidates, eligibility, scoring):
        monkeypatch.setattr(module, "AT_ONCE", 7)
    assert found() == usual


def test_it_writes_a_rule_out_once_it_has_been_asked_often():
    asked = []

    def rule(a, b):
        asked.append(len(a))
        return (10 * a + b).astype(np.int8)

    lookup = KindLookup(3, 2, rule)
    for _ in range(5):
        assert lookup(np.array([2, 0]), np.array([1, 1])).tolist() == [21, 1]
    assert asked == [2, 6]


def test_it_never_pairs_a_household_with_itself():
    tables = tabulate(
        [family()], [supporter(), supporter(id="nadias-own")], own={"nadias-own": "nadia"}
    )
    i, j = all_pairs(tables)
    assert admissible(tables, i, j, **DAYS).tolist() == [True, False]
    stands = against(tables, i, j, **DAYS).tolist()
    assert [one.code for one in read_out(stands[1], family(), supporter(), **DAYS)] == ["own"]


def test_it_makes_up_the_same_county_from_the_same_seed():
    one, two = (county(30, 40, 2, seed=6, room=(2, 2)) for _ in range(2))
    seeking, helping, waiting_days = profiles(30, 40, 2, seed=6, room=(2, 2))
    pairs = all_pairs(one.tables)
    expected = totals(tabulate(seeking, helping), *pairs, Weights()).tolist()
    for made in (one, two):
        assert totals(made.tables, *pairs, Weights()).tolist() == expected
        assert made.waiting_days.tolist() == waiting_days.tolist()
        assert made.room.tolist() == [2] * 40
        assert made.tables.seeking.ids == tuple(sorted(family.id for family in seeking))


def test_it_refuses_one_id_for_two():
    with pytest.raises(ValueError, match="id of their own"):
        tabulate([family(), family()], [])


def test_it_is_the_same_in_any_order():
    seeking, helping, _waiting = profiles(40, 50, 1, seed=9)

    def found(families, supporters):
        tables = tabulate(families, supporters)
        i, j = Index(tables).within(np.arange(40))
        points = totals(tables, i, j, Weights()).tolist()
        ids = ((families[a].id, supporters[b].id) for a, b in zip(i, j, strict=True))
        return dict(zip(ids, points, strict=True))

    assert found(seeking, helping) == found(seeking[::-1], helping[::-1])
