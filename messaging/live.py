"""The doorbell: tells open pages that there is something new, never what it is.

The bell may fail at any time and nothing is lost, because pages ask the database over HTTP. So a channel layer that is
dead, frozen or full is counted and written down, and the message it would have announced is posted all the same
(trust.md F8, RL-09). A newcomer would catch every exception here: a mistake of our own must stay a loud one.
"""

import asyncio
import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.exceptions import ChannelFull
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Nobody who sends a message waits longer than this for the bell (seconds).
PATIENCE = 0.5
# What a channel layer in trouble raises; a time-out and a refused connection are OSErrors.
LAYER_ERRORS = (RedisError, OSError, ChannelFull)


class Missed:
    """How many times the bell of this process did not ring since it started."""

    rings = 0


def ring(conversation_id: int, message_id: int) -> None:
    """Tell whoever has this conversation open that message `message_id` is there. Call it after the commit."""
    _send(conversation_group(conversation_id), {"type": "rang", "last": message_id})


def hang_up(user_id: int) -> None:
    """Close every socket of this user: they signed out, were deactivated, or lost a conversation (trust.md F2)."""
    _send(user_group(user_id), {"type": "force_close"})


def conversation_group(conversation_id: int) -> str:
    """Give the name of the group that hears this conversation's bell."""
    return f"conversation.{conversation_id}"


def user_group(user_id: int) -> str:
    """Give the name of the group of one user's sockets."""
    return f"user.{user_id}"


def note_missed(error: BaseException) -> None:
    """Count a bell that didn't ring. The log says what kind of trouble, and nothing of who or what."""
    Missed.rings += 1
    logger.warning("The bell did not ring (%s), %d so far", type(error).__name__, Missed.rings)


def _send(group: str, event: dict[str, Any]) -> None:
    try:
        async_to_sync(_send_within_patience)(group, event)
    except LAYER_ERRORS as error:
        note_missed(error)


async def _send_within_patience(group: str, event: dict[str, Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        await get_channel_layer().group_send(group, event)
