"""The pictures of goals: what they show, what they say, and that nobody's words can break out of them."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from goals.charts import Line, Mark, goal_lines, number_line

AMARA = Line("Amara", (Mark(0, 2), Mark(3, 3), Mark(7, 6)))
JOE = Line("Joe", (Mark(0, 2), Mark(7, 6)))
RUTH = Line("Ruth", (Mark(0, 2), Mark(7, 4)))


def discs(svg: str, kind: str) -> list[tuple[float, float]]:
    return [
        (float(e.get("cx", "")), float(e.get("cy", "")))
        for e in ElementTree.fromstring(svg).iter("circle")  # noqa: S314  our own drawing
        if e.get("class") == kind
    ]


def texts(svg: str) -> dict[str, tuple[float, float]]:
    return {
        "".join(e.itertext()): (float(e.get("x", "")), float(e.get("y", "")))
        for e in ElementTree.fromstring(svg).iter("text")  # noqa: S314  our own drawing
    }


# --- Number line ------------------------------------------------------------------------------


def test_it_shows_the_start_hollow_and_now_full() -> None:
    picture = number_line(AMARA)
    assert discs(picture.svg, "m-then") == [(74, 30)]
    assert discs(picture.svg, "m-1") == [(202, 30)]
    assert picture.sentence == "From 2 at the start to 6 now, on a line from 0 to 10"
    assert picture.sentence in picture.svg
    assert picture.rows == (("Amara", 2, 6),)


def test_it_shows_one_mark_as_a_start_without_a_now() -> None:
    picture = number_line(Line("Amara", (Mark(0, 4),)))
    assert discs(picture.svg, "m-1") == []
    assert picture.sentence == "4 at the start, on a line from 0 to 10"
    assert picture.rows == (("Amara", 4, "–"),)


def test_it_says_when_nobody_has_marked_a_goal() -> None:
    picture = number_line(Line("Amara", ()))
    assert "Nobody has marked this yet" in picture.sentence
    assert discs(picture.svg, "m-then") == []
    assert picture.rows == ()


def test_it_keeps_labels_of_near_scores_in_one_line_of_words() -> None:
    near = texts(number_line(Line("Amara", (Mark(0, 3), Mark(1, 4)))).svg)
    assert "start 3now 4" in near
    fell = texts(number_line(Line("Amara", (Mark(0, 4), Mark(1, 3)))).svg)
    assert "now 3start 4" in fell


def test_it_keeps_every_label_on_the_sheet() -> None:
    for first in range(11):
        for last in range(11):
            for x, _y in texts(
                number_line(Line("A", (Mark(0, first), Mark(9, last)))).svg
            ).values():
                assert 10 <= x <= 330


def test_it_mirrors_the_number_line_for_right_to_left() -> None:
    picture = number_line(AMARA, mirrored=True)
    assert discs(picture.svg, "m-then") == [(340 - 74, 30)]


# --- Goal lines -------------------------------------------------------------------------------


def test_it_gives_each_voice_its_own_line_mark_and_name() -> None:
    svg = goal_lines([AMARA, JOE, RUTH], weeks=20, week=7).svg
    for kind in ("c-1", "c-2", "c-3", "m-1", "m-2", "m-3"):
        assert f'class="{kind}"' in svg
    assert {"Amara 6", "Joe 6", "Ruth 4"} <= set(texts(svg))


def test_it_nudges_marks_apart_that_fall_together() -> None:
    picture = goal_lines([AMARA, JOE], weeks=20, week=7)
    (_, first_y), *_ = discs(picture.svg, "m-1")
    on_the_line = 178 - 164 * 2 / 10
    assert first_y != on_the_line
    assert abs(first_y - on_the_line) < 6


def test_it_keeps_names_at_the_ends_of_lines_apart() -> None:
    same = [Line(name, (Mark(0, 1), Mark(7, 1))) for name in ("Amara", "Joe", "Ruth")]
    said = texts(goal_lines(same, weeks=20, week=7).svg)
    heights = sorted(said[f"{name} 1"][1] for name in ("Amara", "Joe", "Ruth"))
    assert all(b - a >= 15 for a, b in pairwise(heights))


LONG = (
    "Wilhelmina Montgomery-Woodward",
    "MMMMWWWWMMMMWWWW",
    "Bartholomew",
    "Denise and Marcus and Ann",
    "Ánna-Wöstemeyer",
    "王小明的媽媽和爸爸和奶奶",
    "Our child",
)


# How wide letters of 100 units are in DejaVu Sans Bold, the broadest of the fonts on common phones and computers.
WIDTHS = {
    34: "il",
    35: " ",
    42: "-",
    48: "t",
    49: "r",
    59: "c",
    60: "s",
    65: "y",
    67: "a",
    68: "e",
    69: "oö",
    70: "9",
    71: "hnu",
    72: "dg",
    76: "B",
    77: "AÁ",
    83: "D",
    85: "O",
    92: "w",
    100: "M…王小明的媽和爸奶",
    104: "m",
    110: "W",
}


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("week", [0, 1, 7, 13, 20])
@pytest.mark.parametrize("name", LONG)
def test_it_never_lets_a_name_leave_the_drawing(name: str, week: int, mirrored: bool) -> None:
    marks = (Mark(0, 2), Mark(week, 9)) if week else (Mark(0, 9),)
    svg = goal_lines([Line(name, marks)], weeks=20, week=week, mirrored=mirrored).svg
    (label,) = (said for said in texts(svg) if said.endswith(" 9"))
    x, _y = texts(svg)[label]
    widest = sum(next(w for w, letters in WIDTHS.items() if c in letters) for c in label) * 14 / 100
    assert (x - widest >= 0) if mirrored else (x + widest <= 360)


def test_it_uses_the_first_name_where_the_whole_one_is_too_long() -> None:
    late = Line("Wilhelmina Montgomery-Woodward", (Mark(0, 2), Mark(20, 9)))
    picture = goal_lines([late], weeks=20, week=20)
    assert "Wilhelmina 9" in texts(picture.svg)
    assert "Wilhelmina Montgomery-Woodward" in picture.sentence
    assert "Our child 9" in texts(
        goal_lines([Line("Our child", late.marks)], weeks=20, week=20).svg
    )


def test_it_tells_two_with_one_first_name_apart() -> None:
    names = ("Ann Attenborough-Jones", "Ann Montgomery-Smith")
    lines = [Line(name, (Mark(0, 2 + 6 * n),)) for n, name in enumerate(names)]
    said = texts(goal_lines(lines, weeks=20, week=0).svg)
    assert {label[:5] for label in said if label.startswith("Ann")} == {"Ann A", "Ann M"}


def test_it_runs_to_the_planned_end_and_not_to_the_last_score() -> None:
    said = texts(goal_lines([JOE], weeks=18, week=7).svg)
    assert "18" in said
    assert said["18"][0] == 344


def test_it_says_who_went_from_where_to_where() -> None:
    picture = goal_lines([AMARA, RUTH], weeks=20, week=7)
    assert picture.sentence == (
        "Goal line over 20 weeks. Amara went from 2 to 6, Ruth went from 2 to 4."
    )
    assert picture.caption.startswith("Two people, five scores, weeks 0 to 7.")
    assert "They don’t have to agree." in picture.caption


def test_it_gives_the_same_as_a_table_with_a_dash_for_not_asked() -> None:
    picture = goal_lines([AMARA, RUTH], weeks=20, week=7)
    assert picture.heads == ("Week", "Amara", "Ruth")
    assert picture.rows == (("Start", 2, 2), ("Week 3", 3, "–"), ("Week 7", 6, 4))


def test_it_says_so_when_there_are_no_scores() -> None:
    picture = goal_lines([Line("Amara", ())], weeks=20, week=1)
    assert picture.sentence == "Nobody has marked this goal yet."
    assert picture.caption == "No scores yet."
    assert picture.rows == ()


def test_it_escapes_names() -> None:
    nasty = Line('<script>"x"</script>', (Mark(0, 2), Mark(5, 3)))
    svg = goal_lines([nasty], weeks=10, week=5).svg
    assert "<script>" not in svg
    ElementTree.fromstring(svg)  # noqa: S314  our own drawing


def test_it_mirrors_the_plane_for_right_to_left() -> None:
    plain = goal_lines([JOE], weeks=20, week=7).svg
    mirrored = goal_lines([JOE], weeks=20, week=7, mirrored=True).svg
    assert texts(mirrored)["20"][0] == 360 - texts(plain)["20"][0]


def test_it_colours_by_class_only() -> None:
    svg = goal_lines([AMARA, JOE, RUTH], weeks=20, week=7).svg + number_line(AMARA).svg
    assert not re.search(r'style=|fill="|stroke="', svg)
