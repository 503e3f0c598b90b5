"""How a supporter helps: what others read of them, how many at a time, and a break that needs no reason.

A newcomer would end what is going. A break keeps new offers away from the next round on, and from a list that was sent
before; nobody who is linked notices anything.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.models import Theme
from matching.models import Supporter
from people.models import User

# A break without a last day ends when the supporter says so.
UNTIL_I_SAY_SO = date(9999, 12, 31)
LONGEST_BREAK = timedelta(days=2 * 366)


class HelpingError(Exception):
    """It can't be kept like this; the message is for the supporter."""


@transaction.atomic
def change(
    *,
    supporter: Supporter,
    about: str,
    offers: str,
    lived_through: Iterable[Theme],
    capacity: int,
    by: User,
    at: datetime,
) -> Supporter:
    """Keep what a supporter tells of themselves. Fewer at a time than there are now ends none of them."""
    locked = Supporter.objects.select_for_update(of=("self",)).get(pk=supporter.pk)
    locked.about, locked.offers, locked.capacity = about, offers, capacity
    locked.save(update_fields=["about", "offers", "capacity"])
    locked.lived_through.set(lived_through)
    return locked


def pause(*, supporter: Supporter, until_on: date | None, by: User, at: datetime) -> None:
    """Take a break from new offers, up to the day before `until_on` or, with None, until the supporter says so.

    Raises HelpingError for a day that isn't still to come, or years away.
    """
    today = timezone.localdate(at)
    if until_on is not None and until_on <= today:
        raise HelpingError(_("Choose a day after today."))
    if until_on is not None and until_on - today > LONGEST_BREAK:
        raise HelpingError(_("That’s years away. Choose “until I say so”."))
    Supporter.objects.filter(pk=supporter.pk).update(paused_until_on=until_on or UNTIL_I_SAY_SO)


def go_on(*, supporter: Supporter, by: User, at: datetime) -> None:
    """End a break now. Twice changes nothing."""
    Supporter.objects.filter(pk=supporter.pk).update(paused_until_on=None)


def is_paused(supporter: Supporter, *, on: date) -> bool:
    """Say whether a supporter takes a break on a day; a round asks the same of its snapshot."""
    return supporter.paused_until_on is not None and supporter.paused_until_on > on
