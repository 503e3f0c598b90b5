"""The weekly question on the supporter's pages, and its answer on none that the seeking family can open."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching import linkups, planning
from matching.models import HowWasIt, LinkUp, Rest
from tests import cast
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street

QUESTION = "this week?"
SECRET = "Nobody slept a wink"


@pytest.fixture
def link_up(lived_in: Street) -> LinkUp:
    """Twenty weeks, of which nineteen are walked, so that every page of it can be opened."""
    return linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=lived_in.amara.goals.all(),
        weeks=20,
        on=timezone.localdate() - timedelta(weeks=19),
        by=lived_in.ruth,
        at=timezone.now(),
    )


def denise(lived_in: Street):
    """The supporter's browser."""
    return as_(cast.guardian_of(lived_in.denise.family))


def home(client) -> str:
    """The page everybody comes to first."""
    return client.get("/home/").content.decode()


def test_one_tap_on_the_home_page_reaches_the_coach(lived_in: Street, link_up: LinkUp):
    client = denise(lived_in)
    page = home(client)
    assert "How was it with Amara and Joe this week?" in page
    assert page.count('name="answer"') == 4
    page = post(client, "how_was_it", {"answer": "so_so"}, id=link_up.pk)
    assert "Thank you. Your coach can read it." in page
    assert QUESTION not in page
    assert "You said “So-so”" in read(client, "link_up", id=link_up.pk)
    assert "So-so" in read(as_(lived_in.ruth), "link_up", id=link_up.pk)


def test_a_volunteer_is_asked_too(lived_in: Street):
    linkups.start(
        family=lived_in.amara,
        supporter=lived_in.stan,
        goals=[],
        weeks=20,
        on=timezone.localdate() - timedelta(weeks=3),
        by=lived_in.ruth,
        at=timezone.now(),
    )
    assert "How was it with Amara and Joe this week?" in home(as_(lived_in.stan.volunteer.user))


def test_after_hard_a_line_is_asked_for_and_need_not_be_given(lived_in: Street, link_up: LinkUp):
    client = denise(lived_in)
    page = post(client, "how_was_it", {"answer": "hard"}, id=link_up.pk)
    assert "Your coach will ring you" in page
    assert "Would you like to say what was hard?" in page
    assert "They ask to be rung" in home(as_(lived_in.ruth))
    post(client, "how_was_it", {"answer": "hard", "words": SECRET}, id=link_up.pk)
    assert SECRET in read(as_(lived_in.ruth), "link_up", id=link_up.pk)
    assert SECRET in home(as_(lived_in.ruth))


def test_a_line_that_is_too_long_comes_back(lived_in: Street, link_up: LinkUp):
    client, book = denise(lived_in), "word " * 2000
    post(client, "how_was_it", {"answer": "hard"}, id=link_up.pk)
    page = post(client, "how_was_it", {"answer": "hard", "words": book}, id=link_up.pk)
    assert "Use 280 letters or fewer" in page
    assert book.strip()[:2000] in page
    assert HowWasIt.objects.count() == 1


@pytest.mark.parametrize("told", ["", "zzz", "GOOD", "\0", "9" * 5000, "²"])
def test_garbage_is_no_answer(lived_in: Street, link_up: LinkUp, told: str):
    page = post(denise(lived_in), "how_was_it", {"answer": told}, id=link_up.pk)
    assert "Choose one of the four answers" in page
    assert not HowWasIt.objects.exists()


def test_two_taps_of_two_browsers_are_one(lived_in: Street, link_up: LinkUp):
    for client in (denise(lived_in), denise(lived_in)):
        post(client, "how_was_it", {"answer": "good"}, id=link_up.pk)
    assert HowWasIt.objects.count() == 1


