"""The talk between a coach and a family or volunteer of theirs: one, however often it is asked for."""

from datetime import datetime

from django.db import transaction

from messaging.models import Conversation, Participant
from messaging.posting import start_conversation
from people.models import User


def talk_with_coach(*, coach: User, people: list[tuple[User, str]], at: datetime) -> Conversation:
    """Give the open talk between `coach` and any of `people`, each a user and a name; a new one where there is none."""
    with transaction.atomic():
        # A double press waits here, so that one talk is opened and not two.
        User.objects.select_for_update(no_key=True).get(pk=coach.pk)
        theirs = Participant.objects.here().filter(user__in=[user for user, _name in people])
        before = Conversation.objects.of(coach).filter(
            kind=Conversation.Kind.COACH,
            closed_at__isnull=True,
            pk__in=theirs.values("conversation"),
        )
        return before.order_by("-pk").first() or start_conversation(
            kind=Conversation.Kind.COACH,
            people=[*people, (coach, shown_as(coach))],
            at=at,
        )


def shown_as(coach: User) -> str:
    """Give what a family reads above their coach's words."""
    return f"{str(coach).split()[0]}, your coach"[:80]
