"""The pages of goals."""

import pytest
from django.urls import reverse

from goals.models import Goal, Rating
from goals.setting import set_goal
from tests import cast


@pytest.fixture
def family(town):
    return cast.family("the A. family", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def goal(client, family, now):
    amara = cast.guardian_of(family)
    client.force_login(amara)
    return set_goal(
        family=family, words="Mornings", theme=None, horizon="", hope=7, rating=2, by=amara, at=now
    )


def test_it_sets_another_goal(client, goal):
    told = {"words": "Know two neighbours", "horizon": "unsure", "rating": "1", "hope": ""}
    answer = client.post(reverse("goals:new"), told)
    made = Goal.objects.latest("pk")
    assert answer.url == reverse("goals:goal", args=[made.pk])
    assert (made.horizon, made.hope, made.ratings.get().value) == ("medium", None, 1)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"words": "x" * 281, "horizon": "short"},
        {"words": "Fine", "horizon": "never"},
        {"words": "Fine", "horizon": "short", "rating": "11"},
        {"words": "Fine", "horizon": "short", "theme": "nonsense"},
    ],
)
def test_it_says_what_to_put_right_in_a_goal(client, goal, told):
    page = client.post(reverse("goals:new"), told)
    assert 'role="alert"' in page.content.decode()
    assert Goal.objects.count() == 1


def test_it_says_that_three_are_enough(client, goal):
    told = {"words": "One more", "horizon": "short"}
    for _ in range(3):
        page = client.post(reverse("goals:new"), told)
    assert "You have three goals already" in page.content.decode()
    assert Goal.objects.count() == 3
    assert "Three at a time" in client.get(reverse("goals:new")).content.decode()


def test_it_puts_a_childs_view_beside_the_parents(client, goal):
    told = {"value": "9", "scorer": "child", "words": "We kicked a ball"}
    client.post(reverse("goals:rate", args=[goal.pk]), told)
    page = client.get(reverse("goals:goal", args=[goal.pk])).content.decode()
    for said in ("Our child", "9 of 10", "We kicked a ball", "Me", "2 of 10"):
        assert said in page
    assert "5.5 of 10" not in page


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"value": "11", "scorer": "guardian"},
        {"value": "5", "scorer": "coach"},
        {"value": "5", "scorer": "child", "words": "x" * 281},
    ],
)
def test_it_says_what_to_put_right_in_a_rating(client, goal, told):
    page = client.post(reverse("goals:rate", args=[goal.pk]), told)
    assert 'role="alert"' in page.content.decode()
    assert Rating.objects.count() == 1


@pytest.mark.parametrize(("to", "standing"), [("reached", "reached"), ("set-aside", "set_aside")])
def test_it_moves_a_goal_and_undoes_it(client, goal, to, standing):
    address = reverse("goals:move", args=[goal.pk])
    client.post(address, {"to": to})
    goal.refresh_from_db()
    assert goal.standing == standing
    assert client.get(reverse("goals:goal", args=[goal.pk])).status_code == 200
    client.post(address, {"to": "again"})
    goal.refresh_from_db()
    assert goal.standing == "active"


def test_it_moves_a_goal_nowhere_else(client, goal):
    assert client.post(reverse("goals:move", args=[goal.pk]), {"to": "moon"}).status_code == 400


def test_it_does_not_name_the_goal_in_the_title(client, goal):
    page = client.get(reverse("goals:goal", args=[goal.pk])).content.decode()
    assert "Mornings" not in page.split("</title>")[0]
