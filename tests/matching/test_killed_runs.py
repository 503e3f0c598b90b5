"""Runs killed with -9 at each of their statements, and a worker killed in the middle: nothing half, and run again."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from matching import running
from matching.models import Alternative, Proposal, Round
from matching.models.round import SILENT
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street, make_street
from tests.timebank.processes import address

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrent]


@pytest.fixture
def lived_in() -> Street:
    """The street, committed."""
    return make_street(cast.town())


def start(*command: str) -> subprocess.Popen[str]:
    """Start a process of our own code in the test database."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_keeps_a_round_whole_or_not_at_all_wherever_it_is_killed(lived_in: Street):
    killing = start("-m", "tests.matching.killed")
    told, errors = killing.communicate(timeout=300)
    assert killing.returncode == 0, errors
    killed = int(told)
    assert killed >= 25  # begin, six stages, what is known of everybody, keep, commit
    standings = list(Round.objects.order_by("pk").values_list("standing", "trouble"))
    # The first died before its first statement, so it still waited and was handed out again. The last two are whole:
    # one died after its commit, one lived.
    assert standings == [("failed", "silent")] * (killed - 2) + [("done", "")] * 2
    for round_ in Round.objects.all():
        whole = round_.standing == "done"
        assert round_.proposals.count() == (2 if whole else 0)
        assert bool(round_.answer) == bool(round_.snapshot) == bool(round_.certificate) == whole
    assert not Proposal.objects.exclude(round__standing="done").exists()
    assert not Alternative.objects.exclude(proposal__round__standing="done").exists()


def test_it_can_be_run_again_when_a_worker_was_killed_in_the_middle(lived_in: Street):
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    for n in range(10):
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
    asked, _waits = running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=timezone.now())
    hand_out(asked)
    worker = start("-m", "tests.matching.worker", "slow")
    until = time.monotonic() + 60
    while Round.objects.get(pk=asked.pk).stage != "pairing":
        assert time.monotonic() < until, "the worker did not begin"
        assert worker.poll() is None, worker.communicate()[1]
        time.sleep(0.05)
    worker.kill()
    worker.communicate()
    asked.refresh_from_db()
    assert (asked.standing, asked.proposals.count(), asked.answer) == ("running", 0, {})
    again(asked, lived_in, timezone.now() + SILENT + timedelta(minutes=1))


def hand_out(asked: Round) -> None:
    """Put the task of a round where a worker finds it, as `running.ask` does on a server; once more is once."""
    for _twice in range(2):
        DBTaskResult.objects.create(
            args_kwargs={"args": [asked.pk], "kwargs": {}},
            task_path=running.run_round.module_path,
            backend_name="default",
            run_after=timezone.now(),
        )


def again(dead: Round, lived_in: Street, later: datetime) -> None:
    """Run the area again after a dead round, by a worker that lives."""
    anew, waits = running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=later)
    assert (anew != dead, waits) == (True, True)
    hand_out(anew)
    worker = start("-m", "tests.matching.worker")
    _told, errors = worker.communicate(timeout=120)
    assert worker.returncode == 0, errors
    assert (Round.objects.get(pk=dead.pk).standing, Round.objects.get(pk=anew.pk).standing) == (
        "failed",
        "done",
    )
    assert Proposal.objects.count() == anew.proposals.count() == 12
