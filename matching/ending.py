"""The end of a link-up, which is planned from the first day: moved for a reason, and looked back on.

A newcomer would count an early end as a failure. It may be early and done; and an end that is moved without a reason is
a link-up that nobody dares to end (field.md 2.2).
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.cadence import plan_contacts
from matching.comparing import planned_end_on
from matching.linkups import LONGEST_WEEKS, LinkUpError, is_early
from matching.models import Extension, LinkUp, LookBack
from matching.notices import adults_of, helpers_of, to
from people.letters import tell
from people.models import User
from people.saying import plain_day
from safeguarding.clearance import Clearance, family_cleared, volunteer_cleared


def latest_end_on(link_up: LinkUp) -> date:
    """Give the last day to which the planned end may be moved: the programme's longest link-up."""
    return planned_end_on(link_up.started_on, weeks=LONGEST_WEEKS)


def more_weeks(link_up: LinkUp) -> list[int]:
    """Give by how many weeks the planned end may still be moved; none when the link-up is as long as one may be."""
    left = (latest_end_on(link_up) - link_up.planned_end_on).days // 7
    return list(range(1, left + 1))


@transaction.atomic
def extend(*, link_up: LinkUp, weeks: int, why: str, by: User, at: datetime) -> Extension:
    """Move the planned end by whole weeks, plan the coach's further calls, and write to both sides.

    A second press finds the end moved already and gives the first extension. Raises LinkUpError for one that has ended,
    one that would grow longer than the programme's longest, a reason left out, or a supporter who isn't cleared until
    the new end.
    """
    locked = LinkUp.objects.select_for_update().get(pk=link_up.pk)
    if locked.planned_end_on != link_up.planned_end_on:
        return _moved_already(link_up, weeks)
    if locked.ended_on is not None:
        raise LinkUpError(_("This link-up has ended. They can always come back."))
    if not why.strip():
        raise LinkUpError(_("Say why they would like longer."))
    if weeks not in more_weeks(locked):
        raise LinkUpError(_("A link-up lasts 30 weeks at most."))
    before, after = locked.planned_end_on, locked.planned_end_on + timedelta(weeks=weeks)
    _must_be_cleared(locked, on=timezone.localdate(at), until_on=after)
    made = Extension.objects.create(
        link_up=locked, from_on=before, to_on=after, why=why.strip(), by=by, at=at
    )
    locked.planned_end_on = after
    locked.save(update_fields=["planned_end_on"])
    plan_contacts(locked, after=before)
    tell(
        [*adults_of([locked.family]), *helpers_of(locked.supporter)],
        about="matching/extended",
        page=to("link_up", id=locked.pk),
    )
    return made


def may_look_back(link_up: LinkUp, *, on: date) -> bool:
    """Say whether it is time to look back: from the last fortnight on, and always once it has ended."""
    return link_up.ended_on is not None or not is_early(link_up, on=on)


@transaction.atomic
def look_back(
    *, link_up: LinkUp, side: str, voice: str, words: str, by: User, at: datetime
) -> LookBack:
    """Keep a line from one side ("family", "supporter") or from a child of that side.

    The same line again changes nothing; another stands beside the first. Raises LinkUpError for no words, or a voice
    that isn't the side's own.
    """
    LinkUp.objects.select_for_update().get(pk=link_up.pk)
    said = words.strip()
    if not said:
        raise LinkUpError(_("Write a line first."))
    if voice not in (side, LookBack.Voice.CHILD):
        raise LinkUpError(_("Say whose line it is."))
    again = link_up.looks_back.filter(side=side, voice=voice, words=said, by=by).first()
    return again or LookBack.objects.create(
        link_up=link_up, side=side, voice=voice, words=said, by=by, at=at
    )


def _moved_already(link_up: LinkUp, weeks: int) -> Extension:
    before = link_up.planned_end_on
    made = Extension.objects.filter(link_up=link_up, from_on=before).first()
    if made is None or made.to_on != before + timedelta(weeks=weeks):
        raise LinkUpError(_("The planned end was moved meanwhile. Look at it once more."))
    return made


def _must_be_cleared(link_up: LinkUp, *, on: date, until_on: date) -> None:
    helper = link_up.supporter
    found: Clearance
    if helper.family is not None:
        found = family_cleared(helper.family, on=on, until_on=until_on)
    else:
        assert helper.volunteer is not None, "a supporter is one of the two"
        found = volunteer_cleared(helper.volunteer, on=on, until_on=until_on)
    if not found.ok:
        words = _("%(supporter)s isn’t cleared until %(day)s. %(why)s Put that right first.")
        raise LinkUpError(
            words
            % {
                "supporter": helper,
                "day": plain_day(until_on, with_year=True),
                "why": " ".join(found.reasons),
            }
        )
