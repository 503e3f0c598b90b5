"""A talk goes to the new coach with the family, and whoever gave it away hears nothing more (trust.md SG-12)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.test import Client
from django.urls import reverse

from messaging import consumers
from messaging.access import conversation_for
from messaging.coaching import talk_with_coach
from messaging.models import Conversation
from messaging.posting import NotInConversation, close_conversation, post
from people import handing
from people.handing import Reach, hand_over
from people.models import HandOver, User
from tests.messaging.conftest import Talk, make_talk
from tests.messaging.test_socket import NOON, Listen, closing_code, layer, listen, welcomed

__all__ = ["layer", "listen"]  # fixtures
ON = date(2026, 11, 20)


def hands(giver: User, to: User, **told: object) -> HandOver:
    """Everybody, from today, for a week."""
    first = {"reach": Reach(), "from_on": ON, "back_on": ON + timedelta(days=7), "why": ""}
    return hand_over(
        giver=giver,
        to=to,
        by=giver,
        at=NOON,
        client_id=uuid4(),
        **{**first, **told},  # type: ignore[arg-type]
    )


def with_ruth(scene: Talk) -> Conversation:
    """Amara's talk with her coach, in which each has said something."""
    talk = talk_with_coach(coach=scene.town.ruth, people=[(scene.amara, "Amara")], at=NOON)
    for author in (scene.amara, scene.town.ruth):
        post(conversation=talk, author=author, words="Hello", client_id=uuid4(), at=NOON)
    return talk


def says(talk: Conversation, author: User) -> None:
    post(conversation=talk, author=author, words="Are you there?", client_id=uuid4(), at=NOON)


@pytest.mark.usefixtures("db")
class TestTalks:
    """Without sockets, in a transaction that is rolled back."""

    def test_it_goes_along_and_comes_back(self, talk: Talk) -> None:
        ruth, imran = talk.town.ruth, talk.town.imran
        told = with_ruth(talk)
        made = hands(ruth, imran)
        assert conversation_for(imran, told.pk) == told
        with pytest.raises(Http404):
            conversation_for(ruth, told.pk)
        with pytest.raises(NotInConversation):
            says(told, ruth)
        says(told, imran)
        # The next talk is the same talk, not a second one.
        assert talk_with_coach(coach=imran, people=[(talk.amara, "Amara")], at=NOON) == told
        handing.end(hand_over=made, by=None, at=NOON)
        says(told, ruth)
        with pytest.raises(Http404):
            conversation_for(imran, told.pk)

    def test_an_ended_talk_is_read_by_the_new_coach_only(self, talk: Talk) -> None:
        told = with_ruth(talk)
        close_conversation(conversation=told, at=NOON)
        hands(talk.town.ruth, talk.town.imran)
        assert conversation_for(talk.town.imran, told.pk)
        with pytest.raises(Http404):
            conversation_for(talk.town.ruth, told.pk)

    def test_talks_that_are_not_with_the_coach_stay_as_they_are(self, talk: Talk) -> None:
        hands(talk.town.ruth, talk.town.imran)
        here = set(talk.conversation.participants.here().values_list("user", flat=True))
        assert here == {talk.amara.pk, talk.denise.pk}

    def test_what_was_read_is_not_news_to_the_new_coach(self, talk: Talk) -> None:
        told = with_ruth(talk)
        ruths = told.participants.get(user=talk.town.ruth)
        ruths.seen_id = told.messages.latest("pk").pk
        ruths.save()
        hands(talk.town.ruth, talk.town.imran)
        assert told.participants.get(user=talk.town.imran).seen_id == ruths.seen_id

    def test_a_page_left_open_is_gone_at_the_next_press(self, talk: Talk) -> None:
        told = with_ruth(talk)
        client = Client()
        client.force_login(talk.town.ruth)
        address = reverse("messaging:conversation", args=[told.pk])
        heard = client.get(address)
        assert "no-store" in heard.headers["Cache-Control"]
        hands(talk.town.ruth, talk.town.imran)
        for again in (
            client.get(address),
            client.get(reverse("messaging:since", args=[told.pk]), {"after": "0"}),
            client.post(address, {"words": "Still here", "client_id": str(uuid4())}),
        ):
            assert again.status_code == 404
        with pytest.raises(ObjectDoesNotExist):
            told.messages.get(words="Still here")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("lines_closed", "layer")
async def test_an_open_page_of_who_gave_away_hears_nothing_more(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "HEARTBEAT", 3600)  # only what is told at once counts
    scene = await sync_to_async(make_talk)()
    talk = await sync_to_async(with_ruth)(scene)
    ruth, amara = [await listen(scene, user, talk.pk) for user in (scene.town.ruth, scene.amara)]
    for socket in (ruth, amara):
        await welcomed(socket)
    await sync_to_async(hands)(scene.town.ruth, scene.town.imran)
    assert await closing_code(ruth) == consumers.NOT_ALLOWED
    imran = await listen(scene, scene.town.imran, talk.pk)
    before = await welcomed(imran)
    await sync_to_async(says)(talk, scene.amara)
    while not await ruth.receive_nothing(0.3):
        assert await closing_code(ruth) == consumers.NOT_ALLOWED
    assert (await imran.receive_json_from(timeout=5))["last"] > before["last"]
    again = await listen(scene, scene.town.ruth, talk.pk)
    accepted, _ = await again.connect(timeout=5)
    assert not accepted
