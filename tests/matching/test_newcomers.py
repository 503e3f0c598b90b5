"""Somebody new: their coach is told, finds how to reach them, and says that hello was said."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from matching.models import Supporter
from matching.reading import coach_today
from matching.reading.waits import NEWCOMERS_SHOWN
from messaging.models import Conversation
from messaging.posting import close_conversation
from people.joining import join, join_as_volunteer
from people.models import Family, Volunteer
from people.welcoming import say_hello
from tests import cast
from tests.people.answers_told import KEPT
from timebank.accounts import account_of
from timebank.listings import NotYet, must_be_welcomed

ON = date(2026, 11, 20)
APPLIED = {"standing": "applied"}


@pytest.fixture
def nadia(town: cast.Town) -> Family:
    return cast.family("Nadia", guardian="Nadia", at=town.burntwood, coach=town.ruth, **APPLIED)


@pytest.fixture
def stan(town: cast.Town) -> Volunteer:
    return cast.volunteer("Stan", at=town.burntwood, coach=town.ruth, **APPLIED)


def new_to(coach, on: date = ON) -> list[tuple[str, date]]:
    """Whom a coach's day asks to say hello to, and since when."""
    return [
        (need.who, need.since_on)
        for need in coach_today(coach, on).needs
        if need.reason == "Somebody new: say hello"
    ]


def as_(coach) -> Client:
    client = Client()
    client.force_login(coach)
    return client


def address(name: str, of: Family | Volunteer) -> str:
    return reverse(f"matching:{name}", kwargs={"id": of.pk})


def test_it_names_everybody_new_until_hello_is_said(town, nadia, stan):
    assert new_to(town.ruth) == [("Stan", date(2026, 9, 1)), ("Nadia", date(2026, 10, 1))]
    assert new_to(town.imran) == []
    for one in (nadia, stan):
        assert say_hello(member=one, by=town.ruth)
    assert new_to(town.ruth) == []


def test_it_names_a_few_of_many_the_oldest_first(town):
    for n in range(NEWCOMERS_SHOWN + 2):
        made = cast.family(
            f"Family {n}", guardian=f"G{n}", at=town.burntwood, coach=town.ruth, **APPLIED
        )
        Family.objects.filter(pk=made.pk).update(applied_on=ON - timedelta(days=n))
    since = [day for _who, day in new_to(town.ruth)]
    assert since == [ON - timedelta(days=n) for n in (6, 5, 4, 3, 2)]


@pytest.mark.parametrize("whose", ["family", "volunteer"])
def test_it_lets_them_ask_once_the_coach_said_hello(town, nadia, stan, whose):
    member, user = (nadia, cast.guardian_of(nadia)) if whose == "family" else (stan, stan.user)
    ruth = as_(town.ruth)
    assert "I’ve said hello" in ruth.get(address(whose, member)).content.decode()
    with pytest.raises(NotYet):
        must_be_welcomed(account_of(user))
    page = ruth.post(address(f"hello_{whose}", member), follow=True).content.decode()
    assert "They can ask and offer now." in page
    assert "I’ve said hello" not in page
    member.refresh_from_db()
    assert member.standing == "welcomed"
    must_be_welcomed(account_of(user.__class__.objects.get(pk=user.pk)))


def test_a_second_hello_changes_nothing(town, nadia):
    assert say_hello(member=nadia, by=town.ruth)
    assert not say_hello(member=nadia, by=town.ruth)
    Family.objects.update(standing="active")
    assert not say_hello(member=nadia, by=town.ruth)
    assert Family.objects.get().standing == "active"


def test_another_coach_cannot_say_hello(town, nadia):
    assert not say_hello(member=nadia, by=town.imran)
    assert as_(town.imran).post(address("hello_family", nadia)).status_code == 404
    nadia.refresh_from_db()
    assert nadia.standing == "applied"


def test_hello_is_not_said_by_opening_a_page(town, nadia):
    assert as_(town.ruth).get(address("hello_family", nadia)).status_code == 405


@pytest.mark.parametrize("whose", ["family", "volunteer"])
def test_it_shows_the_address_and_opens_one_talk(town, nadia, stan, whose):
    member, email = (
        (nadia, "nadia@example.org") if whose == "family" else (stan, "stan@example.org")
    )
    ruth = as_(town.ruth)
    assert f'href="mailto:{email}"' in ruth.get(address(whose, member)).content.decode()
    first = ruth.post(address(f"talk_{whose}", member)).url
    assert ruth.post(address(f"talk_{whose}", member)).url == first
    talk = Conversation.objects.get()
    assert talk.kind == "coach"
    assert {one.shown_as for one in talk.participants.all()} == {
        member_name(member),
        "Ruth, your coach",
    }
    close_conversation(conversation=talk, at=talk.started_at)
    assert ruth.post(address(f"talk_{whose}", member)).url != first


def member_name(member: Family | Volunteer) -> str:
    return member.guardians.get().name if isinstance(member, Family) else member.name


def test_it_shows_what_a_volunteer_likes_doing(town, stan):
    Supporter.objects.create(volunteer=stan, skills="poetry;dogs")
    assert "poetry, dogs" in as_(town.ruth).get(address("volunteer", stan)).content.decode()


def test_it_offers_no_talk_with_a_family_that_cannot_sign_in(town, nadia):
    nadia.guardians.update(user=None)
    ruth = as_(town.ruth)
    page = ruth.get(address("family", nadia)).content.decode()
    assert "we have no address" in page
    assert address("talk_family", nadia) not in page
    assert ruth.post(address("talk_family", nadia)).status_code == 404


def test_it_tells_the_coach_once_and_names_nobody(town, now, django_capture_on_commit_callbacks):
    new = cast.user("new@example.org", "")
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            family = join(by=new, answers=KEPT, at=now)
    (letter,) = mail.outbox
    assert letter.to == ["ruth@example.org"]
    assert address("family", family) in letter.body
    for name in ("Amara", "the A. family", "new@example.org"):
        assert name not in letter.subject + letter.body


def test_it_tells_the_coach_of_a_new_volunteer(town, now, django_capture_on_commit_callbacks):
    told = {
        "name": "Hetty",
        "place": "burntwood",
        "languages": ["en"],
        "free_times": [],
        "skills": "poetry",
    }
    with django_capture_on_commit_callbacks(execute=True):
        made = join_as_volunteer(by=cast.user("hetty@example.org", ""), answers=told, at=now)
    (letter,) = mail.outbox
    assert address("volunteer", made) in letter.body
    assert "Hetty" not in letter.subject + letter.body


def test_it_mails_nobody_where_there_is_no_coach(town, now, django_capture_on_commit_callbacks):
    town.area.coaches.clear()
    with django_capture_on_commit_callbacks(execute=True):
        join(by=cast.user("new@example.org", ""), answers=KEPT, at=now)
    assert mail.outbox == []
