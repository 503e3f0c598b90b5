"""Two coaches hand over at the same moment: both get through, and everybody is with exactly one of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from people.handing import Reach, hand_over
from people.models import Family, Handed, HandOver
from tests import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrent]


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Start all jobs at the same moment, each on a connection of its own; an error is an answer too."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        start.wait()
        try:
            return job()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def test_two_who_hand_to_each_other_both_get_through(now):
    town = cast.town()
    like = {"reach": Reach(), "from_on": date(2026, 11, 20), "back_on": None, "why": "", "at": now}
    for coach, place in ((town.ruth, town.burntwood), (town.imran, town.rugeley)):
        for n in range(3):
            cast.family(f"{coach} {n}", guardian=f"{coach}{n}", at=place, coach=coach)
    pairs = ((town.ruth, town.imran), (town.imran, town.ruth))
    heard = at_once(
        [
            lambda giver=giver, to=to: hand_over(
                giver=giver, to=to, by=giver, client_id=uuid4(), **like
            )
            for giver, to in pairs
        ]
    )
    assert all(isinstance(one, HandOver) for one in heard), heard
    # Whoever was second handed everybody back and on: nobody is with both, nobody with none.
    assert Family.objects.values_list("coach", flat=True).distinct().count() == 1
    assert Handed.objects.count() == 9


def test_a_double_press_at_the_same_moment_hands_over_once(now):
    town = cast.town()
    cast.family("Amara", guardian="Amara", at=town.burntwood, coach=town.ruth)
    key = uuid4()
    press = lambda: hand_over(  # noqa: E731
        giver=town.ruth,
        to=town.imran,
        by=town.ruth,
        client_id=key,
        reach=Reach(),
        from_on=date(2026, 11, 20),
        back_on=None,
        why="",
        at=now,
    )
    first, second = at_once([press, press])
    assert first == second
    assert Handed.objects.count() == 1
