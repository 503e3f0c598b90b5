"""Letters before something runs out: once each, the nearest only after a standstill, and none to who isn't asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from people.models import Volunteer
from safeguarding.models import Check
from safeguarding.reminding import due_on, remind
from tests import cast
from tests.safeguarding.cast import approved, check, ready, steps

ENDS = date(2029, 1, 1)
FOUR_YEARS = 4 * 365 + 1


def at(day: date) -> datetime:
    """Seven in the morning of a day."""
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def letters(to: str) -> int:
    """How many letters somebody got."""
    return sum(letter.to == [to] for letter in mail.outbox)


@pytest.fixture
def stan(town: cast.Town) -> Volunteer:
    """A volunteer with everything, until the first of January 2029."""
    volunteer = cast.volunteer("Stan", at=town.burntwood, coach=town.ruth)
    check(volunteer, town.ruth, valid_until_on=ENDS)
    ready(volunteer, town.ruth)
    return volunteer


def test_in_four_years_each_of_the_four_letters_comes_once(stan: Volunteer):
    days = []
    for n in range(FOUR_YEARS):
        day = date(2026, 6, 1) + timedelta(days=n)
        before = len(mail.outbox)
        remind(at(day))
        if len(mail.outbox) > before:
            days.append((ENDS - day).days)
    assert days == [90, 30, 7, 0]
    assert letters("ruth@example.org") == letters("stan@example.org") == 4


def test_a_new_check_begins_anew(stan: Volunteer, town: cast.Town):
    for n in (90, 30):
        remind(at(ENDS - timedelta(days=n)))
    check(
        stan, town.ruth, issued_on=date(2028, 12, 10), valid_until_on=date(2031, 12, 10),
        decided_at=datetime(2028, 12, 12, tzinfo=UTC),
    )  # fmt: skip
    for n in (7, 0, -30):
        remind(at(ENDS - timedelta(days=n)))
    assert letters("stan@example.org") == 2
    remind(at(date(2031, 12, 5)))
    assert letters("stan@example.org") == 3


@pytest.mark.parametrize("late", [30, 12, 3, 0, -400])
def test_after_a_standstill_only_the_nearest_is_sent(stan: Volunteer, late: int):
    for _again in range(3):
        remind(at(ENDS - timedelta(days=late)))
    assert letters("stan@example.org") == letters("ruth@example.org") == 1


def test_a_letter_says_nothing_and_leads_to_the_right_page(stan: Volunteer):
    remind(at(ENDS))
    to_coach, to_stan = sorted(mail.outbox, key=lambda letter: letter.to)
    assert f"/clearance/volunteers/{stan.pk}/" in to_coach.body
    assert "/clearance/ready/" in to_stan.body
    for letter in mail.outbox:
        assert "Stan" not in letter.subject + letter.body
        assert "DBS" not in letter.body


def test_who_is_not_approved_or_left_gets_none(stan: Volunteer, town: cast.Town):
    mavis = cast.volunteer("Mavis", at=town.burntwood, coach=town.ruth)
    check(mavis, town.ruth, valid_until_on=ENDS)
    steps(mavis, town.ruth)
    Volunteer.objects.filter(pk=stan.pk).update(standing=Volunteer.Standing.LEFT)
    remind(at(ENDS))
    assert not mail.outbox


def test_the_day_a_new_version_gives_is_told_beforehand(town: cast.Town):
    ros = cast.volunteer("Ros", at=town.burntwood, coach=town.ruth)
    check(ros, town.ruth)
    approved(ros, town.ruth)  # under version 1, which asks the check alone
    for n in (90, 30, 7, 0):
        remind(at(date(2027, 4, 30) - timedelta(days=n)))
    assert letters("ros@example.org") == 4
    assert Check.objects.count() == 1


@pytest.mark.parametrize("many", [1, 8])
def test_it_asks_the_same_whatever_the_number(
    town: cast.Town, django_assert_num_queries: object, many: int
):
    for n in range(many):
        helper = cast.volunteer(f"Helper{n}", at=town.burntwood, coach=town.ruth)
        check(helper, town.ruth, valid_until_on=ENDS)
        ready(helper, town.ruth)
    with django_assert_num_queries(8):
        assert len(list(due_on(ENDS))) == many
