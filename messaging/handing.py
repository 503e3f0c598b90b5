"""What happens to talk when somebody is handed over: it goes along, and whoever gave it away is out of it at once.

A newcomer would start a new talk. The family would have to say everything twice, and the coach who left could still
read the old one. Open pages are hung up on (trust.md SG-12); what the coach said keeps the coach's name above it.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver

from messaging import live
from messaging.coaching import shown_as
from messaging.models import Conversation, Participant
from people.models import User
from people.signals import coach_changed


@receiver(coach_changed)
def move_talks(
    families: Collection[int],
    volunteers: Collection[int],
    before: User,
    after: User,
    at: datetime,
    **_: Any,
) -> None:
    """Put the new coach in the place of the old one in every talk with these, ended ones too. Five queries."""
    theirs = Participant.objects.filter(
        Q(user__guardian__family__in=families) | Q(user__volunteer__in=volunteers)
    )
    places = list(
        Participant.objects.here()
        .filter(user=before, conversation__kind=Conversation.Kind.COACH)
        .filter(conversation__in=theirs.values("conversation"))
        .order_by("pk")
    )
    Participant.objects.filter(pk__in=[one.pk for one in places]).update(left_at=at)
    talks = [one.conversation_id for one in places]
    been_here = Participant.objects.filter(user=after, conversation__in=talks)
    known = set(been_here.values_list("conversation", flat=True))
    been_here.update(left_at=None, shown_as=shown_as(after))
    Participant.objects.bulk_create(
        # What the old coach had read isn't news to the new one, or six hundred talks would be.
        Participant(
            conversation_id=one.conversation_id,
            user=after,
            shown_as=shown_as(after),
            seen_id=one.seen_id,
        )
        for one in places
        if one.conversation_id not in known
    )
    transaction.on_commit(partial(live.hang_up, before.pk), robust=True)
