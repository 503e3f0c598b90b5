"""What tests about talking are given: Amara and Denise in one conversation, and Nadia outside it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from messaging.models import Conversation, Message
from messaging.posting import post, start_conversation
from people.models import User
from tests import cast


@dataclass
class Talk:
    """A conversation between Amara (owner) and Denise (partner). Ruth coaches both; Nadia is a stranger."""

    town: cast.Town
    conversation: Conversation
    amara: User
    denise: User
    nadia: User

    def say(self, words: str, *, by: User | None = None, at: datetime | None = None) -> Message:
        """Give a message by Denise, or by whoever is named, in the conversation."""
        return post(
            conversation=self.conversation,
            author=by or self.denise,
            words=words,
            client_id=uuid4(),
            at=at or datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        )


def make_talk() -> Talk:
    """Give a fresh town with a conversation in it."""
    town = cast.town()
    amara, denise, nadia = (
        cast.guardian_of(
            cast.family(f"{name}’s family", guardian=name, at=town.burntwood, coach=town.ruth)
        )
        for name in ("Amara", "Denise", "Nadia")
    )
    conversation = start_conversation(
        kind=Conversation.Kind.LINK_UP,
        people=[(amara, "Amara"), (denise, "Denise")],
        at=datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
    )
    return Talk(town, conversation, amara, denise, nadia)


@pytest.fixture
def talk(db: None) -> Talk:
    """Amara and Denise, talking."""
    return make_talk()


@pytest.fixture
async def lines_closed() -> AsyncIterator[None]:
    """Close the database lines of the thread in which an asynchronous test asked, or its database can't be dropped."""
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Collect every ring as (conversation id, message id), instead of ringing."""
    heard: list[tuple[int, int]] = []
    note: Callable[[int, int], None] = lambda *ring: heard.append(ring)  # noqa: E731
    monkeypatch.setattr("messaging.live.ring", note)
    return heard
