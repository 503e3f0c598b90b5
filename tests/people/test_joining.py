"""Becoming a member: everything or nothing, and once."""

import pytest

from goals.models import Goal
from goals.setting import TooManyGoals
from people import joining
from people.joining import AnswerGone, StillOpen, join, join_as_volunteer, keep
from people.models import Child, Consent, Family, Guardian, Joining, Volunteer
from people.signals import family_joined
from tests import cast
from tests.people.answers_told import KEPT


@pytest.fixture
def newcomer(town):
    return cast.user("new@example.org", "")


def test_it_makes_a_family_with_everything_that_was_told(town, newcomer, now):
    family = join(by=newcomer, answers=KEPT, at=now)
    assert family.standing == Family.Standing.APPLIED
    assert family.wants_link_up
    assert family.display_name == "the A. family"
    assert family.place == town.burntwood
    assert family.coach == town.ruth
    assert family.free_times == 1 << 0 | 1 << 16
    assert family.languages == ["en", "pl"]
    assert family.no_to == ["dogs"]
    assert family.guardians.get().user == newcomer
    child = family.children.get()
    assert (child.age_band, child.interests, child.first_name) == ("5-7", ["football", "lego"], "")
    newcomer.refresh_from_db()
    assert newcomer.name == "Amara"


def test_it_sets_the_goal_with_a_first_rating(town, newcomer, now):
    family = join(by=newcomer, answers=KEPT, at=now)
    goal = family.goals.get()
    assert (goal.words, goal.horizon, goal.hope) == ("Mornings without shouting", "short", 7)
    rating = goal.ratings.get()
    assert (rating.value, rating.scorer, rating.by) == (2, "guardian", newcomer)


def test_it_keeps_the_yes_in_the_words_that_were_shown(town, newcomer, now):
    join(by=newcomer, answers=KEPT, at=now)
    assert Consent.objects.holds(user=newcomer, purpose="link_up", at=now)
    assert Consent.objects.get().wording == "link-up-1"


def test_it_keeps_a_not_now_as_a_no(town, newcomer, now):
    join(by=newcomer, answers={**KEPT, "showing": {"showing": "no"}}, at=now)
    assert not Consent.objects.holds(user=newcomer, purpose="link_up", at=now)


def test_it_makes_one_family_of_a_double_press(town, newcomer, now):
    assert join(by=newcomer, answers=KEPT, at=now) == join(by=newcomer, answers=KEPT, at=now)
    assert Family.objects.count() == Guardian.objects.count() == Goal.objects.count() == 1


def test_it_forgets_the_draft_when_the_family_is_made(town, newcomer, now):
    keep(by=newcomer, slug="you", kept=KEPT["you"], at=now)
    join(by=newcomer, answers=KEPT, at=now)
    assert not Joining.objects.exists()


def test_it_refuses_while_a_question_is_open(town, newcomer, now):
    told = {slug: kept for slug, kept in KEPT.items() if slug != "showing"}
    with pytest.raises(StillOpen):
        join(by=newcomer, answers=told, at=now)
    assert not Family.objects.exists()


def test_it_refuses_a_place_that_is_gone(town, newcomer, now):
    with pytest.raises(AnswerGone) as gone:
        join(by=newcomer, answers={**KEPT, "place": {"place": "atlantis"}}, at=now)
    assert gone.value.slug == "place"


def test_it_leaves_nothing_behind_when_another_floor_refuses(town, newcomer, now):
    def refuse(**_):
        raise TooManyGoals

    family_joined.connect(refuse)
    try:
        with pytest.raises(TooManyGoals):
            join(by=newcomer, answers=KEPT, at=now)
    finally:
        family_joined.disconnect(refuse)
    assert not Family.objects.exists()
    assert not Child.objects.exists()


def test_it_gives_the_coach_with_the_fewest_families(town, newcomer, now):
    cast.family("the B. family", guardian="Bea", at=town.burntwood, coach=town.ruth)
    grace = cast.staff("grace@example.org", "Grace", "coach")
    town.area.coaches.add(grace)
    assert join(by=newcomer, answers=KEPT, at=now).coach == grace


def test_it_never_makes_somebody_their_own_coach(town, now):
    assert join(by=town.ruth, answers=KEPT, at=now).coach is None


def test_it_goes_without_a_coach_where_nobody_looks_after_the_place(town, newcomer, now):
    town.area.coaches.clear()
    assert join(by=newcomer, answers=KEPT, at=now).coach is None


def test_it_finds_the_coach_of_the_town_for_a_neighbourhood(town, newcomer, now):
    street = cast.place("Chasetown", latitude="52.6715", longitude="-1.9360")
    street.kind, street.parent = "neighbourhood", town.burntwood
    street.save()
    told = {**KEPT, "place": {"place": "chasetown"}}
    assert join(by=newcomer, answers=told, at=now).coach == town.ruth


def test_it_makes_one_volunteer_of_a_double_press(town, newcomer, now):
    told = {
        "name": "Stan",
        "place": "burntwood",
        "languages": ["en"],
        "free_times": ["tue-evening"],
        "skills": "bicycles",
    }
    first = join_as_volunteer(by=newcomer, answers=told, at=now)
    assert first == join_as_volunteer(by=newcomer, answers=told, at=now)
    assert Volunteer.objects.get().standing == Volunteer.Standing.APPLIED
    assert first.coach == town.ruth
    assert first.supporter.skills == "bicycles"


def test_it_keeps_each_answer_and_forgets_one(town, newcomer, now):
    keep(by=newcomer, slug="you", kept=KEPT["you"], at=now)
    keep(by=newcomer, slug="place", kept=KEPT["place"], at=now)
    keep(by=newcomer, slug="you", kept=None, at=now)
    assert joining.answers_of(newcomer) == {"place": {"place": "burntwood"}}
