"""The supporter's weekly "how was it?": one tap, asked once a week, and read by the coach alone."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching import cadence, how_was_it, linkups, resting
from matching.models import Contact, HowWasIt, LinkUp, Rest
from matching.reading import coach_today
from matching.reading.how_was_it import weeks_of
from matching.reading.needs import Need
from people import letters
from people.models import User
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street
from tests.matching.test_linkups import ended, started

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FRIDAY = date(2026, 11, 20)
REASONS = {"Hard. They ask to be rung": "hard", "Two weeks that weren’t so good": "two"}


@pytest.fixture
def link_up(lived_in: Street, now: datetime) -> LinkUp:
    """Amara's family and Denise's, since Monday 5 October; every call up to now is made."""
    made = started(lived_in, now)
    made.contacts.filter(due_on__lte=FRIDAY).delete()
    return made


def at_ten(on: date) -> datetime:
    """Ten in the morning."""
    return timezone.make_aware(datetime.combine(on, time(10)))


def helper_of(link_up: LinkUp) -> User:
    """Whoever speaks for the sharing family."""
    assert link_up.supporter.family is not None
    return cast.guardian_of(link_up.supporter.family)


def said(link_up: LinkUp, answer: str, on: date = FRIDAY, words: str = "") -> HowWasIt:
    """An answer on a day, through the one door."""
    return how_was_it.say(
        link_up=link_up, answer=answer, words=words, by=helper_of(link_up), at=at_ten(on)
    )


def needs(lived_in: Street, on: date = FRIDAY) -> list[str]:
    """Which of the two reasons stand in the coach's day."""
    found = coach_today(lived_in.ruth, on).all_needs
    return [REASONS[one.reason] for one in found if one.reason in REASONS]


def need(lived_in: Street, on: date = FRIDAY) -> Need:
    """The one row of the coach's day that comes from a supporter's answer."""
    (found,) = (one for one in coach_today(lived_in.ruth, on).all_needs if one.reason in REASONS)
    return found


def rung(lived_in: Street, link_up: LinkUp, on: date, side: str = "supporter") -> None:
    """The coach notes a call of a day."""
    contact, _new = Contact.objects.get_or_create(link_up=link_up, side=side, due_on=on)
    cadence.mark_done(
        contact=contact, kind="call", words="", on=on, by=lived_in.ruth, at=at_ten(on)
    )


def test_a_double_tap_is_one_and_another_answer_stands_beside_it(link_up: LinkUp):
    first = said(link_up, "good")
    assert said(link_up, "good") == first
    hard = said(link_up, "hard")
    again = said(link_up, "good", FRIDAY + DAY)
    assert [one.answer for one in HowWasIt.objects.all()] == ["good", "hard", "good"]
    assert how_was_it.said_in(link_up, date(2026, 11, 16)) == again
    assert HowWasIt.objects.newest().get() == again != hard


def test_the_line_is_kept_beside_hard_alone_and_a_later_tap_loses_none(link_up: LinkUp):
    said(link_up, "hard")
    told = said(link_up, "hard", words="  Nobody slept ")
    assert told.words == "Nobody slept"
    assert said(link_up, "hard") == told
    assert said(link_up, "so_so", words="Nobody slept").words == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        HowWasIt.objects.create(
            link_up=link_up, week=FRIDAY, answer="awful", by=helper_of(link_up), at=at_ten(FRIDAY)
        )


def test_the_next_week_is_another(link_up: LinkUp):
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    said(link_up, "good", sunday)
    said(link_up, "good", monday)
    assert list(HowWasIt.objects.values_list("week", flat=True)) == [date(2026, 11, 16), monday]


