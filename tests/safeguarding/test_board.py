"""The daily meeting: no family on the board is ever older than its week without standing in what is due."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching.reading import coach_today
from people.models import Family, User
from safeguarding import board, board_reading
from safeguarding.board_access import board_for, due_for, families_for
from safeguarding.board_drawing import marks_line
from safeguarding.concerns import raise_concern
from safeguarding.models import AccessEvent, BoardReview, BoardStep, OnBoard
from tests import cast

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SAID = {"working": "Gran comes", "worrying": "He misses school", "happens_next": "Ring Gran"}


@pytest.fixture
def lead(town: cast.Town) -> User:
    return cast.staff("grace@example.org", "Grace", "safeguarding")


@pytest.fixture
def amara(town: cast.Town) -> Family:
    return cast.family("Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def place(amara: Family, town: cast.Town) -> OnBoard:
    return board.put_on(family=amara, why="Tired", by=town.ruth, at=FRIDAY)


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


def test_two_actions_from_a_familys_page_put_it_on(town: cast.Town, amara: Family) -> None:
    client = _as(town.ruth)
    page = client.get(reverse("matching:family", args=[amara.pk])).content.decode()
    address = reverse("safeguarding:put_on", args=[amara.pk])
    assert f'href="{address}"' in page  # one
    assert "Write a sentence" in client.post(address, {"why": " "}).content.decode()
    answer = client.post(address, {"why": "She looks worn out"})  # two
    place = OnBoard.objects.get()
    assert answer.url == reverse("safeguarding:on_board", args=[place.pk])
    assert client.get(address).url == answer.url
    assert client.post(address, {"why": "Twice"}).url == answer.url
    assert OnBoard.objects.count() == 1


def test_the_page_keeps_what_was_said_and_loses_nothing_typed(
    place: OnBoard, town: cast.Town
) -> None:
    client = _as(town.ruth)
    address = reverse("safeguarding:on_board", args=[place.pk])
    key = {"client_id": str(uuid4())}
    for wrong, said in (
        ({"happens_next": " "}, "Write what happens next"),
        ({"mark_2": "4"}, "Write who gave this mark"),
        ({"who_2": "Ann"}, "Choose their number"),
        ({"who_1": "Ann", "mark_1": "3", "who_2": "Ann", "mark_2": "4"}, "stands here already"),
        ({"mark_1": "11", "who_1": "Ann"}, "Choose a number from 0 to 10"),
    ):
        page = client.post(address, {**SAID, **key, **wrong}).content.decode()
        assert said in page
        assert "He misses school" in page
    assert not BoardReview.objects.exists()
    good = {**SAID, **key, "who_1": "Ruth", "mark_1": "0", "who_2": "Ann", "mark_2": "7"}
    for _ in range(2):
        assert client.post(address, good).url == reverse("safeguarding:board")
    assert [mark.value for mark in BoardReview.objects.get().marks.all()] == [0, 7]
    page = client.get(reverse("safeguarding:board")).content.decode()
    for shown in ("Gran comes", "He misses school", "Ring Gran", "1 Ruth: 0; 2 Ann: 7"):
        assert shown in page


def test_the_page_takes_a_step_and_its_end(place: OnBoard, town: cast.Town, lead: User) -> None:
    client = _as(town.ruth)
    address = reverse("safeguarding:add_step", args=[place.pk])
    told = {
        "step-words": "Ring Gran",
        "step-owner": lead.pk,
        "step-due_on": "2026-12-01",
        "step-client_id": str(uuid4()),
    }
    stranger = client.post(address, {**told, "step-owner": town.imran.pk})
    assert "Choose somebody from the list" in stranger.content.decode()
    assert "Choose a day" in client.post(address, {**told, "step-due_on": ""}).content.decode()
    for _ in range(2):
        assert client.post(address, told).status_code == 302
    step = BoardStep.objects.get()
    end = reverse("safeguarding:end_step", args=[place.pk, step.pk])
    assert client.post(end, {"outcome": "perhaps"}).status_code == 404
    assert _as(town.imran).post(end, {"outcome": "done"}).status_code == 404
    client.post(end, {"outcome": "done"})
    step.refresh_from_db()
    assert step.outcome == "done"


def test_every_look_is_written_down(place: OnBoard, town: cast.Town, amara: Family) -> None:
    client = _as(town.ruth)
    for name, args in (("board", []), ("on_board", [place.pk]), ("take_off", [place.pk])):
        AccessEvent.objects.all().delete()
        client.get(reverse(f"safeguarding:{name}", args=args))
        event = AccessEvent.objects.get()
        assert (event.family, event.actor, event.purpose) == (amara, town.ruth, "safeguarding")
        assert event.page == f"safeguarding:{name}"


def test_the_lead_puts_a_family_on_without_a_word_of_the_concern(
    town: cast.Town, lead: User, amara: Family, now: datetime
) -> None:
    concern = raise_concern(words="A bruise", about="", reach="", by=None, whom=[amara], at=now)
    client = _as(lead)
    page = client.get(reverse("safeguarding:concern", args=[concern.pk])).content.decode()
    address = reverse("safeguarding:from_concern", args=[concern.pk])
    assert address in page
    for _ in range(2):
        client.post(address)
    place = OnBoard.objects.get()
    assert "bruise" not in place.why
    assert [one.kind for one in concern.actions.all()] == ["did"]
    seen = _as(town.ruth).get(reverse("safeguarding:on_board", args=[place.pk]))
    assert "bruise" not in seen.content.decode()


def test_it_costs_the_same_questions_with_twenty_times_the_families(
    town: cast.Town, lead: User, django_assert_max_num_queries
) -> None:
    def fill(first: int, last: int) -> None:
        for n in range(first, last):
            family = cast.family(f"F {n}", guardian=f"G{n}", at=town.burntwood, coach=town.ruth)
            place = board.put_on(family=family, why="x", by=lead, at=FRIDAY)
            looked_at(place, lead, FRIDAY, ("A", 1), ("B", 9))
            board.add_step(place=place, words="x", owner=lead, due_on=FRIDAY, by=lead, at=FRIDAY)

    counted = []
    for first, last in ((0, 2), (2, 40)):
        fill(first, last)
        ruth = User.objects.get(pk=town.ruth.pk)  # who remembers nothing from the last time
        with django_assert_max_num_queries(100) as asked:
            page, cards = board_reading.board(ruth, on=FRIDAY.date(), number=None)
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 10
    assert (len(cards), page.paginator.num_pages) == (30, 2)
    answer = _as(town.ruth).get(reverse("safeguarding:board"))
    assert len(answer.content) < 100_000


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
