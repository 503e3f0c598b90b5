"""What people type for how long something took."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.saying import hours
from timebank.durations import NotADuration, parse_duration


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("90", 90),
        ("1h30", 90),
        ("1h", 60),
        ("1 h 30", 90),
        ("1 h 30 min", 90),
        ("2 hours", 120),
        ("1 hour 15 minutes", 75),
        ("1 hour and 5 mins", 65),
        ("1:30", 90),
        ("0:05", 5),
        ("1.5", 90),
        ("1,5", 90),
        ("0.25", 15),
        (".5", 30),
        ("1.5 hours", 90),
        ("1½", 90),
        ("2 ¼ hours", 135),
        ("¾ h", 45),
        ("45 min", 45),
        ("5 min", 5),
        (" 45 MIN. ", 45),
        ("24h", 1440),
    ],
)
def test_it_reads_what_people_write(text, minutes) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "0", "0 min", "0:00", "0.0", "-1", "-45", "1e-9", "NaN", "inf", "a while"],
        *[
            "1h75",
            "1:75",
            "25h",
            "1441",
            "99999",
            "0.33",
            "1/2",
            "1½½",
            "1½.5",
            "1..5",
            "1h30h",
            "４５",
            "٤٥",
        ],
        *["1 30", "45 sheep", "1.2345", "+45", "45\n46"],
    ],
)
def test_it_refuses_what_it_cannot_count(text) -> None:
    with pytest.raises(NotADuration):
        parse_duration(text)


@pytest.mark.parametrize("text", ["1", "2", "8", "9"])
def test_it_asks_rather_than_guess_hours_or_minutes(text) -> None:
    with pytest.raises(NotADuration, match=f"{text}h or {text} min"):
        parse_duration(text)


def test_it_asks_rather_than_take_a_slip_for_half_a_day() -> None:
    with pytest.raises(NotADuration, match=r"16.h.39"):
        parse_duration("999")
    assert (parse_duration("600"), parse_duration("16 h 39")) == (600, 999)


@given(st.integers(1, 1440))
def test_it_reads_back_whatever_we_write(minutes) -> None:
    assert parse_duration(hours(minutes)) == minutes


@given(st.text(max_size=12))
def test_it_gives_whole_minutes_of_a_day_or_says_no(text) -> None:
    try:
        minutes = parse_duration(text)
    except NotADuration:
        return
    assert isinstance(minutes, int)
    assert 1 <= minutes <= 1440


@given(st.integers(0, 23), st.integers(1, 59))
def test_it_reads_every_way_of_writing_one_time_alike(whole, rest) -> None:
    ways = [f"{whole}:{rest:02d}", f"{whole}h{rest}", f"{whole * 60 + rest} min"]
    assert {parse_duration(way) for way in ways} == {whole * 60 + rest}
