"""Writing down time together as people do it: on two phones, from a train, and again because no answer came.

A newcomer would trust the `client_id` alone. It tells a second sending from a first one, but whoever reloads the page
after a lost answer gets a new one; and the other side may have written down the same afternoon. So a second line for a
day that has one is asked about before it counts.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from matching import linkups
from matching.models import LinkUp, Together
from matching.planning import mark_done
from people.models import User
from people.saying import day, hours
from timebank import exchanges
from timebank.models import Exchange


class DayHasOne(linkups.LinkUpError):
    """Something is written down for that day already; whoever means another one says so."""


@transaction.atomic
def write_down(
    *,
    link_up: LinkUp,
    minutes: int,
    happened_on: date,
    words: str,
    is_another: bool,
    plan: int | None = None,
    by: User,
    at: datetime,
    client_id: UUID,
) -> Together:
    """Write down time together for whichever side `by` is on. The same `client_id` again gives the first one.

    `plan` is the id of what they had planned, done by this. Raises DayHasOne where the day has a line of either
    side and `is_another` was not said, and what matching.linkups.record_together raises.
    """
    # Held, so that of two phones at the same moment the second one is asked.
    held = LinkUp.objects.select_for_update(of=("self",)).with_people().get(pk=link_up.pk)
    if not is_another and not exchanges.sent_before(by=by, client_id=client_id):
        _ask_about(held, happened_on)
    made = linkups.record_together(
        link_up=held,
        minutes=minutes,
        happened_on=happened_on,
        words=words,
        side=linkups.side_of(held, by),
        by=by,
        at=at,
        client_id=client_id,
    )
    if planned := held.plans.open().filter(pk=plan or 0).first():
        mark_done(plan=planned, together=made, at=at)
    return made


def told_of(together: Together) -> str:
    """Say what became of a time together that was just sent, perhaps for the second time."""
    standing = together.exchange.standing
    if standing == Exchange.Standing.WAITING:
        return _("Written down. The other side says yes to it next.")
    if standing == Exchange.Standing.WITHDRAWN:
        return _("You had sent this before, and it was taken back since. Nothing has changed.")
    return _("You had sent this before, and the other side has answered. Nothing has changed.")


def said_before(*, by: User, client_id: UUID) -> str:
    """Say what was sent under this id before, for whoever sends something else under it; "" where nothing was."""
    first = exchanges.sent_before(by=by, client_id=client_id)
    if first is None:
        return ""
    return _(
        "You sent this before, with %(hours)s on %(day)s: “%(words)s”. That still stands. "
        "If this was another time, send it once more. If the first was wrong, take it back on your hours."
    ) % {
        "hours": hours(first.claimed_minutes),
        "day": day(first.happened_on),
        "words": first.words,
    }


def _ask_about(link_up: LinkUp, on: date) -> None:
    there = (
        link_up.times_together.filter(exchange__happened_on=on)
        .exclude(exchange__standing=Exchange.Standing.WITHDRAWN)
        .select_related("exchange")
        .first()
    )
    if there is not None:
        raise DayHasOne(
            _("“%(words)s”, %(hours)s, is written down for %(day)s already. Was this another time?")
            % {
                "words": there.exchange.words,
                "hours": hours(there.exchange.claimed_minutes),
                "day": day(on),
            }
        )
