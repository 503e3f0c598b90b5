"""The doors to conversations: 404 for whoever doesn't take part, so that nothing is learnt by asking."""

from typing import Any

from django.db.models import BigIntegerField
from django.http import Http404

from messaging.models import Conversation, Message, Participant


def place_in(user: Any, conversation_id: int) -> Participant:
    """Give the place that `user` has in a conversation, with the conversation on it; 404 for anybody else."""
    if conversation_id > BigIntegerField.MAX_BIGINT:  # SQLite can't even look for it
        raise Http404
    place = (
        Participant.objects.here()
        .filter(user=user, conversation_id=conversation_id)
        .select_related("conversation", "user")
        .first()
    )
    if place is None:
        raise Http404
    return place


def conversation_for(user: Any, conversation_id: int) -> Conversation:
    """Give a conversation that `user` takes part in now; 404 for any other."""
    return place_in(user, conversation_id).conversation


def message_for(user: Any, conversation_id: int, message_id: int) -> Message:
    """Give a message of a conversation that `user` takes part in now; 404 for any other."""
    conversation = conversation_for(user, conversation_id)
    message = conversation.messages.filter(pk=message_id).first()
    if message is None:
        raise Http404
    return message
