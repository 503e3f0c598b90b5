"""A newcomer's shortlist is what comparing them with everybody gives, found by looking nearby alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.counties import END, ON, profiles
from matching.engine import reception
from matching.engine.arriving import arrive
from matching.engine.eligibility import blockers
from matching.engine.pairing import pair
from matching.engine.reception import Reception
from matching.engine.scoring import score
from matching.engine.terms import Instance, Pair, Seeking, Supporter, Weights
from matching.engine.terms.profiles import USUAL_TRAVEL_M


@pytest.fixture(scope="module")
def county():
    return profiles(60, 80, 3, seed=5)


def suiting(family, helping) -> list[Pair]:
    """Every pair the family may make, by comparing it with everybody, the best first."""
    found = []
    for one in helping:
        metres = family.metres_to(one)
        reach = [
            USUAL_TRAVEL_M if side.travel_m is None else side.travel_m for side in (family, one)
        ]
        near = metres is None or metres <= min(reach)
        if near and not blockers(family, one, on=ON, planned_end_on=END):
            found.append(Pair(family.id, one.id, score(family, one).total))
    return sorted(found, key=lambda one: (-one.score, one.supporter))


def test_it_ranks_and_explains_the_same_as_comparing_with_everybody(county):
    seeking, helping, _ = county
    desk = Reception(helping[::-1], weights=Weights(), on=ON, planned_end_on=END)
    by_id = {one.id: one for one in helping}
    for family in seeking:
        expected = suiting(family, helping)
        found = desk.shortlist(family)
        assert [one.supporter for one in found] == [one.supporter for one in expected[:3]]
        assert [one.score for one in found] == [
            score(family, by_id[one.supporter]) for one in found
        ]
        assert sorted(desk.pairs(family), key=lambda one: (-one.score, one.supporter)) == expected


def test_it_shows_somebody_far_away_where_a_person_overruled_the_distance(county):
    seeking, helping, _ = county
    desk = Reception(helping, weights=Weights(), on=ON, planned_end_on=END)
    family, far = next(
        (one, other)
        for one in seeking
        for other in helping
        if [why.code for why in blockers(one, other, on=ON, planned_end_on=END)] == ["too_far"]
    )
    there = {two.supporter for two in desk.pairs(family)}
    overruled = replace(family, overruled=frozenset({(far.id, "too_far"), ("gone", "too_far")}))
    assert {two.supporter for two in desk.pairs(overruled)} == there | {far.id}


def test_it_leaves_out_whom_it_is_told_to(county):
    seeking, helping, _ = county
    desk = Reception(helping, weights=Weights(), on=ON, planned_end_on=END)
    family = next(one for one in seeking if len(desk.pairs(one)) > 3)
    first, *_ = desk.shortlist(family)
    again = desk.shortlist(family, leaving_out=frozenset({first.supporter}))
    assert len(again) == 3
    assert first.supporter not in {one.supporter for one in again}


def test_it_looks_at_nobody_who_lives_elsewhere(county, monkeypatch):
    seeking, helping, _ = county
    desk = Reception(helping, weights=Weights(), on=ON, planned_end_on=END)
    looked_at = []
    tabulate = reception.tabulate
    monkeypatch.setattr(
        reception, "tabulate", lambda *sides: looked_at.append(len(sides[1])) or tabulate(*sides)
    )
    family = next(one for one in seeking if one.point is not None and one.travel_m)
    desk.shortlist(family)
    reached = sum(
        1
        for one in helping
        if one.point is None
        or family.metres_to(one) <= min(family.travel_m, one.travel_m or USUAL_TRAVEL_M)
    )
    assert looked_at == [0, reached]


def test_a_newcomer_joins_the_round_as_if_it_had_been_asked_again(county):
    seeking, helping, waiting_days = county
    desk = Reception(helping, weights=Weights(), on=ON, planned_end_on=END)
    waits = {one.id: int(days) for one, days in zip(seeking, waiting_days, strict=True)}

    def asked(families):
        return Instance(
            tuple(Seeking(one.id, waits[one.id]) for one in families),
            tuple(Supporter(one.id, max(0, one.capacity - one.linked)) for one in helping),
            tuple(two for one in families for two in desk.pairs(one)),
        )

    before = asked(seeking[1:])
    newcomer = seeking[0]
    _, answer = arrive(
        before, pair(before), Seeking(newcomer.id, waits[newcomer.id]), desk.pairs(newcomer)
    )
    assert answer == pair(asked(seeking))
