"""The supporter's weekly "how was it?": taken in one tap, and asked for by letter where nobody said.

A newcomer would hand a hard week to the next planned call, which may be a month away. Here it plans a call for the
same day, so that the coach has one to make and to note; the call that was planned for later stays.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.linkups import LinkUpError
from matching.models import Contact, HowWasIt, LinkUp
from matching.notices import helpers_of, to
from matching.resting import resting_among, rests_on
from people.letters import tell_once
from people.models import Told, User

FRIDAY = 4
MORNING = 9  # nobody's phone shall ring at midnight for this
FIRST_WEEK = timedelta(days=7)


def week_of(on: date) -> date:
    """Give the Monday that names a day's week."""
    return on - timedelta(days=on.weekday())


@transaction.atomic
def say(*, link_up: LinkUp, answer: str, words: str, by: User, at: datetime) -> HowWasIt:
    """Keep how the supporter's week was; a line is kept only where it was hard.

    The same again changes nothing; another answer in the same week stands beside the first, and the newest counts.
    Raises LinkUpError for a link-up that has ended or rests.
    """
    locked = LinkUp.objects.select_for_update().get(pk=link_up.pk)
    on = timezone.localdate(at)
    if locked.ended_on is not None:
        raise LinkUpError(
            _("This link-up has ended. Ring your coach if there is something to say.")
        )
    if rests_on(locked, on):
        raise LinkUpError(_("Your link-up is resting. Your coach will ring you."))
    told = words.strip() if answer == HowWasIt.Answer.HARD else ""
    last = said_in(locked, week_of(on))
    if last is not None and last.answer == answer and told in ("", last.words):
        return last
    if answer == HowWasIt.Answer.HARD:
        _plan_a_call(locked, on)
    return HowWasIt.objects.create(
        link_up=locked, week=week_of(on), answer=answer, words=told, by=by, at=at
    )


def said_in(link_up: LinkUp, week: date) -> HowWasIt | None:
    """Give the answer that counts for a week, or None where nobody said."""
    return HowWasIt.objects.newest().filter(link_up=link_up, week=week).first()


def ask(at: datetime) -> None:
    """From each Friday morning on, write once to supporters who haven't said how it was. A deed of the clock.

    A link-up that began in the seven days before the Friday is not asked about yet.
    """
    here = timezone.localtime(at)
    if here.weekday() < FRIDAY or here.hour < MORNING:
        return
    week = week_of(here.date())
    said = HowWasIt.objects.filter(week=week)
    waiting = list(
        LinkUp.objects.going()
        .filter(started_on__lte=week + timedelta(days=FRIDAY) - FIRST_WEEK)
        .exclude(pk__in=said.values("link_up"))
        .select_related("supporter")
        .order_by("pk")
    )
    keys = {one.pk: f"how was it {week:%G-W%V}, link-up {one.pk}" for one in waiting}
    told = Told.objects.filter(key__startswith=f"how was it {week:%G-W%V},")
    done, resting = set(told.values_list("key", flat=True)), resting_among(keys)
    for link_up in waiting:
        if keys[link_up.pk] not in done and link_up.pk not in resting:
            tell_once(
                helpers_of(link_up.supporter),
                key=keys[link_up.pk],
                about="matching/how_was_it",
                page=to("how_was_it", id=link_up.pk),
                at=at,
            )


def _plan_a_call(link_up: LinkUp, on: date) -> None:
    """Let the coach have a call to the supporter to make by this day; one that is due already will do."""
    calls = Contact.objects.filter(link_up=link_up, side=Contact.Side.SUPPORTER)
    if calls.open().filter(due_on__lte=on).exists():
        return
    if calls.filter(due_on=on).exists():  # made this morning, before it was hard
        on += timedelta(days=1)
    Contact.objects.get_or_create(link_up=link_up, side=Contact.Side.SUPPORTER, due_on=on)
