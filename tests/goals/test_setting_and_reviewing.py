"""Goals: three at a time, every view kept, everything can be undone."""

from datetime import timedelta

import pytest
from django.http import Http404

from goals import drawing
from goals.access import goal_for
from goals.models import Goal
from goals.reading import goals_of, read
from goals.reviewing import NotOnTheLine, rate, reach, set_aside, take_up_again
from goals.setting import TooManyGoals, set_goal
from tests import cast


@pytest.fixture
def family(town):
    return cast.family("the A. family", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def amara(family):
    return cast.guardian_of(family)


def a_goal(family, by, at, words="Mornings without shouting", rating=2):
    return set_goal(
        family=family, words=words, theme=None, horizon="", hope=7, rating=rating, by=by, at=at
    )


def test_it_sets_a_goal_with_where_it_stands(family, amara, now):
    goal = a_goal(family, amara, now)
    assert goal.horizon == Goal.Horizon.MEDIUM
    assert goal.ratings.get().value == 2


def test_it_sets_a_goal_without_a_number(family, amara, now):
    assert not a_goal(family, amara, now, rating=None).ratings.exists()


def test_it_refuses_a_fourth_goal_until_one_is_done(family, amara, now):
    goals = [a_goal(family, amara, now) for _ in range(3)]
    with pytest.raises(TooManyGoals):
        a_goal(family, amara, now)
    reach(goal=goals[0], by=amara, at=now)
    a_goal(family, amara, now)
    with pytest.raises(TooManyGoals):
        take_up_again(goal=goals[0], by=amara, at=now)
    assert Goal.objects.active().count() == 3


def test_it_takes_up_again_what_was_set_aside(family, amara, now):
    goal = a_goal(family, amara, now)
    set_aside(goal=goal, by=amara, at=now)
    assert not Goal.objects.active().exists()
    take_up_again(goal=goal, by=amara, at=now)
    assert Goal.objects.active().get() == goal


@pytest.mark.parametrize("value", [-1, 11, 1000])
def test_it_refuses_a_number_off_the_line(family, amara, now, value):
    goal = a_goal(family, amara, now)
    with pytest.raises(NotOnTheLine):
        rate(goal=goal, value=value, scorer="guardian", words="", by=amara, at=now)


def test_it_keeps_every_view_apart(town, family, amara, now):
    goal = a_goal(family, amara, now)
    for days, value, scorer, by in [
        (7, 5, "child", amara),
        (8, 3, "coach", town.ruth),
        (9, 4, "guardian", amara),
    ]:
        rate(goal=goal, value=value, scorer=scorer, words="", by=by, at=now + timedelta(days=days))
    voices = read(goal, viewer=amara).voices
    assert [(v.name, [r.value for r in v.ratings]) for v in voices] == [
        ("Me", [2, 4]),
        ("Our child", [5]),
        ("Ruth", [3]),
    ]


def test_it_draws_the_line_of_whoever_spoke_last(town, family, amara, now):
    goal = a_goal(family, amara, now)
    rate(goal=goal, value=9, scorer="child", words="", by=amara, at=now + timedelta(days=7))
    assert "9" in drawing.where_it_stands(read(goal)).sentence
    assert "Me went" not in drawing.every_voice(read(goal, viewer=amara), at=now).sentence


def test_it_draws_a_goal_that_nobody_marked(family, amara, now):
    goal = a_goal(family, amara, now, rating=None)
    assert drawing.where_it_stands(read(goal)).rows == ()


def test_it_reads_all_goals_in_the_same_number_of_queries(
    family, amara, now, django_assert_num_queries
):
    for _ in range(3):
        goal = a_goal(family, amara, now)
        for week in range(20):
            at = now + timedelta(weeks=week)
            rate(goal=goal, value=week % 11, scorer="guardian", words="", by=amara, at=at)
    with django_assert_num_queries(3):  # goals, ratings, people
        assert len(goals_of(family)) == 3


def test_it_opens_a_goal_to_its_family_and_coach_only(town, family, amara, now):
    goal = a_goal(family, amara, now)
    stranger = cast.family("the N. family", guardian="Nadia", at=town.rugeley)
    assert goal_for(amara, goal.pk) == goal_for(town.ruth, goal.pk) == goal
    for other in (town.imran, cast.guardian_of(stranger)):
        with pytest.raises(Http404):
            goal_for(other, goal.pk)
