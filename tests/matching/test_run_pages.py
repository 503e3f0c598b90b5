"""What a coach sees of a run: how far it is, how to stop it, and in plain words why it came to nothing."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from matching import answering, running
from matching.models import Round
from matching.models.round import SILENT
from matching.reading import coach_today
from matching.reading.rounds import rounds_of
from matching.reading.runs import run_rows
from safeguarding.models import AccessEvent
from tests.matching.browser import post, read
from tests.matching.conftest import Street
from tests.matching.test_runs import BROKEN, lined_up, run

NOW_ON = {"HTTP_HX_REQUEST": "true"}


def under_way(lived_in: Street, **fields: object) -> Round:
    """A round that waits for its turn, or stands as `fields` say."""
    made, _waits = running.line_up(area=lived_in.town.area, by=lived_in.ruth, at=timezone.now())
    Round.objects.filter(pk=made.pk).update(**fields)
    return made


def half_done(lived_in: Street, *, alive_at: datetime | None = None) -> Round:
    """A round in the middle of being compared."""
    return under_way(
        lived_in,
        standing="running",
        stage="comparing",
        families_done=412,
        families_total=1000,
        alive_at=alive_at or timezone.now(),
    )


def test_it_tells_how_far_a_run_is_and_names_nobody(lived_in: Street, ruth: Client):
    page = read(ruth, "round", id=half_done(lived_in).pk)
    assert "This round is on its way" in page
    assert "Step 2 of 6: Comparing each family with the supporters near them." in page
    assert "412 of 1,000 so far" in page
    assert '<progress id="progress" max="6" value="1.41">' in page
    assert "Look again" in page
    assert "You can leave this page" in page
    assert "Amara" not in page
    assert not AccessEvent.objects.exists()


def test_it_asks_for_itself_again_only_while_it_goes_on(lived_in: Street, ruth: Client):
    going = half_done(lived_in)
    assert 'hx-trigger="every 2s"' in read(ruth, "round", id=going.pk)
    address = reverse("matching:round", kwargs={"id": going.pk})
    part = ruth.get(address, **NOW_ON).content.decode()
    assert "412 of 1,000" in part
    assert "<html" not in part
    running.stop(round=going, by=lived_in.ruth, at=timezone.now())
    assert ruth.get(address, **NOW_ON).headers["HX-Redirect"] == address
    ended = read(ruth, "round", id=going.pk)
    assert "hx-" not in ended
    assert "htmx" not in ended


def test_it_leads_from_the_progress_to_the_answer(lived_in: Street, ruth: Client):
    going = under_way(lived_in)
    address = reverse("matching:round", kwargs={"id": going.pk})
    assert "It begins in a moment" in read(ruth, "round", id=going.pk)
    running.run(round_id=going.pk, clock=timezone.now)
    assert ruth.get(address, **NOW_ON).headers["HX-Redirect"] == address
    assert not AccessEvent.objects.exists()  # the answer is opened by the page that follows
    assert "Two of two families can be matched" in read(ruth, "round", id=going.pk)


def test_it_is_stopped_with_a_button(lived_in: Street, ruth: Client):
    page = post(ruth, "stop_round", id=half_done(lived_in).pk)
    assert "This round was stopped" in page
    assert "Ruth stopped it. Nothing was kept." in page
    assert "Run it again" in page
    assert "Stopped" in read(ruth, "rounds")


def test_it_says_that_a_stop_came_too_late(lived_in: Street, ruth: Client):
    done = under_way(lived_in)
    running.run(round_id=done.pk, clock=timezone.now)
    page = post(ruth, "stop_round", id=done.pk)
    assert "It was done before it could be stopped." in page
    assert "Two of two families can be matched" in page


def test_it_knows_a_run_that_somebody_killed(lived_in: Street, ruth: Client):
    dead = half_done(lived_in, alive_at=timezone.now() - SILENT - timedelta(seconds=1))
    page = read(ruth, "round", id=dead.pk)
    assert "This run stopped in the middle. Nothing was kept." in page
    assert "Run it again" in page
    assert "Stop this round" not in page
    assert "Didn’t finish" in read(ruth, "rounds")
    assert "Two of two families can be matched" in post(
        ruth, "open_round", area_id=lived_in.town.area.pk
    )
    dead.refresh_from_db()
    assert dead.standing == "failed"


def test_it_says_whom_to_ask_when_no_worker_takes_it(lived_in: Street, ruth: Client):
    long_ago = timezone.now() - SILENT - timedelta(seconds=1)
    page = read(ruth, "round", id=under_way(lived_in, opened_at=long_ago).pk)
    assert "whether its worker runs" in page
    assert "Stop this round" in page


def test_it_shows_no_answer_that_is_not_proved(
    lived_in: Street, ruth: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answering, "certify", lambda instance, answer: BROKEN)
    page = post(ruth, "open_round", area_id=lived_in.town.area.pk)
    assert "A second check found something wrong with the answer. Nothing was kept." in page
    assert "A better total exists." in page
    assert "Amara" not in page
    assert "Proposed" not in page


def test_it_says_in_plain_words_that_kith_broke(
    lived_in: Street, ruth: Client, monkeypatch: pytest.MonkeyPatch
):
    def breaks(instance: object) -> None:
        raise ZeroDivisionError("division by zero of f00000012")

    monkeypatch.setattr(answering, "pair", breaks)
    page = post(ruth, "open_round", area_id=lived_in.town.area.pk)
    assert "Something went wrong in Kith itself. Nothing was kept." in page
    assert "tell whoever looks after this Kith" in page
    assert "division" not in page


@pytest.mark.parametrize("standing", ["queued", "running", "cancelled", "failed"])
def test_it_decides_nothing_on_a_round_without_an_answer(
    lived_in: Street, ruth: Client, standing: str
):
    made = under_way(lived_in, standing=standing, stopped_by=lived_in.ruth)
    for what in ("approve_all", "send"):
        assert escape("This round has no pairs to decide on.") in post(ruth, what, id=made.pk)
    assert not made.proposals.exists()


def test_it_stands_in_a_coachs_day_until_it_was_run_again(lived_in: Street, ruth: Client):
    on = timezone.localdate()

    def told() -> list[str]:
        needs = coach_today(lived_in.ruth, on).needs
        return [need.words for need in needs if need.who == lived_in.town.area.name]

    going = half_done(lived_in)
    assert told() == []
    Round.objects.filter(pk=going.pk).update(opened_at=timezone.now() - timedelta(days=1))
    assert told() == ["The round didn’t finish, and nothing of it was kept."]
    Round.objects.filter(pk=going.pk).update(standing="failed", trouble="broken")
    assert told() == ["The round didn’t finish, and nothing of it was kept."]
    post(ruth, "open_round", area_id=lived_in.town.area.pk)
    assert told() == ["2 families can be matched. Nothing is sent until you say so."]


def test_the_list_says_which_round_was_replaced(lived_in: Street, now: datetime):
    first = lined_up(lived_in, now)
    run(first, now)
    second = lined_up(lived_in, now + timedelta(minutes=5))
    run(second, now + timedelta(minutes=5))
    rows = run_rows(rounds_of(lived_in.ruth), at=now + timedelta(minutes=6))
    assert [(one.round.pk, str(one.word)) for one in rows] == [
        (second.pk, "Open"),
        (first.pk, "Replaced"),
    ]
