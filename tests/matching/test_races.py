"""Two people at once, with rows that are really committed: the last place is given once, and nothing is sent twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Barrier, Event

import pytest
from django.core import mail
from django.db import connection
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from matching import answering, choices, rounds, running
from matching.models import Choice, LinkUp, Round, Shortlist
from people.models import Family
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


def test_it_runs_once_for_three_coaches(lived_in: Street, now: datetime):
    def deed() -> Round:
        return running.ask(area=lived_in.town.area, by=lived_in.ruth, at=now)

    assert len(set(at_once(deed, deed, deed))) == 1
    made = Round.objects.get()
    assert (made.standing, made.proposals.count()) == ("done", 2)


def test_it_runs_once_when_its_task_is_handed_out_twice(lived_in: Street, now: datetime):
    asked, _waits = running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=now)

    def deed() -> object:
        return running.run(round_id=asked.pk, clock=lambda: now)

    at_once(deed, deed, deed)
    asked.refresh_from_db()
    assert (asked.standing, asked.proposals.count()) == ("done", 2)


def test_it_takes_two_choices_and_two_answers_at_once_for_two_wishes(
    lived_in: Street, now: datetime
):
    Family.objects.filter(pk=lived_in.hollis.pk).update(standing="paused")
    Family.objects.filter(pk=lived_in.amara.pk).update(hopes_for="both")
    rounds.send(round=opened(lived_in, now), by=lived_in.ruth, at=now)
    lists = list(Shortlist.objects.order_by("wish"))
    assert [one.wish for one in lists] == ["sharing", "volunteer"]
    amara = cast.guardian_of(lived_in.amara)

    def choose(one: Shortlist) -> Choice:
        return choices.choose(
            shortlist=one,
            entry=one.entries.get(),
            children_said="",
            words="",
            by=amara,
            at=now,
        )

    def answer(choice: Choice) -> LinkUp | None:
        return choices.answer(choice=choice, yes=True, by=lived_in.ruth, at=now)

    asked = at_once(*(partial(choose, one) for one in lists))
    made = at_once(*(partial(answer, choice) for choice in asked))
    assert len(set(made)) == 2
    assert LinkUp.objects.going().filter(family=lived_in.amara).count() == 2


@pytest.mark.parametrize("statements", range(0, 40, 3))
def test_it_is_either_stopped_or_done(lived_in: Street, now: datetime, statements: int):
    asked, _waits = running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=now)
    begun = Event()

    def doing() -> object:
        left = statements

        def count(execute: Callable[..., object], *statement: object) -> object:
            nonlocal left
            left -= 1
            if left <= 0:
                begun.set()
            return execute(*statement)

        with connection.execute_wrapper(count):
            running.run(round_id=asked.pk, clock=lambda: now)
        begun.set()
        return None

    def stopping() -> object:
        begun.wait(20)
        try:
            return running.stop(round=asked, by=lived_in.ruth, at=now)
        except running.RunError as problem:
            return problem

    _none, told = at_once(doing, stopping)
    asked.refresh_from_db()
    kept = (asked.standing, asked.proposals.count(), bool(asked.answer), told is None)
    assert kept in {("cancelled", 0, False, True), ("done", 2, True, False)}


def test_it_keeps_nothing_when_a_supporter_was_removed_meanwhile(
    lived_in: Street, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    asked, _waits = running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=now)
    as_before = answering.certify

    def meanwhile(*args: object) -> object:
        lived_in.stan.delete()
        return as_before(*args)

    monkeypatch.setattr(answering, "certify", meanwhile)
    running.run(round_id=asked.pk, clock=lambda: now)
    asked.refresh_from_db()
    kept = (asked.standing, asked.trouble, asked.proposals.count(), asked.answer)
    assert kept == ("failed", "changed", 0, {})


def test_it_leaves_the_work_to_a_worker_where_there_is_one(
    lived_in: Street, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    backend = DatabaseBackend("default", {})
    monkeypatch.setattr(type(running.run_round), "get_backend", lambda task: backend)
    asked = running.ask(area=lived_in.town.area, by=lived_in.ruth, at=now)
    running.ask(area=lived_in.town.area, by=lived_in.ruth, at=now)
    assert (asked.standing, asked.proposals.count()) == ("queued", 0)
    result = DBTaskResult.objects.get()
    assert result.args_kwargs == {"args": [asked.pk], "kwargs": {}}
    result.task.call(*result.args_kwargs["args"])
    asked.refresh_from_db()
    assert (asked.standing, asked.proposals.count()) == ("done", 2)


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
