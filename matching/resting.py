"""A link-up whose supporter is not cleared rests: at once when that is written down, else when the clock looks.

While it rests nobody writes in its conversation, which both can read, and no time of those days is written down. Both
sides read that it rests, and not why: a check is nobody else's business. It goes on by itself once the clearance is
back. A newcomer would end it; most checks come back within a fortnight, and a goodbye can't be taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone

from matching.models import LinkUp, Rest
from matching.notices import to
from messaging.posting import pause_conversation, resume_conversation
from people.letters import tell_once
from people.models import User
from people.signals import clearance_changed
from safeguarding.clearance import Clearance, clearances


@dataclass(frozen=True)
class Resting:
    """What one reader is told of a link-up that rests. `coach` is who rings them; "" where nobody is named."""

    since_on: date
    coach: str


def keep_to_clearance(at: datetime) -> None:
    """For the clock: let rest what must, let go on what may, and tell the coach of each rest once."""
    _settle(LinkUp.objects.going().with_people().order_by("pk"), at=at)
    resting = Rest.objects.filter(
        went_on_on__isnull=True,
        link_up__ended_on__isnull=True,
        link_up__family__coach__isnull=False,
    )
    for rest in resting.select_related("link_up__family__coach"):
        coach = rest.link_up.family.coach
        assert coach is not None, "filtered above"
        tell_once(
            [coach] if coach.is_active else [],
            key=f"rest {rest.pk}",
            about="matching/resting",
            page=to("link_up", id=rest.link_up_id),
            at=at,
        )


def rests_on(link_up: LinkUp, on: date) -> bool:
    """Say whether a link-up rests, or rested, on a day."""
    return link_up.rests.filter(
        Q(went_on_on__isnull=True) | Q(went_on_on__gt=on), since_on__lte=on
    ).exists()


def resting_for(link_up: LinkUp, *, reader: User, side: str) -> Resting | None:
    """Give what a reader on a side ("" for the coach) is told, or None while the link-up goes on."""
    rest = link_up.rests.filter(went_on_on__isnull=True).first()
    if rest is None or link_up.ended_on is not None:
        return None
    helper = link_up.supporter.family or link_up.supporter.volunteer
    theirs = helper if side == "supporter" else link_up.family
    coach = theirs.coach if theirs else None
    return Resting(rest.since_on, str(coach) if coach and coach.pk != reader.pk else "")


def resting_among(link_ups: Iterable[int]) -> set[int]:
    """Give those of these link-ups, by id, that rest now."""
    found = Rest.objects.filter(link_up__in=list(link_ups), went_on_on__isnull=True)
    return set(found.values_list("link_up", flat=True))


@receiver(clearance_changed)
def follow_at_once(family_id: int | None, volunteer_id: int | None, at: datetime, **_: Any) -> None:
    """Let the link-ups of one supporter rest or go on, in the transaction that wrote the reason down."""
    theirs = Q(supporter__family=family_id) if family_id else Q(supporter__volunteer=volunteer_id)
    _settle(LinkUp.objects.going().filter(theirs).with_people().order_by("pk"), at=at)


def _settle(link_ups: Iterable[LinkUp], *, at: datetime) -> None:
    going = list(link_ups)
    on = timezone.localdate(at)
    cleared = clearances(
        family_ids=[one.supporter.family_id for one in going if one.supporter.family_id],
        volunteer_ids=[one.supporter.volunteer_id for one in going if one.supporter.volunteer_id],
        until_on=on,
    )
    resting = resting_among(one.pk for one in going)
    for one in going:
        found: Clearance = (
            cleared.families[one.supporter.family_id]
            if one.supporter.family_id
            else cleared.volunteers[one.supporter.volunteer_id or 0]
        )
        if found.ok == (one.pk in resting):
            _move(one, rests=not found.ok, at=at)


@transaction.atomic
def _move(link_up: LinkUp, *, rests: bool, at: datetime) -> None:
    locked = LinkUp.objects.select_for_update().get(pk=link_up.pk)
    if locked.ended_on is not None:  # meanwhile
        return
    on = timezone.localdate(at)
    if rests:
        Rest.objects.get_or_create(link_up=locked, went_on_on=None, defaults={"since_on": on})
        pause_conversation(conversation=locked.conversation, at=at)
    else:
        for rest in locked.rests.filter(went_on_on__isnull=True):
            rest.went_on_on = max(on, rest.since_on)
            rest.save(update_fields=["went_on_on"])
        resume_conversation(conversation=locked.conversation)
