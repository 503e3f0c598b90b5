"""The programme's milestones: their days, the letters on them, once each, and the coach's checklist."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from matching import ending, linkups, milestones
from matching.models import LinkUp, Milestone
from people import letters
from tests.matching.conftest import Street
from tests.matching.test_linkups import ended, started

START = date(2026, 10, 5)


@pytest.fixture
def link_up(lived_in: Street, now: datetime) -> LinkUp:
    """Amara's family and Denise's, for twenty weeks since 5 October."""
    return started(lived_in, now)


def morning(on: date) -> datetime:
    """Eight o'clock."""
    return timezone.make_aware(datetime.combine(on, time(8)))


def tick_daily(first: date, last: date) -> None:
    """Let the clock go by, twice a day."""
    for n in range((last - first).days + 1):
        milestones.remind(morning(first + timedelta(days=n)))
        milestones.remind(morning(first + timedelta(days=n)) + timedelta(hours=5))


def days_in(link_up: LinkUp) -> list[tuple[str, date]]:
    """What comes when."""
    return [(one.name, on) for on, one in milestones.dated(link_up, Milestone.objects.all())]


def test_their_days_follow_from_the_plan(lived_in: Street, link_up: LinkUp, now: datetime):
    assert days_in(link_up) == [
        ("Settling in", date(2026, 10, 19)),
        ("Half way", date(2026, 12, 13)),
        ("Getting ready to end", date(2027, 2, 7)),
        ("Well done", date(2027, 2, 21)),
    ]
    ending.extend(link_up=link_up, weeks=4, why="The move", by=lived_in.ruth, at=now)
    link_up.refresh_from_db()
    assert days_in(link_up)[-1] == ("Well done", date(2027, 3, 21))


def test_what_lies_outside_a_short_link_up_is_left_out(lived_in: Street, now: datetime):
    late = Milestone.objects.create(name="Week 18", counted_from="hello", weeks=18)
    early = Milestone.objects.create(name="Week 2", counted_from="end", weeks=18)
    short = started(lived_in, now, weeks=12)
    assert late.day_in(short) is None
    assert early.day_in(short) is None


def test_both_sides_get_a_letter_for_each_once(link_up: LinkUp, mailoutbox):
    tick_daily(START, link_up.planned_end_on + timedelta(days=10))
    told = sorted(letter.to[0] for letter in mailoutbox)
    assert told == ["amara@example.org"] * 4 + ["denise@example.org"] * 4


def test_after_a_standstill_only_what_is_still_news_is_told(link_up: LinkUp, mailoutbox):
    milestones.remind(
        morning(date(2026, 12, 19))
    )  # six days after half way, the first one long gone
    assert len(mailoutbox) == 2
    milestones.remind(morning(date(2026, 12, 20)))
    assert len(mailoutbox) == 2


def test_nobody_is_told_once_it_has_ended(
    lived_in: Street, link_up: LinkUp, now: datetime, mailoutbox
):
    ended(link_up, lived_in, now)
    tick_daily(date(2026, 12, 10), date(2026, 12, 15))
    assert mailoutbox == []


def test_a_new_end_is_told_anew(lived_in: Street, link_up: LinkUp, now: datetime, mailoutbox):
    tick_daily(link_up.planned_end_on, link_up.planned_end_on)
    assert len(mailoutbox) == 2
    ending.extend(link_up=link_up, weeks=4, why="The move", by=lived_in.ruth, at=now)
    tick_daily(date(2027, 3, 21), date(2027, 3, 21))
    assert len(mailoutbox) == 4


def test_mail_that_is_away_is_tried_again(link_up: LinkUp, mailoutbox, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(letters, "send", lambda letters, what: False)
        milestones.remind(morning(date(2026, 12, 13)))
    assert mailoutbox == []
    milestones.remind(morning(date(2026, 12, 13)))
    assert len(mailoutbox) == 2


def test_a_coach_ticks_lines_off_once_and_takes_a_slip_back(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    first = Milestone.objects.order_by("pk").first()
    line = first.lines[0]
    tick = {"link_up": link_up, "milestone": first, "by": lived_in.ruth, "at": now}
    assert milestones.tick_off(line=line, **tick) == milestones.tick_off(line=line, **tick)
    listed = milestones.checklist(link_up, [first], on=now.date())
    assert [bool(one.tick) for one in listed[0].lines] == [True, False, False]
    milestones.untick(link_up=link_up, milestone=first, line=line)
    assert not link_up.ticks.exists()
    with pytest.raises(linkups.LinkUpError, match="isn’t on the list"):
        milestones.tick_off(line="Something else", **tick)


def test_a_checklist_shows_when_its_day_has_come(link_up: LinkUp):
    every = list(Milestone.objects.all())
    assert milestones.checklist(link_up, every, on=date(2026, 10, 18)) == []
    reached = milestones.checklist(link_up, every, on=date(2026, 12, 13))
    assert [one.milestone.name for one in reached] == ["Settling in", "Half way"]
