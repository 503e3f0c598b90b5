"""The daily meeting: no family on the board is ever older than its week without standing in what is due."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from matching.reading import coach_today
from people.models import Family, User
from safeguarding import board, board_reading
from safeguarding.board_access import board_for, due_for, families_for
from safeguarding.board_drawing import marks_line
from safeguarding.models import BoardReview, OnBoard
from tests import cast

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SAID = {"working": "Gran comes", "worrying": "He misses school", "happens_next": "Ring Gran"}


def looked_at(place: OnBoard, by: User, at: datetime, *marks: tuple[str, int]) -> BoardReview:
    return board.review(place=place, marks=marks, by=by, at=at, **SAID)


def day_of(coach: User, on: date) -> set[str]:
    return {need.url for need in coach_today(coach, on).needs}


@pytest.mark.parametrize("seed", range(3))
def test_no_family_is_older_than_its_week_without_being_due(
    town: cast.Town, lead: User, seed: int
) -> None:
    """Three weeks of chance: families come on, are looked at, change coach, come off; each day every one is held."""
    chance = random.Random(seed)
    coaches = [town.ruth, None, town.ruth]
    families = [
        cast.family(
            f"Family {n}", guardian=f"Adult{n}", at=town.burntwood, coach=chance.choice(coaches)
        )
        for n in range(5)
    ]
    for days in range(21):
        at = FRIDAY + timedelta(days=days, minutes=chance.randrange(60 * 13))
        for family in families:
            place = OnBoard.objects.filter(family=family, off_at=None).first()
            luck = chance.random()
            if place is None:
                if luck < 0.2:
                    board.put_on(family=family, why="x", by=lead, at=at)
            elif luck < 0.1:
                looked_at(place, lead, at)
            elif luck < 0.12:
                board.take_off(place=place, why="x", by=lead, at=at)
            elif luck < 0.17:
                Family.objects.filter(pk=family.pk).update(
                    coach=chance.choice([town.ruth, town.imran, None])
                )
        _hold(town, lead, timezone.localdate(at))


def _hold(town: cast.Town, lead: User, on: date) -> None:
    due = set(due_for(lead, on))
    on_page = board_reading.board(lead, on=on, number=None)[1]
    assert [card.is_due for card in on_page] == sorted(
        (card.is_due for card in on_page), reverse=True
    )
    for place in OnBoard.objects.filter(off_at=None).select_related("family__coach"):
        spoken = [place.put_at, *place.reviews.values_list("at", flat=True)]
        age = on - timezone.localdate(max(spoken))
        assert (age >= timedelta(days=7)) == (place in due)
        url = reverse("safeguarding:on_board", args=[place.pk])
        for coach in [place.family.coach] if place.family.coach else [town.ruth]:
            assert (url in day_of(coach, on)) == (place in due)


def test_it_stands_once_on_the_board_however_often_it_is_put_there(
    place: OnBoard, amara: Family, lead: User
) -> None:
    again = board.put_on(family=amara, why="Other words", by=lead, at=FRIDAY + timedelta(days=3))
    assert (again, again.why, again.review_by) == (place, "Tired", date(2026, 11, 27))
    with pytest.raises(IntegrityError), transaction.atomic():
        OnBoard.objects.create(
            family=amara, put_by=lead, put_at=FRIDAY, why="x", review_by=date(2026, 12, 1)
        )
    board.take_off(place=place, why="All well", by=lead, at=FRIDAY)
    assert board.put_on(family=amara, why="Again", by=lead, at=FRIDAY) != place


def test_everybodys_mark_is_kept_and_none_is_averaged(place: OnBoard, town: cast.Town) -> None:
    made = looked_at(place, town.ruth, FRIDAY, ("Ruth", 4), ("Health visitor", 4), ("School", 8))
    assert [(mark.who, mark.value) for mark in made.marks.all()] == [
        ("Ruth", 4),
        ("Health visitor", 4),
        ("School", 8),
    ]
    picture = board_reading.said(made).picture
    assert picture.svg.count("<circle") == 3
    assert picture.caption == "1 Ruth: 4; 2 Health visitor: 4; 3 School: 8"
    heights = {part.split('cy="')[1].split('"')[0] for part in picture.svg.split("<circle")[1:]}
    assert len(heights) == 2  # the two fours stand on each other
    with pytest.raises(IntegrityError), transaction.atomic():
        looked_at(place, town.ruth, FRIDAY, ("Ruth", 11))


def test_names_in_a_picture_are_escaped_and_it_mirrors() -> None:
    picture = marks_line([("<b>x", 0)])
    assert "<b>" not in picture.svg
    assert 'cx="10"' in picture.svg
    assert 'cx="330"' in marks_line([("x", 0)], mirrored=True).svg


def test_a_step_stands_in_its_owners_day_until_somebody_says_how_it_went(
    place: OnBoard, town: cast.Town, lead: User
) -> None:
    step = board.add_step(
        place=place,
        words="Ring Gran",
        owner=town.ruth,
        due_on=date(2026, 11, 23),
        by=lead,
        at=FRIDAY,
    )
    rows = [need for need in coach_today(town.ruth, date(2026, 11, 25)).needs if need.url]
    (row,) = [need for need in rows if "Ring Gran" in need.words]
    assert row.reason == "Overdue by 2 days"
    assert not day_of(town.ruth, date(2026, 11, 22)) & {row.url}
    assert "1 thing is due" in board_reading.waits_words(town.ruth, date(2026, 11, 23))
    board.end_step(step=step, outcome="not_done", by=town.ruth, at=FRIDAY)
    board.end_step(step=step, outcome="done", by=town.ruth, at=FRIDAY)
    step.refresh_from_db()
    assert (step.outcome, step.ended_by) == ("not_done", town.ruth)
    assert row.url not in day_of(town.ruth, date(2026, 11, 25))


def test_taking_one_off_wants_a_reason_and_ends_its_steps(place: OnBoard, town: cast.Town) -> None:
    step = board.add_step(
        place=place, words="x", owner=town.ruth, due_on=date(2026, 12, 1), by=town.ruth, at=FRIDAY
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        board.take_off(place=place, why=" ", by=town.ruth, at=FRIDAY)
    board.take_off(place=place, why="All well", by=town.ruth, at=FRIDAY)
    board.take_off(place=place, why="Twice", by=town.ruth, at=FRIDAY)
    place.refresh_from_db()
    step.refresh_from_db()
    assert (place.off_why, step.outcome) == ("All well", "not_done")
    for late in (
        lambda: looked_at(place, town.ruth, FRIDAY),
        lambda: board.add_step(
            place=place, words="x", owner=town.ruth, due_on=FRIDAY, by=town.ruth, at=FRIDAY
        ),
    ):
        with pytest.raises(board.NotOnBoard):
            late()


def test_a_coach_sees_their_own_areas_only_and_nobody_their_own_family(
    place: OnBoard, town: cast.Town, lead: User, amara: Family
) -> None:
    colleague = cast.staff("cleo@example.org", "Cleo", "coach")
    town.area.coaches.add(colleague)
    far = cast.family("Far", guardian="Fay", at=town.rugeley, coach=town.imran)
    there = board.put_on(family=far, why="x", by=town.imran, at=FRIDAY)
    assert list(board_for(town.ruth)) == list(board_for(colleague)) == [place]
    assert list(board_for(town.imran)) == [there]
    assert set(board_for(lead)) == {place, there}
    assert not board_for(cast.staff("m@example.org", "M", "manager", "broker")).exists()
    for works_here in (lead, colleague):
        amara.guardians.create(user=works_here, name=works_here.name)
        assert place not in board_for(works_here)
        assert amara not in families_for(works_here)
