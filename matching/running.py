"""A run: a round is asked for, waits for its turn, is worked out beside the requests, and is kept whole or not at all.

A newcomer would hold one transaction open for the whole run. Here the row is written in small ones, which tell how far
it is and notice a "Stop"; the work is done outside of any; and one last transaction keeps everything, if the round is
still running by then. Whoever is killed in between leaves a row that says "running" and gives no sign of life, and not
one pair.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from matching import answering, keeping, recruiting, snapshot
from matching.answering import NotProvedError, Tell
from matching.engine import VERSION
from matching.keeping import Kept
from matching.models import Overruling, Round, WeightsVersion
from people.models import Area, User

Clock = Callable[[], datetime]
Standing, Stage, Trouble = Round.Standing, Round.Stage, Round.Trouble
# The same round asked for twice within this time is a double click, or two coaches at once. Whoever has decided on a
# pair of it since, on which to keep, or on a rule that shall not stand, means another.
SAME_CLICK = timedelta(seconds=30)
logger = logging.getLogger(__name__)


class RunError(Exception):
    """What was asked of the run can't be done; the message is for the coach."""


class _NotOursError(Exception):
    """The round was stopped, or taken for dead, while this run worked on it: nothing more may be written."""


def ask(*, area: Area, by: User, at: datetime) -> Round:
    """Give a round of an area that will be run as a task, or the one that is under way or was made just now.

    Where tasks are done at once (one machine, no worker) it has run when this returns.
    """
    asked, waits = line_up(area=area, by=by, at=at)
    if waits:
        # Not in the transaction: where tasks are done at once, the whole run would be in it.
        run_round.enqueue(asked.pk)
        asked.refresh_from_db(fields=["standing"])
    return asked


@transaction.atomic
def line_up(*, area: Area, by: User, at: datetime) -> tuple[Round, bool]:
    """Give the round, and whether somebody still has to run it."""
    area = Area.objects.select_for_update().get(pk=area.pk)
    going = area.rounds.under_way().light().first()
    if going is not None and going.is_silent(at=at):
        if going.standing == Standing.QUEUED:  # its task was lost, or no worker is there
            Round.objects.filter(pk=going.pk).update(alive_at=at)
            return going, True
        _fail(going.pk, Trouble.SILENT, at=at)
        going = None
    there = going or _made_just_now(area, at)
    if there is not None:
        return there, False
    weights = WeightsVersion.objects.newest()
    return Round.objects.create(area=area, opened_by=by, opened_at=at, weights=weights), True


def _made_just_now(area: Area, at: datetime) -> Round | None:
    newest = (
        area.rounds.done()
        .defer("snapshot", "certificate")
        .filter(opened_at__gt=at - SAME_CLICK, sent_at=None)
        .first()
    )
    if newest is None or newest.proposals.filter(decided_at__isnull=False).exists():
        return None
    if Overruling.objects.in_area(area).decided_since(newest.opened_at).exists():
        return None
    kept = {(family, helper) for family, helper in newest.answer.get("kept", [])}
    return newest if kept == snapshot.kept_pairs(area).keys() else None


def stop(*, round: Round, by: User, at: datetime) -> None:
    """Stop a round under way; nothing of it is kept. Raises RunError when it was done before."""
    # One statement, so that either this or the last transaction of the run comes first.
    stopped = Round.objects.under_way().filter(pk=round.pk)
    if stopped.update(standing=Standing.CANCELLED, stopped_by=by, finished_at=at):
        return
    if Round.objects.done().filter(pk=round.pk).exists():
        raise RunError(_("It was done before it could be stopped. Nothing of it is sent."))


@task()
def run_round(round_id: int) -> None:
    """Run a round as a task; doing it twice does it once."""
    run(round_id=round_id, clock=timezone.now)


def run(*, round_id: int, clock: Clock) -> None:
    """Work a round out and keep it, unless it runs, has run or was stopped already.

    What goes wrong is written on the round. What nobody foresaw is raised as well, so that it is seen.
    """
    begun = Round.objects.filter(pk=round_id, standing=Standing.QUEUED)
    now = clock()
    if not begun.update(
        standing=Standing.RUNNING, started_at=now, alive_at=now, code_version=VERSION
    ):
        return
    try:
        _run(round_id, clock)
    except _NotOursError:
        logger.info("Round %s was stopped while it ran; nothing is kept.", round_id)
    except NotProvedError as problem:
        logger.exception("Round %s has an answer that doesn't hold.", round_id)
        _fail(round_id, Trouble.NOT_PROVED, at=clock(), certificate=problem.certificate.as_json())
    except IntegrityError:
        logger.exception("Round %s can't be kept.", round_id)
        _fail(round_id, Trouble.CHANGED, at=clock())
    except (SystemExit, KeyboardInterrupt):  # a worker that was told to stop twice
        _fail(round_id, Trouble.SILENT, at=clock())
        raise
    except Exception:
        _fail(round_id, Trouble.BROKEN, at=clock())
        raise


def _run(round_id: int, clock: Clock) -> None:
    round_ = Round.objects.select_related("area", "weights", "opened_by").get(pk=round_id)
    tell = _telling(round_id, clock)
    tell(Stage.SEEING)
    with override(round_.opened_by.reads):  # the reasons are written for whoever asked
        with snapshot.one_moment():
            seen = snapshot.of_area(round_.area, at=clock())
        worked_out = answering.work_out(seen, weights=round_.weights.weights, tell=tell)
        made = keeping.kept(round_, seen, worked_out)
        made.answer["recruiting"] = recruiting.to_keep(seen, worked_out)
    _keep(round_, made, at=clock())


def _telling(round_id: int, clock: Clock) -> Tell:
    """Give what writes on the round how far it is, a sign of life; it raises when the round isn't ours any more."""
    ours = Round.objects.filter(pk=round_id, standing=Standing.RUNNING)

    def tell(stage: str, done: int = 0, total: int = 0) -> None:
        told = ours.update(stage=stage, families_done=done, families_total=total, alive_at=clock())
        if not told:
            raise _NotOursError

    return tell


@transaction.atomic
def _keep(round_: Round, made: Kept, *, at: datetime) -> None:
    """Keep all of it, if the round is still running.

    That is also the proof that no newer one was opened: an area has one round under way at most, so for a newer one
    this must have been stopped, or taken for dead, before.
    """
    Area.objects.select_for_update().get(
        pk=round_.area_id
    )  # the lock of `line_up`, in the same order
    locked = Round.objects.select_for_update().light().get(pk=round_.pk)
    if locked.standing != Standing.RUNNING:
        raise _NotOursError
    made.write()
    Round.objects.filter(pk=round_.pk).update(
        standing=Standing.DONE,
        finished_at=at,
        snapshot=made.snapshot,
        answer=made.answer,
        certificate=made.certificate,
    )


def _fail(round_id: int, trouble: str, *, at: datetime, **also: object) -> None:
    running = Round.objects.filter(pk=round_id, standing=Standing.RUNNING)
    running.update(standing=Standing.FAILED, trouble=trouble, finished_at=at, **also)
