"""The path of a link-up: today where it belongs, stones at the right weeks, and words that can be read."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from matching.path import Stage, Walk, link_up_path

HELLO = date(2026, 10, 5)
LAST_DAY = date(2027, 2, 21)


def walk(today: date, **more: object) -> Walk:
    return Walk(started_on=HELLO, ends_on=LAST_DAY, today=today, **more)  # type: ignore[arg-type]


def sheets(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<both>{svg}</both>"))  # noqa: S314  our own drawing


def of_kind(sheet: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [e for e in sheet.iter() if kind in (e.get("class") or "").split()]


def test_it_counts_weeks_from_hello_as_the_first() -> None:
    assert walk(HELLO).week == 1
    assert walk(HELLO + timedelta(days=6)).week == 1
    assert walk(date(2026, 11, 20)).week == 7
    assert walk(LAST_DAY).week == walk(LAST_DAY).weeks == 20


def test_it_draws_a_sheet_for_phones_and_one_for_wide_columns() -> None:
    small, large = sheets(link_up_path(walk(date(2026, 11, 20))).svg)
    assert small.get("viewBox") == "0 0 360 128"
    assert large.get("viewBox") == "0 0 560 158"
    assert "narrow-only" in (small.get("class") or "")
    assert "wide-only" in (large.get("class") or "")


def test_it_marks_today_in_words_and_on_the_path() -> None:
    picture = link_up_path(walk(date(2026, 11, 20)))
    for sheet in sheets(picture.svg):
        assert len(of_kind(sheet, "s-today")) == 1
        assert [e.text for e in of_kind(sheet, "k-today")] == ["today, week 7"]
    assert picture.sentence == "The path of our link-up: week 7 of 20, before half way."
    assert picture.caption == "Week 7 of 20"


def test_it_fills_the_stones_that_are_behind_us() -> None:
    early = sheets(link_up_path(walk(date(2026, 11, 20))).svg)[0]
    assert (len(of_kind(early, "s-done")), len(of_kind(early, "s-todo"))) == (0, 2)
    later = sheets(link_up_path(walk(date(2027, 1, 10))).svg)[0]
    assert (len(of_kind(later, "s-done")), len(of_kind(later, "s-todo"))) == (1, 1)
    last = sheets(link_up_path(walk(date(2027, 2, 10))).svg)[0]
    assert (len(of_kind(last, "s-done")), len(of_kind(last, "s-todo"))) == (2, 0)


def test_it_has_no_today_before_hello_or_after_the_end() -> None:
    before = link_up_path(walk(date(2026, 9, 1)))
    assert before.sentence == "The path of our link-up: it starts on 5 October."
    assert of_kind(sheets(before.svg)[0], "way-walked") == []
    after = link_up_path(walk(date(2027, 3, 1)))
    assert after.sentence == "The path of our link-up: 20 weeks, all walked."
    assert of_kind(sheets(after.svg)[0], "way-left") == []
    for picture in (before, after):
        assert of_kind(sheets(picture.svg)[0], "s-today") == []


@pytest.mark.parametrize("days", range(0, 140, 3))
def test_it_keeps_the_word_today_on_the_sheet(days: int) -> None:
    for sheet in sheets(link_up_path(walk(HELLO + timedelta(days=days))).svg):
        wide, high = (int(n) for n in (sheet.get("viewBox") or "").split()[2:])
        (label,) = of_kind(sheet, "k-today")
        half = 7.4 * len(label.text or "") / 2
        assert half <= float(label.get("x", "")) <= wide - half
        assert 13 <= float(label.get("y", "")) <= high


def test_it_tells_the_same_as_a_list_with_today_between() -> None:
    stages = (
        Stage(LAST_DAY, "Well done"),
        Stage(HELLO, "Hello", "At the library"),
        Stage(date(2026, 12, 14), "Half way"),
    )
    told = link_up_path(
        walk(date(2026, 11, 20), stages=stages, today_words="Four times together so far")
    ).stages
    assert [(s.title, s.mark) for s in told] == [
        ("Hello", "done"),
        ("Today, week 7", "here"),
        ("Half way", ""),
        ("Well done", ""),
    ]
    assert told[1].words == "Four times together so far"


def test_it_gives_the_same_family_the_same_house() -> None:
    one = link_up_path(walk(HELLO, ours=12, theirs=4)).svg
    again = link_up_path(walk(HELLO, ours=12, theirs=4)).svg
    other = link_up_path(walk(HELLO, ours=13, theirs=4)).svg
    assert one == again
    assert one != other


def test_it_mirrors_the_path_for_right_to_left() -> None:
    plain = sheets(link_up_path(walk(date(2026, 11, 20))).svg)[0]
    turned = sheets(link_up_path(walk(date(2026, 11, 20)), mirrored=True).svg)[0]
    x = float(of_kind(plain, "s-today")[0].get("cx", ""))
    assert float(of_kind(turned, "s-today")[0].get("cx", "")) == pytest.approx(360 - x, abs=0.1)


def test_it_survives_a_link_up_of_a_day() -> None:
    picture = link_up_path(Walk(started_on=HELLO, ends_on=HELLO, today=HELLO))
    assert picture.caption == "Week 1 of 1"


def test_it_colours_by_class_only() -> None:
    assert not re.search(r'style=|fill="|stroke="', link_up_path(walk(HELLO)).svg)


def test_it_keeps_todays_word_off_the_date_of_hello() -> None:
    for sheet in sheets(link_up_path(Walk(HELLO, HELLO + timedelta(weeks=20), HELLO)).svg):
        word = next(one for one in sheet.iter() if "k-today" in one.get("class", ""))
        dates = [one for one in sheet.iter() if "halo" in one.get("class", "") and one is not word]
        half = 7.4 * len("".join(word.itertext())) / 2
        assert dates, "the other end keeps its date"
        for date_ in dates:
            apart = abs(float(word.get("x", "")) - float(date_.get("x", "")))
            below = abs(float(date_.get("y", "")) - float(word.get("y", "")))
            assert apart >= half + 20 or below >= 16
