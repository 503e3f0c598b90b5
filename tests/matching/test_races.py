"""Two people at once, with rows that are really committed: the last place is given once, and nothing is sent twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from matching import choices, rounds
from matching.models import Choice, LinkUp, Round, Shortlist
from tests import cast
from tests.matching.conftest import Street, make_street

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrent]


@pytest.fixture
def lived_in() -> Street:
    """The street, committed."""
    return make_street(cast.town())


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of these at the same moment, each on a connection of its own; give what each gave or raised."""
    start = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> object:
        start.wait()
        try:
            return deed()
        except choices.ChoiceError as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def opened(lived_in: Street, at: datetime) -> Round:
    """A round with every pair approved."""
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=at)
    rounds.approve_all(round=made, by=lived_in.ruth, at=at)
    return made


def test_it_opens_one_round_for_two_coaches(lived_in: Street, now: datetime):
    def deed() -> Round:
        return rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)

    assert len(set(at_once(deed, deed, deed))) == 1
    assert Round.objects.count() == 1


def test_it_sends_once_for_two_coaches(lived_in: Street, now: datetime):
    made = opened(lived_in, now)

    def deed() -> object:
        return rounds.send(round=made, by=lived_in.ruth, at=now)

    at_once(deed, deed, deed)
    assert Shortlist.objects.count() == 2
    assert len(mail.outbox) == 2


def test_it_gives_the_last_place_once(lived_in: Street, now: datetime):
    rounds.send(round=opened(lived_in, now), by=lived_in.ruth, at=now)

    def choosing(shortlist: Shortlist) -> Callable[[], object]:
        return lambda: choices.choose(
            shortlist=shortlist,
            entry=shortlist.entries.get(supporter=lived_in.denise),
            children_said="",
            words="",
            by=cast.guardian_of(shortlist.family),
            at=now,
        )

    told = at_once(*(choosing(shortlist) for shortlist in Shortlist.objects.all()))
    assert sorted(type(one).__name__ for one in told) == ["Choice", "NoLongerFreeError"]
    assert Choice.objects.count() == 1


def test_it_starts_one_link_up_for_two_yeses(lived_in: Street, now: datetime):
    rounds.send(round=opened(lived_in, now), by=lived_in.ruth, at=now)
    shortlist = Shortlist.objects.get(family=lived_in.amara)
    choice = choices.choose(
        shortlist=shortlist,
        entry=shortlist.entries.get(supporter=lived_in.denise),
        children_said="",
        words="",
        by=cast.guardian_of(lived_in.amara),
        at=now,
    )
    denise = cast.guardian_of(lived_in.denise.family)

    def deed() -> object:
        return choices.answer(choice=choice, yes=True, by=denise, at=now)

    assert len(set(at_once(deed, deed, deed))) == 1
    assert LinkUp.objects.count() == 1
