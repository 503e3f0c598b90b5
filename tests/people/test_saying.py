"""Hours, days and times in words."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import override

from people import saying


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 h"),
        (5, "5 min"),
        (45, "45 min"),
        (60, "1 h"),
        (65, "1 h 05"),
        (90, "1 h 30"),
        (-45, "\u221245 min"),
        (-150, "\u22122 h 30"),
    ],
)
def test_it_says_minutes_as_hours(minutes: int, said: str) -> None:
    assert saying.hours(minutes) == said


def test_it_puts_a_plus_before_gains_only_when_asked() -> None:
    assert saying.hours(180, signed=True) == "+3 h"
    assert saying.hours(0, signed=True) == "0 h"
    assert saying.hours(-45, signed=True) == "\u221245 min"


def test_it_keeps_hours_whole_on_a_page_read_from_right_to_left() -> None:
    with override("ur"):
        assert saying.hours(-45).startswith("\u2068\u2212")
        assert saying.hours(-45).endswith("\u2069")


def test_it_says_days() -> None:
    saturday = date(2026, 11, 28)
    assert saying.day(saturday) == "Saturday 28 November"
    assert saying.day(saturday, with_year=True) == "Saturday 28 November 2026"
    assert saying.short_day(saturday) == "28 Nov"
    assert saying.plain_day(saturday) == "28 November"


def test_it_says_a_moment_on_the_day_it_was_here() -> None:
    just_after_midnight_in_summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert saying.day(just_after_midnight_in_summer) == "Thursday 2 July"


@pytest.mark.parametrize(
    ("at", "plain", "full"),
    [
        (time(14), "2", "2 in the afternoon"),
        (time(16, 30), "4.30", "4.30 in the afternoon"),
        (time(19, 40), "7.40", "7.40 in the evening"),
        (time(8, 5), "8.05", "8.05 in the morning"),
        (time(12), "noon", "noon"),
        (time(0), "midnight", "midnight"),
        (time(0, 20), "12.20", "12.20 in the morning"),
    ],
)
def test_it_says_times(at: time, plain: str, full: str) -> None:
    assert saying.clock(at) == plain
    assert saying.moment(at) == full


def test_it_says_from_when_to_when() -> None:
    assert saying.from_to(time(14), time(16, 30)) == "2 to 4.30"
    assert saying.from_to(time(14), None) == "2"


def test_it_never_says_nought_of_nought() -> None:
    assert saying.out_of(11, 12) == "11 of 12"
    assert saying.out_of(0, 12) == "0 of 12"
    assert saying.out_of(0, 0) == saying.out_of(None, 4) == "none yet"
