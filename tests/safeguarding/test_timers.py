"""A concern that nobody acts on climbs by itself, in working time, whatever the clock has been through (SG-19)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from config import clock
from people.models import User
from safeguarding import timers
from safeguarding.concerns import act, raise_concern
from safeguarding.deciding import ask_coach, correct, report, sign_off
from safeguarding.models import Concern, ConcernAction
from tests import cast

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DECIDED = {
    "facts": "They were seen",
    "outcome": "helped",
    "reason": "It was a game",
    "shared": False,
    "sharing_reason": "Nobody is hurt",
}


@pytest.fixture
def lead(town: cast.Town) -> User:
    return cast.staff("grace@example.org", "Grace", "safeguarding")


def told(at: datetime = FRIDAY) -> Concern:
    return raise_concern(words="A bruise", about="", reach="", by=None, at=at)


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        ("2026-11-20 10:00", 60, "2026-11-20 11:00"),
        ("2026-11-20 16:30", 60, "2026-11-23 09:30"),  # over the weekend
        ("2026-11-20 16:00", 60, "2026-11-20 17:00"),
        ("2026-11-20 17:00", 1, "2026-11-23 09:01"),
        ("2026-11-21 03:00", 60, "2026-11-23 10:00"),  # a Saturday night
        ("2026-11-20 07:00", 60, "2026-11-20 10:00"),  # before they open
        ("2026-11-20 10:00", 2400, "2026-11-27 10:00"),  # five working days
        ("2026-10-23 16:30", 60, "2026-10-26 09:30"),  # the clocks went back in between
    ],
)
def test_it_counts_working_time_only(since: str, minutes: int, due: str) -> None:
    from django.utils import timezone  # noqa: PLC0415

    local = [timezone.make_aware(datetime.fromisoformat(moment)) for moment in (since, due)]
    assert timers.after(local[0], minutes) == local[1]
    assert timers.after(local[0].astimezone(UTC), minutes) == local[1]


def test_it_leaves_out_the_days_when_the_programme_is_closed(monkeypatch) -> None:
    stated = timers.times()
    closed = timers.Times(
        **{**vars(stated), "closed_on": frozenset({datetime(2026, 11, 23).date()})}  # noqa: DTZ001
    )
    monkeypatch.setattr(timers, "times", lambda: closed)
    assert timers.after(FRIDAY.replace(hour=16, minute=30), 60).day == 24


def test_it_climbs_when_nobody_acts_and_says_so(lead: User) -> None:
    concern = told()
    clock.tick(FRIDAY + timedelta(minutes=59))
    concern.refresh_from_db()
    assert concern.level == "bronze"
    clock.tick(FRIDAY + timedelta(minutes=61))
    clock.tick(FRIDAY + timedelta(minutes=61))
    concern.refresh_from_db()
    assert concern.level == "silver"
    (action,) = concern.actions.all()
    assert (action.kind, action.by, action.level) == ("climbed", None, "silver")
    assert "11 in the morning on 20 November 2026" in action.words


def test_a_standstill_ends_as_if_the_clock_had_gone_on(lead: User) -> None:
    ticked, stood_still = told(), told()
    end = FRIDAY + timedelta(days=9)
    moment = FRIDAY
    while moment <= end:
        _only(ticked, moment)
        moment += timedelta(minutes=20)
    _only(stood_still, end)
    for concern in (ticked, stood_still):
        concern.refresh_from_db()
    assert (ticked.level, ticked.due_at) == (stood_still.level, stood_still.due_at)
    assert ticked.level == "gold"
    assert ticked.actions.count() == stood_still.actions.count() == 2


def _only(concern: Concern, at: datetime) -> None:
    if Concern.objects.filter(pk=concern.pk, due_at__lte=at).exists():
        timers._climb(concern.pk, at)


@pytest.mark.parametrize("kind", ["did", "shared", "not_shared", "asked", "report"])
def test_anything_a_person_does_stops_the_step(lead: User, town: cast.Town, kind: str) -> None:
    concern, at = told(), FRIDAY + timedelta(minutes=30)
    if kind == "asked":
        ask_coach(concern=concern, coach=town.ruth, words="Ring", basis="public", by=lead, at=at)
    elif kind == "report":
        report(concern=concern, by=lead, at=at)
    else:
        told_whom = {"recipient": "School", "basis": "vital"} if kind == "shared" else {}
        act(concern=concern, words="x", level="bronze", kind=kind, by=lead, at=at, **told_whom)
    clock.tick(FRIDAY + timedelta(days=6))
    concern.refresh_from_db()
    assert concern.level == "bronze"
    clock.tick(FRIDAY + timedelta(days=7, hours=1))
    concern.refresh_from_db()
    assert concern.level == "silver"


def test_a_sign_off_stops_it_for_good_and_a_correction_starts_nothing(lead: User) -> None:
    concern = told()
    sign_off(concern=concern, by=lead, at=FRIDAY, **DECIDED)
    correct(concern=concern, words="It was Tuesday", by=lead, at=FRIDAY)
    clock.tick(FRIDAY + timedelta(days=400))
    concern.refresh_from_db()
    assert (concern.level, concern.due_at) == ("bronze", None)
    assert not concern.actions.filter(kind="climbed").exists()


def test_it_tells_the_lead_at_every_step_and_at_gold_the_manager_too(lead: User) -> None:
    chief = cast.staff("morgan@example.org", "Morgan", "manager")
    told()
    for minutes in (0, 5, 10):
        clock.tick(FRIDAY + timedelta(minutes=minutes))
    assert _to() == [[lead.email]]  # the letter that the raising itself would have sent
    for minutes in (61, 65):
        clock.tick(FRIDAY + timedelta(minutes=minutes))
    assert _to()[1:] == [[lead.email]]
    clock.tick(FRIDAY + timedelta(minutes=301))
    assert _to()[2:] == [[lead.email], [chief.email]]
    clock.tick(FRIDAY + timedelta(minutes=361))  # an hour of gold went by
    assert _to()[4:] == [[lead.email], [chief.email]]
    assert not any("bruise" in letter.subject + letter.body for letter in mail.outbox)


def test_a_letter_that_the_mail_server_did_not_take_goes_out_later(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    told()
    with monkeypatch.context() as away:
        away.setattr("people.letters.get_connection", down)
        clock.tick(FRIDAY)
    assert not mail.outbox
    clock.tick(FRIDAY + timedelta(minutes=5))
    assert _to() == [[lead.email]]


def test_somebody_who_acted_meanwhile_is_not_passed_over(lead: User) -> None:
    concern = told()
    act(concern=concern, words="x", level="bronze", by=lead, at=FRIDAY + timedelta(minutes=59))
    timers._climb(concern.pk, FRIDAY + timedelta(minutes=61))
    assert not ConcernAction.objects.filter(kind="climbed").exists()


def _to() -> list[list[str]]:
    return [letter.to for letter in mail.outbox]
