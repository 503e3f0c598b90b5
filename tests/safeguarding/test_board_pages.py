"""The pages of the daily meeting: what is typed is kept, each look is written down, and it stays quick."""

from datetime import datetime
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from people.models import Family, User
from safeguarding import board, board_reading
from safeguarding.concerns import raise_concern
from safeguarding.models import AccessEvent, BoardReview, BoardStep, OnBoard
from tests import cast
from tests.safeguarding.test_board import FRIDAY, SAID, looked_at


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