def test_nothing_is_said_of_one_that_rests_or_has_ended(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    Rest.objects.create(link_up=link_up, since_on=FRIDAY)
    with pytest.raises(linkups.LinkUpError, match="resting"):
        said(link_up, "good")
    Rest.objects.all().delete()
    ended(link_up, lived_in, now)
    with pytest.raises(linkups.LinkUpError, match="ended"):
        said(link_up, "good", FRIDAY + DAY)
    assert not HowWasIt.objects.exists()


# --- The coach's day --------------------------------------------------------------------------


def test_hard_stands_in_the_coachs_day_at_once_with_one_call_to_make(
    lived_in: Street, link_up: LinkUp
):
    said(link_up, "hard")
    said(link_up, "hard", words="Nobody slept")
    row = need(lived_in)
    call = link_up.contacts.get(side="supporter", due_on=FRIDAY)
    assert row.url == reverse("matching:contact", kwargs={"id": call.pk})
    assert (row.who, row.shape) == ("Denise and Mark", "diamond")
    assert "Nobody slept" in row.words
    assert [one.url for one in coach_today(lived_in.ruth, FRIDAY).all_needs].count(row.url) == 1
    assert needs(lived_in, FRIDAY + 3 * WEEK) == ["hard"]  # until somebody rings, however long
    assert coach_today(lived_in.town.imran, FRIDAY).all_needs == []


def test_a_call_to_the_supporter_clears_it_and_no_other(lived_in: Street, link_up: LinkUp):
    rung(lived_in, link_up, FRIDAY - DAY)
    said(link_up, "hard")
    rung(lived_in, link_up, FRIDAY, side="family")
    assert needs(lived_in) == ["hard"]
    rung(lived_in, link_up, FRIDAY)
    assert needs(lived_in) == []


def test_a_later_good_week_does_not_take_the_wish_to_be_rung_away(
    lived_in: Street, link_up: LinkUp
):
    said(link_up, "hard")
    said(link_up, "good", FRIDAY + WEEK)
    assert needs(lived_in, FRIDAY + WEEK) == ["hard"]


def test_a_slip_of_the_thumb_is_put_right_in_the_same_week(lived_in: Street, link_up: LinkUp):
    said(link_up, "hard")
    said(link_up, "good")
    assert needs(lived_in) == []


def test_who_was_rung_in_the_morning_and_finds_it_hard_in_the_evening_is_rung_again(
    lived_in: Street, link_up: LinkUp
):
    rung(lived_in, link_up, FRIDAY)
    said(link_up, "hard")
    assert link_up.contacts.open().filter(side="supporter", due_on=FRIDAY + DAY).exists()


@pytest.mark.parametrize(
    ("answers", "stands"),
    [
        (["so_so"], []),
        (["so_so", "so_so"], ["two"]),
        (["so_so", "not_met"], ["two"]),
        (["so_so", "good"], []),
        (["so_so", "so_so", "good"], []),
        (["so_so", "", "so_so"], []),
        (["good", "not_met", "not_met"], ["two"]),
    ],
)
def test_two_weeks_in_a_row_that_were_not_so_good_are_worth_a_call(
    lived_in: Street, link_up: LinkUp, answers: list[str], stands: list[str]
):
    for n, answer in enumerate(answers):
        if answer:
            said(link_up, answer, FRIDAY - WEEK * (len(answers) - 1 - n))
    assert needs(lived_in) == stands
    if stands:
        rung(lived_in, link_up, FRIDAY)
        assert needs(lived_in) == []


def test_a_call_between_the_two_weeks_clears_the_first_only(lived_in: Street, link_up: LinkUp):
    said(link_up, "so_so", FRIDAY - WEEK)
    rung(lived_in, link_up, FRIDAY - WEEK)
    said(link_up, "so_so")
    assert needs(lived_in) == ["two"]


def test_it_costs_the_coachs_day_one_question_however_many_said_something(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    def costs() -> int:
        with CaptureQueriesContext(connection) as queries:
            coach_today(lived_in.ruth, FRIDAY)
        return len(queries)

    costs()  # what is read once and kept
    before = costs()
    for n in range(5):
        where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
        other = started(
            lived_in,
            now,
            family=street.seeking(f"F{n}", guardian=f"F{n}", **where),
            supporter=street.sharing(f"S{n}", guardian=f"S{n}", **where),
            goals=[],
        )
        for week in range(4):
            said(other, "hard" if week % 2 else "so_so", FRIDAY - week * WEEK)
    assert costs() == before
    assert len(needs(lived_in)) == 5


def test_the_coach_reads_the_last_eight_weeks_with_those_nobody_spoke_of(link_up: LinkUp):
    said(link_up, "good", FRIDAY - WEEK)
    said(link_up, "hard", words="Nobody slept")
    weeks = weeks_of(link_up, on=FRIDAY)
    assert [(one.shape, one.words) for one in weeks[:3]] == [
        ("diamond", "Nobody slept"),
        ("full", ""),
        ("dotted", ""),
    ]
    assert len(weeks) == 7  # since its hello
    assert len(weeks_of(link_up, on=FRIDAY + 9 * WEEK)) == 8


# --- The letter -------------------------------------------------------------------------------


def tick_through(first: date, last: date) -> None:
    """Let the clock go by, at three hours of every day."""
    for n in range((last - first).days + 1):
        for hour in (0, 9, 23):
            here = datetime.combine(first + timedelta(days=n), time(hour))
            how_was_it.ask(timezone.make_aware(here))


def test_one_letter_a_week_from_friday_on_and_never_in_the_first_week(link_up: LinkUp, mailoutbox):
    tick_through(link_up.started_on, date(2026, 10, 15))
    assert mailoutbox == []
    how_was_it.ask(at_ten(date(2026, 10, 16)) - timedelta(minutes=61))
    assert mailoutbox == []  # nobody is woken
    tick_through(date(2026, 10, 16), date(2026, 10, 25))
    assert [letter.to for letter in mailoutbox] == [["denise@example.org"]] * 2
    assert "Amara" not in mailoutbox[0].subject + mailoutbox[0].body
    assert f"/{link_up.pk}/how-was-it/" in mailoutbox[0].body


def test_the_first_week_is_seven_days_before_the_friday(link_up: LinkUp, mailoutbox):
    for began, many in ((FRIDAY - WEEK + DAY, 0), (FRIDAY - WEEK, 1)):
        LinkUp.objects.update(started_on=began)
        tick_through(FRIDAY, FRIDAY + 2 * DAY)
        assert len(mailoutbox) == many


def test_whoever_answered_and_whoever_rests_or_ended_gets_no_letter(
    lived_in: Street, link_up: LinkUp, now: datetime, mailoutbox
):
    said(link_up, "not_met", FRIDAY - DAY)
    tick_through(FRIDAY, FRIDAY + 2 * DAY)
    Rest.objects.create(link_up=link_up, since_on=FRIDAY + 5 * DAY)
    assert resting.resting_among([link_up.pk]) == {link_up.pk}
    tick_through(FRIDAY + WEEK, FRIDAY + WEEK + 2 * DAY)
    Rest.objects.all().delete()
    ended(link_up, lived_in, now)
    tick_through(FRIDAY + 2 * WEEK, FRIDAY + 2 * WEEK + 2 * DAY)
    assert mailoutbox == []


def test_mail_that_is_away_is_tried_again(link_up: LinkUp, mailoutbox, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(letters, "send", lambda letters, what: False)
        how_was_it.ask(at_ten(FRIDAY))
    how_was_it.ask(at_ten(FRIDAY) + timedelta(minutes=5))
    assert len(mailoutbox) == 1


def test_once_everybody_is_told_the_clock_asks_three_questions(link_up: LinkUp):
    how_was_it.ask(at_ten(FRIDAY))
    with CaptureQueriesContext(connection) as queries:
        how_was_it.ask(at_ten(FRIDAY))
    assert len(queries) == 3
