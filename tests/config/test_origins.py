"""From where a socket may be opened: the site's own address, whole (trust.md F3, ASVS 4.4.2)."""

from typing import Any

import pytest
from channels.security.websocket import OriginValidator
from channels.testing import WebsocketCommunicator
from django.conf import settings

from config.asgi import application

SITE = "https://kith.example.org"


async def welcoming(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Accept whoever gets this far."""
    await receive()
    await send({"type": "websocket.accept"})


async def is_let_in(origin: bytes | None) -> bool:
    """Say whether a page of `origin` may open a socket to a server at SITE."""
    headers = [(b"host", b"kith.example.org")]
    if origin is not None:
        headers.append((b"origin", origin))
    guarded = OriginValidator(welcoming, [SITE])
    knock = WebsocketCommunicator(guarded, "/live/talk/1/", headers)
    accepted, _ = await knock.connect()
    await knock.disconnect()
    return bool(accepted)


def test_every_socket_passes_this_guard_with_the_origins_of_the_settings() -> None:
    guard = application.application_mapping["websocket"]
    assert isinstance(guard, OriginValidator)
    assert guard.allowed_origins == settings.SOCKET_ORIGINS


@pytest.mark.parametrize("origin", [b"https://kith.example.org", b"https://kith.example.org:443"])
async def test_the_site_itself_is_let_in(origin: bytes) -> None:
    assert await is_let_in(origin)


@pytest.mark.parametrize(
    "origin",
    [
        b"http://kith.example.org",
        b"ws://kith.example.org",
        b"https://kith.example.org:8443",
        b"https://kith.example.org.evil.example",
        b"https://evilkith.example.org",
        b"https://sub.kith.example.org",
        b"https://kith.example.org@evil.example",
        b"https://evil.example/kith.example.org",
        b"https://example.org",
        b"kith.example.org",
        b"//kith.example.org",
        b"file://",
        b"null",
        b"",
        b"\xff\xfe",
        None,
    ],
)
async def test_nobody_else_is(origin: bytes | None) -> None:
    assert not await is_let_in(origin)


async def test_it_refuses_a_socket_at_an_address_that_nobody_answers() -> None:
    paths = application.application_mapping["websocket"].application
    headers = [(b"host", b"kith.example.org"), (b"origin", SITE.encode())]
    knock = WebsocketCommunicator(paths, "/live/elsewhere/", headers)
    accepted, code = await knock.connect()
    assert (accepted, code) == (False, 4403)
