"""The last button pressed on two phones at the same moment: one family, one goal, and both phones are welcomed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from goals.models import Goal
from goals.setting import TooManyGoals, set_goal
from people.joining import join
from people.models import Family
from tests import cast
from tests.people.answers_told import KEPT

pytestmark = [pytest.mark.concurrent, pytest.mark.django_db(transaction=True)]


def together(one, times):
    """Call `one` on several connections at the same moment; give what each came back with."""
    barrier = Barrier(times)

    def press(_):
        try:
            barrier.wait(timeout=20)
            return one()
        except TooManyGoals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as phones:
        return list(phones.map(press, range(times)))


def test_it_makes_one_family_of_presses_at_the_same_moment(now):
    cast.town()
    newcomer = cast.user("new@example.org", "")
    families = together(lambda: join(by=newcomer, answers=KEPT, at=now).pk, 4)
    assert len(set(families)) == 1
    assert Family.objects.count() == Goal.objects.count() == 1


def test_it_never_sets_a_fourth_goal_at_the_same_moment(now):
    town = cast.town()
    family = cast.family("the A. family", guardian="Amara", at=town.burntwood)
    amara = cast.guardian_of(family)

    def another():
        return set_goal(
            family=family,
            words="Mornings",
            theme=None,
            horizon="",
            hope=None,
            rating=None,
            by=amara,
            at=now,
        )

    made = together(another, 5)
    assert sum(isinstance(goal, Goal) for goal in made) == 3
    assert Goal.objects.active().count() == 3
