"""A link-up from hello to well done: it starts with its end planned, and ends with a reason.

A newcomer would keep hours here. What two families did together is an exchange in the time bank, and goes through
its one door; `Together` only says that it belongs to this link-up.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.models import Goal
from matching.cadence import plan_contacts
from matching.comparing import planned_end_on
from matching.models import Choice, LinkUp, Supporter, Together
from matching.path import LAST_FORTNIGHT
from matching.resting import rests_on
from messaging.posting import close_conversation, start_conversation
from people.models import Family, User
from people.welcoming import people_of
from timebank import exchanges
from timebank.accounts import open_account
from timebank.models import Account, Exchange

SHORTEST_WEEKS, LONGEST_WEEKS = 10, 30  # field.md: Family by Family's link-ups
SIDES = {"family": Exchange.Side.RECEIVER, "supporter": Exchange.Side.GIVER}


class LinkUpError(Exception):
    """What was asked of the link-up can't be done; the message is for the person who asked."""


@transaction.atomic
def start(
    *,
    family: Family,
    supporter: Supporter,
    goals: Iterable[Goal],
    weeks: int,
    on: date,
    by: User,
    at: datetime,
    choice: Choice | None = None,
    reference: str | None = None,
) -> LinkUp:
    """Link a family with a supporter for 10 to 30 weeks: a conversation for both sides, and the coach's calls planned.

    Whether the two may be linked is decided before, in matching.choices; a programme that moves here brings link-ups
    that began under its own rules.
    """
    goals = list(goals)
    if not SHORTEST_WEEKS <= weeks <= LONGEST_WEEKS:
        raise LinkUpError(_("A link-up lasts from 10 to 30 weeks."))
    if supporter.family_id == family.pk:
        raise LinkUpError(_("A family can't be linked with itself."))
    if any(goal.family_id != family.pk for goal in goals):
        raise LinkUpError(_("A link-up is about the seeking family's own goals."))
    Supporter.objects.select_for_update().get(pk=supporter.pk)
    if LinkUp.objects.going().filter(family=family, supporter=supporter).exists():
        raise LinkUpError(_("These two are linked already."))
    made = LinkUp.objects.create(
        reference=reference,
        family=family,
        supporter=supporter,
        choice=choice,
        conversation=start_conversation(
            kind="link_up", people=[*people_of(family), *_helpers(supporter)], at=at
        ),
        started_on=on,
        planned_end_on=planned_end_on(on, weeks=weeks),
    )
    made.goals.set(goals)
    plan_contacts(made)
    return made


@transaction.atomic
def end(
    *,
    link_up: LinkUp,
    ending: str,
    words: str,
    on: date,
    by: User,
    at: datetime,
    looks_on: bool | None = None,
) -> LinkUp:
    """End a link-up with a reason; the conversation can be read from then on, and not written in.

    `looks_on`: whether the family still wants somebody; None leaves that as it is. Ending it again in the same words
    changes nothing. Raises LinkUpError for other words, a day before hello, an early end that calls itself planned, or
    one without a line saying why.
    """
    locked = LinkUp.objects.select_for_update().get(pk=link_up.pk)
    if locked.ended_on is not None:
        if (locked.ending, locked.ending_words) == (ending, words):
            return locked
        raise LinkUpError(_("This link-up has ended already."))
    if ending not in LinkUp.Ending.values:
        raise LinkUpError(_("Say how it ended."))
    if on < locked.started_on:
        raise LinkUpError(_("It can't end before it started."))
    if is_early(locked, on=on):
        if ending == LinkUp.Ending.DONE:
            raise LinkUpError(
                _("That is before its last fortnight. Early can be done too: say so.")
            )
        if not words.strip():
            raise LinkUpError(_("It ends early, so write a line about why."))
    locked.ended_on = on
    locked.ending = ending
    locked.ending_words = words
    locked.save(update_fields=["ended_on", "ending", "ending_words"])
    if looks_on is not None:
        Family.objects.filter(pk=locked.family_id).update(wants_link_up=looks_on)
    close_conversation(conversation=locked.conversation, at=at)
    return locked


def is_early(link_up: LinkUp, *, on: date) -> bool:
    """Say whether an end on a day comes before the link-up's last fortnight, so that it needs a line about why."""
    return on < link_up.planned_end_on - LAST_FORTNIGHT


@transaction.atomic
def record_together(
    *,
    link_up: LinkUp,
    minutes: int,
    happened_on: date,
    words: str,
    side: str,
    by: User,
    at: datetime,
    client_id: UUID,
) -> Together:
    """Write down time together, told by one side ("family" or "supporter"); the other confirms it in the time bank.

    The supporter gave it, and the community pot stands in for the family. The same `client_id` again gives the first
    one, whatever day it is by then. Raises LinkUpError for a day outside the link-up, and what
    timebank.exchanges.record raises.
    """
    sent_before = exchanges.sent_before(by=by, client_id=client_id)
    if not sent_before and not link_up.started_on <= happened_on <= last_day(
        link_up, on=timezone.localdate(at)
    ):
        raise LinkUpError(
            _("Choose a day since your hello, up to the day it ended.")
            if link_up.ended_on
            else _("Choose a day since your hello, up to today.")
        )
    if rests_on(link_up, happened_on):
        raise LinkUpError(
            _("Your link-up rested that day. Choose another day, or ring your coach.")
        )
    exchange = exchanges.record(
        giver=_account_of(link_up.supporter, at=at),
        receiver=open_account(family=link_up.family, at=at),
        minutes=minutes,
        happened_on=happened_on,
        words=words,
        side=SIDES[side],
        by=by,
        at=at,
        client_id=client_id,
        pot_pays=True,
    )
    together, _made = Together.objects.get_or_create(
        exchange=exchange, defaults={"link_up": link_up, "recorded_by": by}
    )
    return together


def last_day(link_up: LinkUp, *, on: date) -> date:
    """Give the last day that time together can be written down for: today (`on`), or the day the link-up ended."""
    return link_up.ended_on or on


def side_of(link_up: LinkUp, user: User) -> str:
    """Give "family" or "supporter" for an adult of either side, and "" for anybody else, such as the coach."""
    guardian = getattr(user, "guardian", None)
    volunteer = getattr(user, "volunteer", None)
    if guardian is not None and guardian.family_id == link_up.family_id:
        return "family"
    helper = link_up.supporter
    if guardian is not None and helper.family_id == guardian.family_id:
        return "supporter"
    if volunteer is not None and helper.volunteer_id == volunteer.pk:
        return "supporter"
    return ""


def _helpers(supporter: Supporter) -> list[tuple[User, str]]:
    helper = supporter.family or supporter.volunteer
    assert helper is not None, "a supporter is one of the two"
    return people_of(helper)


def _account_of(supporter: Supporter, *, at: datetime) -> Account:
    if supporter.volunteer is not None:
        return open_account(volunteer=supporter.volunteer, at=at)
    return open_account(family=supporter.family, at=at)