def test_nobody_else_says_it(lived_in: Street, link_up: LinkUp):
    where = reverse("matching:how_was_it", kwargs={"id": link_up.pk})
    others = {
        cast.guardian_of(lived_in.amara): 404,
        cast.guardian_of(lived_in.hollis): 404,
        lived_in.stan.volunteer.user: 404,
        lived_in.ruth: 403,
        lived_in.town.imran: 403,
    }
    for user, status in others.items():
        assert as_(user).post(where, {"answer": "good"}).status_code == status
        assert as_(user).get(where).status_code == status
        assert f'action="{where}"' not in home(as_(user))
    assert not HowWasIt.objects.exists()


def test_the_seeking_family_reads_it_nowhere(lived_in: Street, link_up: LinkUp):
    """Every page of the link-up that it can open, going and ended."""
    amara, client = as_(cast.guardian_of(lived_in.amara)), denise(lived_in)
    plan = planning.suggest(
        link_up=link_up,
        on=timezone.localdate() + timedelta(days=2),
        part="",
        what="The park",
        where="",
        by=cast.guardian_of(lived_in.denise.family),
        at=timezone.now(),
        client_id=uuid4(),
    )
    for answer in ({"answer": "so_so"}, {"answer": "hard"}, {"answer": "hard", "words": SECRET}):
        post(client, "how_was_it", answer, id=link_up.pk)
    going = ["link_up", "about_the_end", "look_back", "plan", "together"]
    pages = [home(amara), *(read(amara, name, id=link_up.pk) for name in going)]
    pages += [read(amara, name, id=plan.pk) for name in ("move_plan", "plan_calendar")]
    talk = reverse("messaging:conversation", args=[link_up.conversation_id])
    pages += [
        amara.get(talk).content.decode(),
        amara.get(reverse("people:details")).content.decode(),
    ]
    linkups.end(
        link_up=link_up, ending="done", words="", on=timezone.localdate(), by=lived_in.ruth,
        at=timezone.now(),
    )  # fmt: skip
    ended = ["link_up", "about_the_end", "look_back", "what_next", "together"]
    pages += [home(amara), *(read(amara, name, id=link_up.pk) for name in ended)]
    for page in pages:
        for secret in (SECRET, "So-so", "please ring me", "how-was-it", "How was it"):
            assert secret not in page


def test_while_it_rests_nobody_is_asked(lived_in: Street, link_up: LinkUp):
    client = denise(lived_in)
    Rest.objects.create(link_up=link_up, since_on=timezone.localdate())
    assert QUESTION not in home(client)
    assert QUESTION not in read(client, "link_up", id=link_up.pk)
    assert "Your link-up is resting" in read(client, "how_was_it", id=link_up.pk)
    told = {"answer": "hard", "words": SECRET}
    page = post(client, "how_was_it", told, id=link_up.pk)
    assert "Your link-up is resting" in page
    assert SECRET in page
    assert not HowWasIt.objects.exists()


def test_an_ended_one_is_asked_about_no_more(lived_in: Street, link_up: LinkUp):
    linkups.end(
        link_up=link_up, ending="done", words="", on=timezone.localdate(), by=lived_in.ruth,
        at=timezone.now(),
    )  # fmt: skip
    client = denise(lived_in)
    assert QUESTION not in home(client) + read(client, "link_up", id=link_up.pk)
    page = post(client, "how_was_it", {"answer": "good"}, id=link_up.pk)
    assert "This link-up has ended" in page
    assert QUESTION not in page


def test_the_home_page_asks_one_question_more_however_many_it_asks_about(
    lived_in: Street, link_up: LinkUp
):
    client = denise(lived_in)

    def costs() -> int:
        home(client)
        with CaptureQueriesContext(connection) as queries:
            home(client)
        return sum("matching_howwasit" in one["sql"] for one in queries)

    assert costs() == 1
    linkups.start(
        family=lived_in.hollis,
        supporter=lived_in.denise,
        goals=[],
        weeks=20,
        on=timezone.localdate(),
        by=lived_in.ruth,
        at=timezone.now(),
    )
    assert home(client).count(QUESTION) == 2
    assert costs() == 1
