"""Conversations and what is said in them.

The database is the truth and the socket a doorbell: a message exists once its row does. A client's own id makes a
retry safe; it is unique within the conversation.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from people.models.choices import one_of

# Characters. Longer than anybody reads in one go, short enough for an old phone.
LONGEST_MESSAGE = 4000


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Questions asked about conversations."""

    def of(self, user: object) -> "ConversationQuerySet":
        """Give the conversations that `user` takes part in now."""
        return self.filter(participants__user=user, participants__left_at__isnull=True)


class ConversationKind(models.TextChoices):
    """What it belongs to; the owner of the link lives on a higher floor."""

    LINK_UP = "link_up", "Link-up"
    LISTING = "listing", "Offer or request"
    COACH = "coach", "Family and coach"
    GROUP = "group", "Group"


class Conversation(models.Model):
    """A place where a few people talk."""

    Kind = ConversationKind
    kind = models.CharField(max_length=8, choices=Kind)
    started_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Nobody writes for now; it may go on. Closed is for good.
    paused_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [one_of("kind", ConversationKind, name="messaging_conversation_kind")]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Questions asked about who takes part."""

    def here(self) -> "ParticipantQuerySet":
        """Give those who take part now; somebody who left keeps their row, and their name over what they said."""
        return self.filter(left_at__isnull=True)


class Participant(models.Model):
    """Somebody in a conversation. `seen_id` is the last message they have read."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participants"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="talks"
    )
    # What the others read above their words: "Denise", "Ruth, your coach".
    shown_as = models.CharField(max_length=80)
    seen_id = models.BigIntegerField(default=0)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "user"], name="messaging_participant_once"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_as


class Message(models.Model):
    """Something somebody said."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages"
    )
    words = models.TextField(max_length=LONGEST_MESSAGE)
    client_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["conversation", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "author", "client_id"], name="messaging_message_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="messaging_message_says_something"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), LONGEST_MESSAGE),
                name="messaging_message_not_too_long",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Report(models.Model):
    """A participant asks staff to look at a message; a copy is kept whatever becomes of it (trust.md SG-24)."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reports_made"
    )
    why = models.CharField(max_length=500, blank=True)
    copy = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "by"], name="messaging_report_once")
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
