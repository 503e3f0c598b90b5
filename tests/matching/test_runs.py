"""A run from asking to keeping: stopped, failed, silent or asked for twice, it keeps everything once or nothing."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from matching import answering, comparing, rounds, running, snapshot
from matching.engine.certificate import Certificate, Check
from matching.engine.terms import Weights
from matching.models import Alternative, Proposal, Round
from matching.models.round import SILENT
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street

BROKEN = Certificate((Check("score", False, "A better total exists."),))


def lined_up(lived_in: Street, at: datetime) -> Round:
    """A round that waits for its turn."""
    return running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=at)[0]


def run(round_: Round, at: datetime) -> Round:
    """The same round after its run."""
    running.run(round_id=round_.pk, clock=lambda: at)
    round_.refresh_from_db()
    return round_


def nothing_kept() -> bool:
    """Whether no pair and no answer of any round is stored."""
    kept = Proposal.objects.exists() or Alternative.objects.exists()
    return not kept and not any(one.answer or one.snapshot for one in Round.objects.all())


def test_it_waits_for_its_turn_and_then_keeps_everything(lived_in: Street, now: datetime):
    waiting = lined_up(lived_in, now)
    assert (waiting.standing, nothing_kept()) == ("queued", True)
    done = run(waiting, now + timedelta(minutes=1))
    assert (done.standing, done.proposals.count()) == ("done", 2)
    assert done.started_at == done.finished_at == now + timedelta(minutes=1)


def test_it_tells_how_far_it_is(lived_in: Street, now: datetime, monkeypatch: pytest.MonkeyPatch):
    told: list[tuple[str, int, int]] = []
    telling = running._telling

    def overheard(round_id: int, clock: running.Clock) -> answering.Tell:
        tell = telling(round_id, clock)

        def both(stage: str, done: int = 0, total: int = 0) -> None:
            tell(stage, done, total)
            row = Round.objects.get(pk=round_id)
            told.append((row.stage, row.families_done, row.families_total))

        return both

    monkeypatch.setattr(running, "_telling", overheard)
    monkeypatch.setattr(answering, "SMALLEST_LOT", 1)
    run(lined_up(lived_in, now), now)
    assert told == [
        ("seeing", 0, 0),
        ("comparing", 0, 2),
        ("comparing", 1, 2),
        ("comparing", 2, 2),
        ("pairing", 0, 0),
        ("checking", 0, 0),
        ("explaining", 0, 0),
        ("listing", 0, 0),
    ]


def test_it_compares_in_lots_as_at_once(
    town: cast.Town, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    where = {"at": town.burntwood, "coach": town.ruth}
    for n in range(7):
        street.seeking(f"F{n}", guardian=f"F{n}", languages=["pl"] if n == 3 else ["en"], **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
    seen = snapshot.of_area(town.area, at=now)
    at_once = comparing.compare(seen, weights=Weights())
    monkeypatch.setattr(answering, "SMALLEST_LOT", 2)
    in_lots = answering.compare_in_lots(
        seen, weights=Weights(), tell=lambda stage, done=0, total=0: None
    )
    assert in_lots.looked_at == at_once.looked_at
    ends = [(one.seeking, one.supporter) for one in at_once.instance.pairs]
    assert ends
    assert [in_lots.scores[two] for two in ends] == [at_once.scores[two] for two in ends]
    assert in_lots.instance.seeking == at_once.instance.seeking
    assert in_lots.instance.supporters == at_once.instance.supporters
    assert set(in_lots.instance.pairs) == set(at_once.instance.pairs)


def test_it_works_out_a_county_in_twenty_lots(monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    one = snapshot.Snapshot(datetime(2026, 11, 20).date(), {}, {}, {}, frozenset(), {}, {}, {})  # noqa: DTZ001
    crowd = {f"f{n:08d}": None for n in range(10_001)}

    def count(lot: snapshot.Snapshot, *, weights: Weights) -> comparing.Comparison:
        asked.append(len(lot.seeking))
        nothing = comparing.Scores([], weights=weights)
        return comparing.Comparison(comparing.Instance((), (), ()), nothing)

    monkeypatch.setattr(answering, "compare", count)
    county = answering.replace(one, seeking=crowd)
    answering.compare_in_lots(county, weights=Weights(), tell=lambda stage, done=0, total=0: None)
    assert (len(asked), sum(asked)) == (20, 10_001)


@pytest.mark.parametrize("step", ["compare", "pair", "certify", "explain", "shortlists"])
def test_it_keeps_nothing_when_it_is_stopped_at(
    lived_in: Street, now: datetime, monkeypatch: pytest.MonkeyPatch, step: str
):
    waiting = lined_up(lived_in, now)
    as_before = getattr(answering, step)

    def meanwhile(*args: object, **how: object) -> object:
        running.stop(round=waiting, by=lived_in.ruth, at=now)
        return as_before(*args, **how)

    monkeypatch.setattr(answering, step, meanwhile)
    stopped = run(waiting, now)
    assert (stopped.standing, stopped.stopped_by, nothing_kept()) == (
        "cancelled",
        lived_in.ruth,
        True,
    )


def test_it_never_begins_once_it_was_stopped(lived_in: Street, now: datetime):
    waiting = lined_up(lived_in, now)
    running.stop(round=waiting, by=lived_in.ruth, at=now)
    running.stop(round=waiting, by=lived_in.town.imran, at=now)
    stopped = run(waiting, now)
    assert (stopped.standing, stopped.stopped_by, stopped.started_at) == (
        "cancelled",
        lived_in.ruth,
        None,
    )


def test_it_says_so_when_it_was_done_before_it_could_be_stopped(lived_in: Street, now: datetime):
    done = run(lined_up(lived_in, now), now)
    with pytest.raises(running.RunError, match="done before"):
        running.stop(round=done, by=lived_in.ruth, at=now)
    done.refresh_from_db()
    assert (done.standing, done.proposals.count()) == ("done", 2)


def test_it_does_it_once_when_its_task_comes_twice(lived_in: Street, now: datetime):
    done = run(lined_up(lived_in, now), now)
    kept = list(Proposal.objects.values())
    again = run(done, now + timedelta(hours=1))
    assert (again.finished_at, list(Proposal.objects.values())) == (now, kept)


def test_it_keeps_no_answer_that_is_not_proved(
    lived_in: Street, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answering, "certify", lambda instance, answer: BROKEN)
    failed = run(lined_up(lived_in, now), now)
    assert (failed.standing, failed.trouble, nothing_kept()) == ("failed", "not_proved", True)
    assert failed.certificate["findings"] == ["A better total exists."]
    with pytest.raises(rounds.RoundError, match="second check"):
        rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    with pytest.raises(rounds.RoundError, match="no pairs"):
        rounds.approve_all(round=failed, by=lived_in.ruth, at=now)


def test_it_cannot_even_by_mistake_store_an_answer_that_is_not_proved(
    lived_in: Street, now: datetime
):
    waiting = lined_up(lived_in, now)
    for certificate in ({}, {"holds": False}, {"holds": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=waiting.pk).update(standing="done", certificate=certificate)


@pytest.mark.parametrize(
    ("problem", "trouble"), [(ZeroDivisionError, "broken"), (SystemExit, "silent")]
)
def test_it_writes_down_that_it_broke_and_lets_it_be_seen(
    lived_in: Street,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    problem: type[BaseException],
    trouble: str,
):
    def breaks(instance: object) -> None:
        raise problem

    monkeypatch.setattr(answering, "pair", breaks)
    waiting = lined_up(lived_in, now)
    with pytest.raises(problem):
        running.run(round_id=waiting.pk, clock=lambda: now)
    waiting.refresh_from_db()
    assert (waiting.standing, waiting.trouble, nothing_kept()) == ("failed", trouble, True)


def test_it_takes_a_run_without_a_sign_of_life_for_dead_and_begins_anew(
    lived_in: Street, now: datetime
):
    dead = lined_up(lived_in, now)
    Round.objects.filter(pk=dead.pk).update(standing="running", alive_at=now)
    assert lined_up(lived_in, now + SILENT) == dead
    anew = lined_up(lived_in, now + SILENT + timedelta(seconds=1))
    dead.refresh_from_db()
    assert (dead.standing, dead.trouble) == ("failed", "silent")
    assert (anew != dead, run(anew, now).proposals.count()) == (True, 2)


def test_it_keeps_nothing_of_a_run_that_was_taken_for_dead_and_comes_back(
    lived_in: Street, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    slow = lined_up(lived_in, now)
    later = now + timedelta(hours=1)
    lists = answering.shortlists
    anew: list[Round] = []

    def slowly(*args: object) -> object:
        anew.append(lined_up(lived_in, later))
        return lists(*args)

    monkeypatch.setattr(answering, "shortlists", slowly)
    slow = run(slow, now)
    assert (slow.standing, slow.trouble, nothing_kept()) == ("failed", "silent", True)
    monkeypatch.setattr(answering, "shortlists", lists)
    assert run(anew[0], later).standing == "done"


def test_it_hands_a_lost_task_out_again_and_still_runs_once(lived_in: Street, now: datetime):
    later = now + SILENT + timedelta(minutes=1)
    lost = lined_up(lived_in, now)
    assert running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=now) == (lost, False)
    assert running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=later) == (lost, True)
    assert running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=later) == (lost, False)


def test_it_gives_the_run_under_way_whoever_asks(lived_in: Street, now: datetime):
    going = lined_up(lived_in, now)
    assert lined_up(lived_in, now + timedelta(minutes=4)) == going
    elsewhere = running.line_up(area=lived_in.town.other_area, by=lived_in.town.imran, at=now)[0]
    assert elsewhere != going


def test_it_holds_one_run_an_area_in_the_database_itself(lived_in: Street, now: datetime):
    going = lined_up(lived_in, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            area=going.area, opened_by=lived_in.ruth, opened_at=now, weights=going.weights
        )


def test_it_may_be_run_again_at_once_after_a_stop(lived_in: Street, now: datetime):
    stopped = lined_up(lived_in, now)
    running.stop(round=stopped, by=lived_in.ruth, at=now)
    assert lined_up(lived_in, now + timedelta(seconds=3)) != stopped


def test_it_leaves_an_older_round_open_until_the_new_one_is_done(lived_in: Street, now: datetime):
    old = run(lined_up(lived_in, now), now)
    later = now + timedelta(days=7)
    new = lined_up(lived_in, later)
    rounds.approve(proposal=old.proposals.first(), by=lived_in.ruth, at=later)
    run(new, later)
    with pytest.raises(rounds.RoundError, match="newer round"):
        rounds.approve(proposal=old.proposals.last(), by=lived_in.ruth, at=later)


def test_it_asks_the_same_number_of_questions_whatever_the_area(town: cast.Town, now: datetime):
    where = {"at": town.burntwood, "coach": town.ruth}

    def questions(at: datetime) -> int:
        waiting = running.line_up(area=town.area, by=town.ruth, at=at)[0]
        with CaptureQueriesContext(connection) as asked:
            running.run(round_id=waiting.pk, clock=lambda: at)
        assert Round.objects.get(pk=waiting.pk).standing == "done"
        return len(asked)

    for n in range(36):
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
        if n == 5:
            few = questions(now)
    assert questions(now + timedelta(days=1)) == few <= 45
