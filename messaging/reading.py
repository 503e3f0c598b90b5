"""What somebody reads: their conversations, and the messages of one of them.

Every list here costs a fixed number of queries, however much was said. Messages are asked for by id, never by time:
the id of the last message a page has is all it needs to catch up.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from messaging.models import Conversation, Message, Participant
from messaging.wording import day_in_words, in_one_breath
from people.models import User

# How many messages a page shows at once, and how many a page may catch up on in one go.
PAGE = 50
LAST_WORDS = 90


@dataclass(frozen=True)
class Thread:
    """One conversation in somebody's list; `said_by` is who said the last `words`, "" before any."""

    conversation: Conversation
    who: str
    door_key: int | None
    door_kind: str
    said_by: str
    words: str
    at: datetime
    unread: int


@dataclass(frozen=True)
class Line:
    """One message as `reader` sees it; `day` is set on the first one of each day."""

    message: Message
    author: str
    mine: bool
    read: bool
    day: str


@dataclass(frozen=True)
class Page:
    """Some messages in order. `last` is the newest id among them (or what was asked after, when there are none)."""

    lines: list[Line]
    last: int
    more: bool
    read_up_to: int


def threads_for(user: Any, most: int | None = None) -> list[Thread]:
    """Give the conversations of `user`, the one last spoken in first. Three queries, whatever their number."""
    places = list(_places_with_news(user)[:most])
    # Those who have left still have their name over what they said.
    name = Participant.objects.filter(
        conversation=OuterRef("conversation"), user=OuterRef("author")
    ).values("shown_as")
    last_words = Message.objects.annotate(said_by=Subquery(name)).in_bulk(
        [place.last for place in places]
    )
    others = _others(user, [place.conversation_id for place in places])
    return [
        _thread(user, place, last_words.get(place.last), others[place.conversation_id])
        for place in places
    ]


def newest(
    conversation: Conversation, *, reader: User | None, on: date, before: int | None = None
) -> Page:
    """Give the last messages of a conversation as `reader` sees them, or the last ones before the id `before`.

    `on` is today, so that a day can be called yesterday. `more` says that there are older ones. A `reader` of None is
    somebody who takes no part: nothing is theirs.
    """
    said = conversation.messages.order_by("-id")
    if before is not None:
        said = said.filter(id__lt=before)
    found = list(said[: PAGE + 1])
    lines, read_up_to = _lines(conversation, found[:PAGE][::-1], reader=reader, on=on)
    return Page(lines, found[0].pk if found else 0, len(found) > PAGE, read_up_to)


def messages_after(conversation: Conversation, after: int, *, reader: User, on: date) -> Page:
    """Give the messages with ids above `after`, oldest first; `more` says that there are still newer ones."""
    previous = conversation.messages.filter(id__lte=after).order_by("-id").first()
    found = list(conversation.messages.filter(id__gt=after).order_by("id")[: PAGE + 1])
    shown = found[:PAGE]
    lines, read_up_to = _lines(conversation, shown, reader=reader, on=on, previous=previous)
    return Page(lines, shown[-1].pk if shown else after, len(found) > PAGE, read_up_to)


def mark_seen(place: Participant, last: int) -> None:
    """Remember that `place` has seen everything up to the id `last`. It only moves forward.

    A page that is opened calls this, although it is a GET: like an entry in the log of openings, it records the
    reading and decides nothing.
    """
    if last > place.seen_id:
        Participant.objects.filter(pk=place.pk, seen_id__lt=last).update(seen_id=last)


def last_heard_by(*, user_id: int, conversation_id: int) -> int | None:
    """Give the id of a conversation's last message (0 if none), or None to somebody who takes no part in it now."""
    if conversation_id > BigIntegerField.MAX_BIGINT:  # SQLite can't even look for it
        return None
    return (
        Participant.objects.here()
        .filter(user=user_id, user__is_active=True, conversation=conversation_id)
        .annotate(last=_last_id())
        .values_list("last", flat=True)
        .first()
    )


def others_in(place: Participant) -> list[Participant]:
    """Give the other people of a conversation who are still in it, in the order they joined."""
    return _others(place.user, [place.conversation_id])[place.conversation_id]


def who_is_in(others: list[Participant]) -> str:
    """Give the names of the others as one heading; a conversation that all others left says so."""
    return in_one_breath([other.shown_as for other in others]) or _("Nobody else is here now")


def door_of(others: list[Participant]) -> tuple[int | None, str]:
    """Give the key and kind of what is drawn for the others: a family's door, or the mug of a volunteer or coach."""
    for other in others:
        if hasattr(other.user, "guardian"):
            return other.user.guardian.family_id, "family"
        if hasattr(other.user, "volunteer"):
            return other.user.volunteer.pk, "volunteer"
    return (others[0].user_id, "coach") if others else (None, "coach")


def _last_id() -> Coalesce:
    said = Message.objects.filter(conversation=OuterRef("conversation_id")).order_by("-id")
    return Coalesce(Subquery(said.values("id")[:1]), 0)


def _places_with_news(user: Any) -> QuerySet[Participant, Any]:
    unread = (
        Message.objects.filter(conversation=OuterRef("conversation_id"), id__gt=OuterRef("seen_id"))
        .exclude(author=user)
        .order_by()
        .values("conversation")
        .annotate(n=Count("id"))
        .values("n")
    )
    return (
        Participant.objects.here()
        .filter(user=user)
        .select_related("conversation")
        .annotate(
            last=_last_id(), unread=Coalesce(Subquery(unread, output_field=IntegerField()), 0)
        )
        .order_by("-last", "-conversation_id")
    )


def _others(user: Any, conversation_ids: list[int]) -> dict[int, list[Participant]]:
    grouped: dict[int, list[Participant]] = defaultdict(list)
    for other in (
        Participant.objects.here()
        .filter(conversation__in=conversation_ids)
        .exclude(user=user)
        .select_related("user__guardian", "user__volunteer")
        .order_by("id")
    ):
        grouped[other.conversation_id].append(other)
    return grouped


def _thread(user: Any, place: Any, last: Any, others: list[Participant]) -> Thread:
    door_key, door_kind = door_of(others)
    mine = last is not None and last.author_id == user.pk
    return Thread(
        conversation=place.conversation,
        who=who_is_in(others),
        door_key=door_key,
        door_kind=door_kind,
        said_by=_("You") if mine else last.said_by if last else "",
        words=Truncator(last.words).chars(LAST_WORDS) if last else "",
        at=last.at if last else place.conversation.started_at,
        unread=place.unread,
    )


def _lines(
    conversation: Conversation,
    shown: list[Message],
    *,
    reader: User | None,
    on: date,
    previous: Message | None = None,
) -> tuple[list[Line], int]:
    places = list(conversation.participants.all())
    # Those who have left still have their name over what they said.
    names = {place.user_id: place.shown_as for place in places}
    reader_id = reader.pk if reader else None
    read_up_to = min(
        (p.seen_id for p in places if p.left_at is None and p.user_id != reader_id), default=0
    )
    lines = []
    day = timezone.localdate(previous.at) if previous else None
    for message in shown:
        said_on = timezone.localdate(message.at)
        mine = message.author_id == reader_id
        lines.append(
            Line(
                message=message,
                author=names.get(message.author_id, ""),
                mine=mine,
                read=mine and message.pk <= read_up_to,
                day=day_in_words(said_on, on=on) if said_on != day else "",
            )
        )
        day = said_on
    return lines, read_up_to
