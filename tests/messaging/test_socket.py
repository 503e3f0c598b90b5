"""The doorbell: who hears it, what it says, and when it stops.

Each test runs on the in-memory layer, and on Redis too where REDIS_URL names one.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from config.asgi import application
from messaging import consumers, live
from messaging.posting import remove_participant
from people.models import User
from tests.messaging.conftest import Talk, make_talk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("lines_closed")]

REDIS_URL = os.environ.get("REDIS_URL", "")
MEMORY = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
QUIET = 0.3  # seconds in which nothing should come


@pytest.fixture(params=["memory", *(["redis"] if REDIS_URL else [])], autouse=True)
async def layer(request: pytest.FixtureRequest, settings: Any) -> AsyncIterator[None]:
    """Ring through the in-memory layer, then through Redis."""
    if request.param == "memory":
        settings.CHANNEL_LAYERS = MEMORY
    yield
    await get_channel_layer().flush()


@pytest.fixture
def scene() -> Talk:
    """Amara and Denise, with rows that other threads can see."""
    return make_talk()


Listen = Callable[..., Awaitable[WebsocketCommunicator]]


@pytest.fixture
async def listen() -> AsyncIterator[Listen]:
    """Open sockets as a browser would, and close them afterwards."""
    opened: list[WebsocketCommunicator] = []

    async def open_socket(
        scene: Talk, user: User | None, conversation_id: int | None = None
    ) -> WebsocketCommunicator:
        cookie = await sync_to_async(_cookie_of)(user)
        socket = WebsocketCommunicator(
            application,
            f"/live/talk/{conversation_id or scene.conversation.pk}/",
            [(b"cookie", cookie), (b"origin", b"http://testserver")],
        )
        opened.append(socket)
        return socket

    yield open_socket
    for socket in opened:
        await socket.disconnect()


def _cookie_of(user: User | None) -> bytes:
    if user is None:
        return b""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}".encode()


async def welcomed(socket: WebsocketCommunicator) -> dict[str, Any]:
    """Connect and give what the bell says first."""
    accepted, _ = await socket.connect(timeout=5)
    assert accepted
    return await heard(socket)


async def heard(socket: WebsocketCommunicator) -> dict[str, Any]:
    """Give the next thing the bell says."""
    return json.loads(await socket.receive_from(timeout=5))


async def closing_code(socket: WebsocketCommunicator) -> int:
    """Give the code that the server hangs up with, and make sure that nothing is said before."""
    event = await socket.receive_output(timeout=5)
    assert event["type"] == "websocket.close"
    return event.get("code", 1000)


async def test_it_says_which_message_is_the_last_and_nothing_of_its_words(
    scene: Talk, listen: Listen
) -> None:
    socket = await listen(scene, scene.amara)
    assert await welcomed(socket) == {"last": 0}
    message = await sync_to_async(scene.say)("Something private")
    assert await heard(socket) == {"last": message.pk}


async def test_it_rings_for_everybody_who_has_the_conversation_open(
    scene: Talk, listen: Listen
) -> None:
    sockets = [await listen(scene, user) for user in (scene.amara, scene.denise, scene.amara)]
    for socket in sockets:
        await welcomed(socket)
    message = await sync_to_async(scene.say)("Hello")
    assert [await heard(socket) for socket in sockets] == [{"last": message.pk}] * 3


@pytest.mark.parametrize("who", ["nadia", "coach", "wrong_coach", "nobody"])
async def test_it_lets_nobody_in_who_takes_no_part(scene: Talk, listen: Listen, who: str) -> None:
    users = {
        "nadia": scene.nadia,
        "coach": scene.town.ruth,
        "wrong_coach": scene.town.imran,
        "nobody": None,
    }
    socket = await listen(scene, users[who])
    accepted, _ = await socket.connect(timeout=5)
    assert not accepted


async def test_it_lets_nobody_into_a_conversation_that_is_not_there(
    scene: Talk, listen: Listen
) -> None:
    for number in (scene.conversation.pk + 1, 10**30):
        socket = await listen(scene, scene.amara, number)
        accepted, _ = await socket.connect(timeout=5)
        assert not accepted


async def test_a_deactivated_user_hears_nothing_more_and_is_hung_up_on(
    scene: Talk, listen: Listen
) -> None:
    socket = await listen(scene, scene.amara)
    await welcomed(socket)
    await User.objects.filter(pk=scene.amara.pk).aupdate(is_active=False)
    await sync_to_async(scene.say)("Hello")
    assert await closing_code(socket) == consumers.NOT_ALLOWED


async def test_a_removed_participant_is_hung_up_on_at_once(scene: Talk, listen: Listen) -> None:
    socket = await listen(scene, scene.amara)
    await welcomed(socket)
    await sync_to_async(remove_participant)(
        conversation=scene.conversation, user=scene.amara, at=NOON
    )
    assert await closing_code(socket) == consumers.NOT_ALLOWED


async def test_somebody_whose_session_has_ended_hears_nothing_more(
    scene: Talk, listen: Listen
) -> None:
    socket = await listen(scene, scene.amara)
    await welcomed(socket)
    await Session.objects.all().adelete()
    await sync_to_async(scene.say)("Hello")
    assert await closing_code(socket) == consumers.NOT_ALLOWED


async def test_a_new_password_hangs_up_the_old_sessions(scene: Talk, listen: Listen) -> None:
    socket = await listen(scene, scene.amara)
    await welcomed(socket)
    scene.amara.set_password("another-long-password")
    await scene.amara.asave()
    await sync_to_async(scene.say)("Hello")
    assert await closing_code(socket) == consumers.NOT_ALLOWED


async def test_signing_out_hangs_up_without_waiting_for_a_ring(scene: Talk, listen: Listen) -> None:
    socket, other = await listen(scene, scene.amara), await listen(scene, scene.denise)
    await welcomed(socket)
    await welcomed(other)
    client = Client()
    await sync_to_async(client.force_login)(scene.amara)
    await sync_to_async(client.logout)()
    assert await closing_code(socket) == consumers.NOT_ALLOWED
    assert await other.receive_nothing(timeout=QUIET)


async def test_it_finds_somebody_who_lost_the_right_to_listen_without_a_ring(
    scene: Talk, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "HEARTBEAT", 0.1)
    socket = await listen(scene, scene.amara)
    await welcomed(socket)
    await User.objects.filter(pk=scene.amara.pk).aupdate(is_active=False)
    while (event := await socket.receive_output(timeout=5))["type"] == "websocket.send":
        pass
    assert event["code"] == consumers.NOT_ALLOWED


async def test_it_finds_by_itself_what_a_lost_ring_would_have_told(
    scene: Talk, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "HEARTBEAT", 0.1)
    monkeypatch.setattr(live, "ring", lambda *_: None)
    socket = await listen(scene, scene.amara)
    await welcomed(socket)
    message = await sync_to_async(scene.say)("Hello")
    while await heard(socket) != {"last": message.pk}:
        pass


@pytest.mark.parametrize("said", ["ping", '{"words": "Hello"}', "x" * 100_000])
async def test_it_hangs_up_on_whoever_talks_into_it(scene: Talk, listen: Listen, said: str) -> None:
    socket = await listen(scene, scene.amara)
    await welcomed(socket)
    await socket.send_to(said)
    assert await closing_code(socket) == consumers.WRITES_TO_US
    assert not await scene.conversation.messages.aexists()


async def test_it_rings_in_one_conversation_and_not_in_another(scene: Talk, listen: Listen) -> None:
    other = await sync_to_async(_another_conversation)(scene)
    here, there = await listen(scene, scene.amara), await listen(scene, scene.amara, other)
    await welcomed(here)
    await welcomed(there)
    await sync_to_async(scene.say)("Hello")
    await heard(here)
    assert await there.receive_nothing(timeout=QUIET)


def _another_conversation(scene: Talk) -> int:
    from messaging.posting import start_conversation  # noqa: PLC0415

    return start_conversation(
        kind="coach", people=[(scene.amara, "Amara"), (scene.town.ruth, "Ruth")], at=NOON
    ).pk


async def test_a_page_that_never_reads_is_given_up(
    scene: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "SLOWEST_READER", 0.2)
    cookie = await sync_to_async(_cookie_of)(scene.amara)
    scope = {
        "type": "websocket",
        "path": f"/live/talk/{scene.conversation.pk}/",
        "headers": [(b"cookie", cookie), (b"origin", b"http://testserver")],
        "query_string": b"",
        "subprotocols": [],
    }
    events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    events.put_nowait({"type": "websocket.connect"})

    async def send(event: dict[str, Any]) -> None:
        if event["type"] != "websocket.accept":
            await asyncio.sleep(60)

    await asyncio.wait_for(application(scope, events.get, send), timeout=5)
