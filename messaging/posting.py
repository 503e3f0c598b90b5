"""The one door through which words enter a conversation, whoever brings them: a form, a script or an import.

A message is stored first and announced after the commit. A newcomer would drop the lock on the conversation: without
it two messages could be committed out of the order of their ids, and a client that asks for "everything after 6" would
never be told of a late 5.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from messaging import live
from messaging.models import LONGEST_MESSAGE, Conversation, ConversationKind, Message, Participant
from people.models import User


class NotPosted(Exception):
    """A message was refused. Says why, to the person who wrote it."""

    words = _("We couldn’t send that.")

    def __str__(self) -> str:
        return str(self.words)


class NothingSaid(NotPosted):
    """There were no words in it."""

    words = _("Write a message first.")


class TooLong(NotPosted):
    """More than anybody reads in one go."""

    words = _("That’s too long for one message. Send it in two or three.")


class NotInConversation(NotPosted):
    """The author doesn't take part, or no longer does."""

    words = _("You’re not part of this conversation any more.")


class ConversationClosed(NotPosted):
    """Nobody writes in it any more."""

    words = _("This conversation has ended, so nobody can write in it.")


class ConversationRests(NotPosted):
    """Nobody writes in it for now."""

    words = _(
        "This link-up is resting, so nobody can write here just now. You can still read it, and your "
        "coach will ring you."
    )


class AlreadySaid(NotPosted):
    """The same client id came with other words; `message` is what was stored the first time."""

    words = _("Your first message was sent. Press Send again to send this one too.")

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message


def start_conversation(
    *, kind: ConversationKind | str, people: list[tuple[User, str]], at: datetime
) -> Conversation:
    """Give a new conversation between `people`: each a user and the name that the others read above their words.

    Somebody named twice takes part once. Raises ValueError for a kind that the model doesn't know.
    """
    with transaction.atomic():
        conversation = Conversation.objects.create(kind=ConversationKind(kind), started_at=at)
        once = {user.pk: (user, shown_as) for user, shown_as in reversed(people)}
        Participant.objects.bulk_create(
            Participant(conversation=conversation, user=user, shown_as=shown_as)
            for user, shown_as in reversed(once.values())
        )
    return conversation


def post(
    *, conversation: Conversation, author: User, words: str, client_id: UUID, at: datetime
) -> Message:
    """Store what `author` said and give it; the bell rings once it is committed.

    Safe to repeat: the same `client_id` with the same words gives the message that is already there, and rings nobody.
    Raises a NotPosted that says why for an empty or over-long message, a stranger, a closed conversation, or other
    words under a client id that was used before.
    """
    words = tidy(words)
    if not words:
        raise NothingSaid
    if len(words) > LONGEST_MESSAGE:
        raise TooLong
    with transaction.atomic():
        # One at a time in each conversation, so that ids are committed in order (see the top of this file).
        locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        if not locked.participants.here().filter(user=author, user__is_active=True).exists():
            raise NotInConversation
        # A retry is answered even if the conversation has closed since: its message did arrive.
        stored = locked.messages.filter(author=author, client_id=client_id).first()
        if stored is not None:
            if stored.words != words:
                raise AlreadySaid(stored)
            return stored
        if locked.closed_at is not None:
            raise ConversationClosed
        if locked.paused_at is not None:
            raise ConversationRests
        message = Message.objects.create(
            conversation=locked, author=author, words=words, client_id=client_id, at=at
        )
        transaction.on_commit(lambda: live.ring(message.conversation_id, message.pk))
    return message


def close_conversation(*, conversation: Conversation, at: datetime) -> None:
    """End a conversation: it can be read and not written in. Closing it again changes nothing."""
    Conversation.objects.filter(pk=conversation.pk, closed_at__isnull=True).update(closed_at=at)


def pause_conversation(*, conversation: Conversation, at: datetime) -> None:
    """Let a conversation rest: it can be read, and not written in until it goes on. Once more changes nothing."""
    Conversation.objects.filter(pk=conversation.pk, paused_at__isnull=True).update(paused_at=at)


def resume_conversation(*, conversation: Conversation) -> None:
    """Let it go on."""
    Conversation.objects.filter(pk=conversation.pk).update(paused_at=None)


def remove_participant(*, conversation: Conversation, user: User, at: datetime) -> None:
    """Take somebody out of a conversation. From now on they neither read it nor hear its bell (trust.md SG-12)."""
    with transaction.atomic():
        conversation.participants.here().filter(user=user).update(left_at=at)
        transaction.on_commit(lambda: live.hang_up(user.pk))


def tidy(words: str) -> str:
    """Give `words` as they are stored: one kind of line end, nothing a database can't hold, no space around.

    Forms send a line end as two characters; counting both would refuse a message that the writer sees as short enough.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return words.encode("utf-8", "replace").decode("utf-8").strip()
