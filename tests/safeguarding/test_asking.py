"""A coach hears of a concern only when the lead asks them: in the lead’s words, as a row of their day."""

from datetime import date, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from matching.reading import coach_today
from people.models import Family, User
from safeguarding.concerns import raise_concern
from safeguarding.deciding import ask_coach, sign_off
from safeguarding.models import AccessEvent, Concern
from tests import cast
from tests.safeguarding.test_sign_off import DECIDED

ON = date(2026, 11, 20)


@pytest.fixture
def lead(town: cast.Town) -> User:
    return cast.staff("grace@example.org", "Grace", "safeguarding")


@pytest.fixture
def amara(town: cast.Town) -> Family:
    return cast.family("Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def concern(amara: Family, now: datetime) -> Concern:
    return raise_concern(words="A bruise", about="", reach="", by=None, whom=[amara], at=now)


def rows(coach: User) -> list[tuple[str, str]]:
    return [(need.reason, need.url) for need in coach_today(coach, ON).needs]


def test_it_shows_a_coach_nothing_unless_the_lead_asks(
    town: cast.Town, lead: User, concern: Concern, now: datetime, django_capture_on_commit_callbacks
) -> None:
    before = rows(town.ruth)
    assert not any("asked" in reason for reason, _url in before)
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask_coach(
            concern=concern, coach=town.ruth, words="Look in", basis="duty", by=lead, at=now
        )
    address = reverse("safeguarding:asked", args=[asked.pk])
    assert rows(town.ruth)[0] == ("Safety. You’re asked to help", address)
    assert rows(town.imran) == []
    (letter,) = mail.outbox
    assert letter.to == [town.ruth.email]
    assert "Look in" not in letter.body
    client = Client()
    client.force_login(town.ruth)
    today = client.get(reverse("home")).content.decode()
    assert f'href="{address}"' in today
    assert "Look in" not in today
    page = client.get(address).content.decode()
    assert "Look in" in page
    assert "Amara and Joe" in page
    assert "A bruise" not in page  # never the concern itself
    opened = AccessEvent.objects.get(page="safeguarding:asked")
    assert opened.actor == town.ruth


def test_an_answer_goes_to_the_lead_once_and_clears_the_row(
    town: cast.Town, lead: User, concern: Concern, now: datetime
) -> None:
    asked = ask_coach(
        concern=concern, coach=town.ruth, words="Look in", basis="duty", by=lead, at=now
    )
    address = reverse("safeguarding:asked", args=[asked.pk])
    client = Client()
    client.force_login(town.ruth)
    assert "Write what you saw" in client.post(address, {"words": " "}).content.decode()
    assert client.post(address, {"words": "He is well"}).url == reverse("home")
    assert client.post(address, {"words": "He is well"}).status_code == 404
    assert not any(url == address for _reason, url in rows(town.ruth))
    assert [one.kind for one in concern.actions.all()] == ["asked", "answered"]
    client.force_login(lead)
    page = client.get(reverse("safeguarding:concern", args=[concern.pk])).content.decode()
    assert "He is well" in page


def test_the_lead_asks_from_a_page_that_offers_no_coach_it_is_about(
    town: cast.Town, lead: User, now: datetime
) -> None:
    concern = raise_concern(words="x", about="", reach="", by=None, whom=[town.imran], at=now)
    client = Client()
    client.force_login(lead)
    address = reverse("safeguarding:ask", args=[concern.pk])
    page = client.get(address).content.decode()
    assert "Ruth" in page
    assert "Imran" not in page
    asked = {"coach": town.imran.pk, "words": "x", "basis": "duty"}
    assert "Choose a coach from the list" in client.post(address, asked).content.decode()
    assert client.post(address, {**asked, "coach": town.ruth.pk}).status_code == 302
    assert concern.actions.get().recipient == "Ruth"


def test_what_was_asked_is_gone_once_it_is_signed_off(
    town: cast.Town, lead: User, concern: Concern, now: datetime
) -> None:
    asked = ask_coach(concern=concern, coach=town.ruth, words="x", basis="duty", by=lead, at=now)
    sign_off(concern=concern, by=lead, at=now, **DECIDED)
    client = Client()
    client.force_login(town.ruth)
    assert client.get(reverse("safeguarding:asked", args=[asked.pk])).status_code == 404
