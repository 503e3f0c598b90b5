"""Redis is dead, frozen or full: what was said is stored and answered all the same (trust.md F8, RL-09)."""

import logging
import socket
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.exceptions import ChannelFull
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.asgi import application
from messaging import live
from messaging.models import Message
from tests.messaging.conftest import make_talk

pytestmark = pytest.mark.django_db(transaction=True)


def redis_at(port: int) -> dict[str, Any]:
    """Give a channel layer that looks for Redis at a port of this machine."""
    host = {"address": f"redis://127.0.0.1:{port}/0", "socket_timeout": 2}
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [host]},
        }
    }


@pytest.fixture(params=["dead", "frozen"])
def no_redis(request: pytest.FixtureRequest, settings: Any) -> Iterator[str]:
    """A port that refuses, or one that takes the call and never says a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if request.param == "frozen":
            silent.listen()
        settings.CHANNEL_LAYERS = redis_at(silent.getsockname()[1])
        yield request.param


def test_a_message_is_stored_and_answered_without_redis(
    no_redis: str, caplog: pytest.LogCaptureFixture
) -> None:
    talk, client, missed = make_talk(), Client(), live.Missed.rings
    client.force_login(talk.amara)
    began = time.monotonic()
    with caplog.at_level(logging.DEBUG, logger="messaging"):
        answer = client.post(
            reverse("messaging:conversation", args=[talk.conversation.pk]),
            {"words": "Something private", "client_id": str(uuid4())},
        )
    assert answer.status_code == 302
    assert time.monotonic() - began < live.PATIENCE + 2
    assert Message.objects.get().words == "Something private"
    assert live.Missed.rings == missed + 1
    # One line that names the trouble, and nobody.
    [line] = [record.getMessage() for record in caplog.records if record.name == "messaging.live"]
    assert "Error" in line
    assert "private" not in line
    assert "amara" not in line.lower()


def test_signing_out_works_without_redis(no_redis: str) -> None:
    talk, client = make_talk(), Client()
    client.force_login(talk.amara)
    client.logout()
    assert client.get(reverse("messaging:conversations")).status_code == 302


async def test_a_socket_without_redis_is_refused_and_the_page_asks_over_http(
    no_redis: str, lines_closed: None
) -> None:
    talk = await sync_to_async(make_talk)()
    client = Client()
    await sync_to_async(client.force_login)(talk.amara)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    knock = WebsocketCommunicator(
        application,
        f"/live/talk/{talk.conversation.pk}/",
        [(b"cookie", cookie.encode()), (b"origin", b"http://testserver")],
    )
    accepted, _ = await knock.connect(timeout=5)
    assert not accepted
    message = await sync_to_async(talk.say)("Hello")
    address = reverse("messaging:since", args=[talk.conversation.pk])
    answer = await sync_to_async(client.get)(address, {"after": 0})
    assert answer.json()["last"] == message.pk


class Layer:
    """A channel layer in which every ring ends in the given error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def group_send(self, group: str, event: dict[str, Any]) -> None:
        """Fail."""
        raise self.error


def test_a_full_layer_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "get_channel_layer", lambda: Layer(ChannelFull()))
    missed = live.Missed.rings
    live.ring(1, 2)
    assert live.Missed.rings == missed + 1


def test_a_mistake_of_our_own_stays_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "get_channel_layer", lambda: Layer(KeyError("a typing error")))
    with pytest.raises(KeyError):
        live.ring(1, 2)
