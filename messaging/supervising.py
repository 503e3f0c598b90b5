"""Who besides the people in it may read a conversation, and when: their coach, once somebody in it is worried.

The page of every conversation says so (trust.md SG-22). There is no quiet bulk reading: a coach is let in only after
a message was reported, and each look is written into the record of openings that families may ask for.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from messaging.models import Conversation, Participant
from messaging.wording import in_one_breath
from people.models import User
from safeguarding.models import AccessEvent

PAGE = "messaging:look_in"


def coaches_over(place: Participant) -> list[User]:
    """Give the coaches of the people in a conversation who don't take part themselves; the reader's own comes first."""
    here = place.conversation.participants.here()
    coaches = User.objects.filter(
        Q(coached_families__guardians__user__talks__in=here)
        | Q(coached_volunteers__user__talks__in=here)
    ).exclude(talks__in=here)
    own = _coach_of(place.user)
    return sorted(coaches.distinct(), key=lambda coach: (coach.pk != own, coach.pk))


def in_words(place: Participant) -> str:
    """Give the sentence at the head of a conversation that says who else may read it, and when."""
    coaches = coaches_over(place)
    if not coaches:
        return _("Nobody else reads this. If you report a message, our safeguarding lead sees it.")
    own = _coach_of(place.user)
    names = [
        (_("%(name)s, your coach,") if coach.pk == own else _("%(name)s, a coach,"))
        % {"name": coach.name}
        for coach in coaches
    ]
    return _("%(coaches)s can look at these messages if somebody is worried.") % {
        "coaches": in_one_breath(names)
    }


def worrying(coach: User) -> QuerySet[Conversation]:
    """Give the conversations that `coach` may look into: somebody reported a message, and a family or volunteer in it
    is theirs. Their own conversations are not among them, so that nobody looks into a report about themselves.
    """
    theirs = Participant.objects.filter(
        Q(user__guardian__family__coach=coach) | Q(user__volunteer__coach=coach)
    )
    return (
        Conversation.objects.filter(
            messages__reports__isnull=False, pk__in=theirs.values("conversation")
        )
        .exclude(participants__user=coach)
        .distinct()
        .order_by("-pk")
    )


def look_in(*, conversation_id: int, by: User, at: datetime) -> Conversation:
    """Give a worrying conversation to its coach and write the opening down, or neither; 404 for anybody else."""
    with transaction.atomic():
        conversation = worrying(by).filter(pk=conversation_id).first()
        if conversation is None:
            raise Http404
        families = conversation.participants.filter(user__guardian__isnull=False).values_list(
            "user__guardian__family", flat=True
        )
        AccessEvent.objects.bulk_create(
            AccessEvent(
                actor=by,
                family_id=family_id,
                purpose=AccessEvent.Purpose.SAFEGUARDING,
                page=PAGE,
                at=at,
            )
            for family_id in sorted(set(families))
        )
    return conversation


def reported_in(conversation: Conversation) -> set[int]:
    """Give the ids of the messages of a conversation that somebody reported."""
    return set(conversation.messages.filter(reports__isnull=False).values_list("pk", flat=True))


def _coach_of(user: User) -> int | None:
    if hasattr(user, "guardian"):
        return user.guardian.family.coach_id
    if hasattr(user, "volunteer"):
        return user.volunteer.coach_id
    return None
