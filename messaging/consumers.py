"""The socket of an open conversation. It only rings: it says which message is the last one, and never what it says.

Whoever listens must still be allowed to at every ring, because an open socket outlives a sign-out, a deactivation and
a removal (trust.md F2). So each time we ask what a page request would ask: is this session still signed in, and does
this person still take part? The bell also rings by itself every few seconds; that finds rings that Redis lost, keeps
proxies from closing a quiet line, and lets the page notice a dead one.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any

from channels.auth import get_user
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.utils import await_many_dispatch
from django.conf import settings
from django.db import DatabaseError

from messaging import live, reading

Event = dict[str, Any]

# Seconds between rings that nobody asked for.
HEARTBEAT = 10
# Seconds that joining the bell may take; a page that isn't let in asks over HTTP and knocks again later.
JOINING = 2
# Seconds a page may take to read one ring before its socket is given up (trust.md RL-11).
SLOWEST_READER = 5
NOT_ALLOWED = 4403
WRITES_TO_US = 4400
COME_BACK_LATER = 1013


class Bell(AsyncWebsocketConsumer):
    """One open page of one conversation."""

    async def __call__(
        self, scope: Event, receive: Callable[[], Awaitable[Event]], send: Callable[[Event], Any]
    ) -> None:
        """Listen to the page, to the channel layer and to the clock, one event at a time.

        This replaces the one of channels, which knows no clock and lets a layer in trouble end in a traceback.
        """
        self.scope, self.base_send = scope, send
        self.user_id, self.conversation_id = (
            getattr(scope["user"], "pk", None),
            scope["url_route"]["kwargs"]["conversation_id"],
        )
        self.channel_layer = get_channel_layer()
        try:
            async with asyncio.timeout(JOINING):
                self.channel_name = await self.channel_layer.new_channel()
            heard = partial(self.channel_layer.receive, self.channel_name)
            await await_many_dispatch([receive, heard, _tick], self.dispatch)
        except StopConsumer:
            pass
        except (*live.LAYER_ERRORS, DatabaseError) as error:
            live.note_missed(error)
            with suppress(OSError, RuntimeError):  # the page may be gone already
                await self.close(COME_BACK_LATER)

    async def connect(self) -> None:
        """Let in who takes part, and tell them at once which message is the last."""
        if await self._last_if_allowed() is None:
            await self.close(NOT_ALLOWED)
            return
        async with asyncio.timeout(JOINING):
            for group in self._groups():
                await self.channel_layer.group_add(group, self.channel_name)
        await self.accept()
        await self._ring()

    async def disconnect(self, code: int) -> None:
        """Leave the groups; a layer in trouble forgets us by itself."""
        async with asyncio.timeout(live.PATIENCE):
            for group in self._groups():
                await self.channel_layer.group_discard(group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Hang up on whoever talks into a bell: words come by HTTP, through messaging.posting."""
        await self.close(WRITES_TO_US)

    async def rang(self, event: Event) -> None:
        """Somebody posted."""
        await self._ring()

    async def beat(self, event: Event) -> None:
        """Some time has passed."""
        await self._ring()

    async def force_close(self, event: Event) -> None:
        """This person signed out, was deactivated or lost a conversation; who still may, comes back."""
        await self.close(NOT_ALLOWED)

    async def _ring(self) -> None:
        last = await self._last_if_allowed()
        try:
            async with asyncio.timeout(SLOWEST_READER):
                if last is None:
                    await self.close(NOT_ALLOWED)
                else:
                    await self.send(json.dumps({"last": last}))
        except TimeoutError:
            await self.disconnect(COME_BACK_LATER)
            raise StopConsumer from None

    async def _last_if_allowed(self) -> int | None:
        """Give the id of the last message, 0 if there is none, None for somebody who may not listen (any more)."""
        sessions = import_module(settings.SESSION_ENGINE)
        # A fresh copy: the one in the scope still says what was true when the socket opened.
        session = sessions.SessionStore(self.scope["session"].session_key)
        user = await get_user({"session": session})
        if self.user_id is None or user.pk != self.user_id:
            return None
        return await database_sync_to_async(reading.last_heard_by)(
            user_id=self.user_id, conversation_id=self.conversation_id
        )

    def _groups(self) -> list[str]:
        return [live.conversation_group(self.conversation_id), live.user_group(self.user_id or 0)]


async def _tick() -> Event:
    await asyncio.sleep(HEARTBEAT)
    return {"type": "beat"}


class Nobody(AsyncWebsocketConsumer):
    """Refuses a socket at any other address. Without it each such knock would end in a traceback in the log."""

    async def connect(self) -> None:
        """Close before opening, which answers 403."""
        await self.close(NOT_ALLOWED)
