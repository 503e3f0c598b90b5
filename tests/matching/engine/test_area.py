"""A round over an area keeps only a few pairs a family, and answers as if it had kept them all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import cores, solving
from matching.engine.area import Area, area_of
from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.solving import pair_area
from matching.engine.terms import (
    Answer,
    Instance,
    Pair,
    Point,
    Seeking,
    SeekingProfile,
    Supporter,
    SupporterProfile,
    Term,
    Weights,
)
from tests.matching.engine.rounds import said

ON = date(2026, 11, 23)
END = ON + timedelta(weeks=20, days=-1)
THEMES = [Term(f"theme{n}", f"theme {n}") for n in range(4)]
# Few distances, times and themes: many supporters suit equally well, so ids have much to decide.
POINTS = [Point(52.0 + n / 100, -2.0) for n in range(5)]


@st.composite
def areas(draw: st.DrawFn, families: int = 9, supporters: int = 8) -> tuple[Area, Instance]:
    """An area, and the same question with every pair listed."""
    number = st.integers(1, families), st.integers(1, supporters)
    seeking = [
        SeekingProfile(
            id=f"s{n}",
            point=draw(st.sampled_from([*POINTS, None])),
            travel_m=draw(st.sampled_from([1500, 3000, None])),
            goal_themes=frozenset(draw(st.sets(st.sampled_from(THEMES), max_size=2))),
            free_times=draw(st.sampled_from([None, 1, 3])),
        )
        for n in range(draw(number[0]))
    ]
    helping = [
        SupporterProfile(
            id=f"h{n}",
            point=draw(st.sampled_from([*POINTS, None])),
            lived_through=frozenset(draw(st.sets(st.sampled_from(THEMES), max_size=2))),
            free_times=draw(st.sampled_from([None, 1, 2])),
            capacity=draw(st.integers(1, 2)),
            cleared_until=draw(st.sampled_from([END, END, END, None])),
        )
        for n in range(draw(number[1]))
    ]
    waiting = {one.id: draw(st.integers(0, 2)) for one in seeking}
    ends = [(one.id, other.id) for one in seeking for other in helping]
    forbidden = draw(st.sets(st.sampled_from(ends), max_size=3))
    area = asked(seeking, helping, waiting, forbidden=forbidden)
    if draw(st.booleans()):
        locked = [one for one in said(pair(listed(area, waiting)).pairs) if draw(st.booleans())]
        area = asked(seeking, helping, waiting, forbidden=forbidden, locked=locked)
    return area, listed(area, waiting)


def asked(
    seeking: list[SeekingProfile],
    helping: list[SupporterProfile],
    waiting: dict[str, int],
    **decided: object,
) -> Area:
    """The area of these people with the usual weights."""
    return area_of(
        seeking,
        helping,
        waiting_days=waiting,
        weights=Weights(),
        on=ON,
        planned_end_on=END,
        **decided,
    )


def listed(area: Area, waiting: dict[str, int]) -> Instance:
    """Every pair of the area, written out one by one."""
    decided = {
        area.families[family]: area.supporters[other]
        for family, other in enumerate(area.decided)
        if other >= 0
    }
    pairs = [
        Pair(
            area.families[family],
            area.supporters[other],
            int(score),
            locked=decided.get(area.families[family]) == area.supporters[other],
        )
        for part in area.every_pair()
        for family, other, score in zip(*part, strict=True)
    ]
    return Instance(
        tuple(Seeking(one, waiting[one]) for one in area.families),
        tuple(
            Supporter(one, room)
            for one, room in zip(area.supporters, area.room.tolist(), strict=True)
        ),
        tuple(pairs),
    )


def told(answer: Answer) -> tuple[object, ...]:
    """An answer without its prices: more than one set of prices may prove the same."""
    ends = [(one.seeking, one.supporter, one.score) for one in answer.pairs]
    return ends, answer.score, answer.unplaced, answer.closed


@settings(max_examples=150, deadline=None)
@given(areas(), st.integers(1, 3), st.sampled_from([0, 10**6]))
def test_it_answers_as_if_every_pair_had_been_kept(made, keep, remembered):
    area, instance = made
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "REMEMBERED", remembered)
        answer = pair_area(area, keep=keep)
    assert told(answer) == told(pair(instance))
    assert certify(area, answer).findings == []
    assert certify(instance, answer).findings == []


@settings(max_examples=60, deadline=None)
@given(areas())
def test_its_certificate_finds_an_answer_that_is_not_the_one(made):
    area, instance = made
    right = pair(instance)
    for one in right.pairs:
        fewer = tuple(other for other in right.pairs if other is not one)
        out = [family for family in area.families if family in {one.seeking, *right.unplaced}]
        wrong = Answer(fewer, right.score - one.score, tuple(out), right.prices, right.closed)
        assert not certify(area, wrong).holds


def test_it_names_a_pair_that_may_not_be_and_one_that_a_person_ruled_out():
    seeking = [SeekingProfile(id="s1", point=POINTS[0])]
    helping = [
        SupporterProfile(id=one, point=POINTS[0], cleared_until=until)
        for one, until in (("h1", None), ("h2", END))
    ]
    area = asked(seeking, helping, {"s1": 3}, forbidden=[("s1", "h2")])
    found = [
        certify(area, Answer((Pair("s1", other, 5),), 5, ())).findings[0] for other in ("h1", "h2")
    ]
    assert found == [
        "The pair “s1” with “h1” is not one that may be.",
        "The pair “s1” with “h2” was forbidden.",
    ]


def test_it_tells_how_far_it_is_and_stops_when_told_to():
    seeking = [SeekingProfile(id=f"s{n}", point=POINTS[0]) for n in range(3)]
    helping = [SupporterProfile(id="h1", point=POINTS[0], cleared_until=END)]
    area = asked(seeking, helping, {one.id: 1 for one in seeking})
    steps: list[tuple[str, int, int]] = []
    pair_area(area, progress=lambda *step: steps.append(step))
    assert [step[0] for step in steps] == ["comparing", "placing", "pairing"]
    assert steps[0][1:] == (3, 3)

    class Stopped(Exception):
        pass

    def stop(what: str, _done: int, _of: int) -> None:
        if what == "placing":
            raise Stopped

    with pytest.raises(Stopped):
        pair_area(area, progress=stop)


def test_it_refuses_two_locks_of_one_family():
    seeking = [SeekingProfile(id="s1")]
    with pytest.raises(ValueError, match="one locked pair"):
        asked(seeking, [], {"s1": 1}, locked=[("s1", "h1"), ("s1", "h2")])


def test_it_works_on_parts_in_order_whatever_takes_longer():
    assert list(cores.in_order(lambda part: part * part, range(50))) == [n * n for n in range(50)]
