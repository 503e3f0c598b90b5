"""Worries and promises that may need a coach, one reason a function; matching.reading.today puts them in order.

A newcomer would tell the coach why somebody is not cleared or was blocked. The row says what to do; the reasons stand
on pages that write down who opened them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Goal, Rating
from matching.models import Contact, LinkUp
from people.models import User
from people.saying import plain_day
from safeguarding.clearance import clearances

FELL_BY = 3  # a fall of three on a line of ten is more than a bad day
LOOKED_BACK = timedelta(days=14)
SAFETY, ASKED, DATED, OTHERS, LONGEST, QUIET = range(6)


@dataclass(frozen=True)
class Need:
    """One row: somebody who needs the coach, why, and the one thing to do about it.

    `kind` is the reason as matching.reading.folding counts it; "" for one that is never folded away.
    """

    group: int
    since_on: date
    shape: str
    reason: str
    who: str
    words: str
    url: str
    label: str
    kind: str = ""


def not_cleared(going: list[LinkUp], on: date) -> Iterator[Need]:
    """Link-ups whose supporter is not cleared today, or not until the planned end. Three queries."""
    cleared = clearances(
        family_ids=[one.supporter.family_id for one in going if one.supporter.family_id],
        volunteer_ids=[one.supporter.volunteer_id for one in going if one.supporter.volunteer_id],
        until_on=on,
    )
    for link_up in going:
        helper = link_up.supporter
        found = (
            cleared.families[helper.family_id]
            if helper.family_id
            else cleared.volunteers[helper.volunteer_id or 0]
        )
        url, label = _beside(link_up)
        if not found.ok:
            words = _(
                "Their link-up with %(family)s rests until they are cleared again. Ring both sides, "
                "and see what is missing."
            )
            yield Need(
                SAFETY,
                link_up.started_on,
                "diamond",
                _("Safety. Not cleared today"),
                str(helper),
                words % {"family": link_up.family},
                url,
                label,
            )
        elif found.until_on and found.until_on < link_up.planned_end_on:
            words = _(
                "They are cleared until %(day)s, and beside %(family)s until %(end)s. Something runs out."
            )
            yield Need(
                DATED,
                found.until_on,
                "half",
                _("A date is in the way"),
                str(helper),
                words
                % {
                    "day": plain_day(found.until_on),
                    "family": link_up.family,
                    "end": plain_day(link_up.planned_end_on),
                },
                url,
                label,
            )


def _beside(link_up: LinkUp) -> tuple[str, str]:
    """Give where the coach does something about it: the supporter's own list where they are theirs, too."""
    helper = link_up.supporter.family or link_up.supporter.volunteer
    assert helper is not None, "a supporter is one of the two"
    if helper.coach_id != link_up.family.coach_id:
        return reverse("matching:link_up", kwargs={"id": link_up.pk}), _("See the link-up")
    kind = "families" if link_up.supporter.family_id else "volunteers"
    url = reverse("safeguarding:clearance", kwargs={"kind": kind, "id": helper.pk})
    return url, _("See what is missing")


def fallen(user: User, on: date) -> Iterator[Need]:
    """Goals on which one voice fell by three or more since it last spoke; a contact since then clears it. One query."""
    lately = Rating.objects.filter(goal__family__coach=user, at__date__gt=on - LOOKED_BACK)
    spoken = Contact.objects.filter(
        link_up__family=OuterRef("goal__family"), done_on__gt=on - LOOKED_BACK
    ).order_by("-done_on")
    ratings = (
        Rating.objects.filter(goal__in=lately.values("goal"), goal__standing=Goal.Standing.ACTIVE)
        .annotate(spoken_on=Subquery(spoken.values("done_on")[:1]))
        .select_related("goal__family")
        .order_by("at", "pk")
    )
    voices: dict[tuple[int, str, int | None], list[Rating]] = defaultdict(list)
    for rating in ratings:
        voices[rating.goal_id, rating.scorer, rating.by_id].append(rating)
    for said in voices.values():
        family, last_on = said[-1].goal.family, timezone.localdate(said[-1].at)
        fell = len(said) > 1 and said[-2].value - said[-1].value >= FELL_BY
        spoken_on: date | None = getattr(said[-1], "spoken_on", None)
        heard = spoken_on is not None and spoken_on >= last_on
        if not fell or heard or last_on <= on - LOOKED_BACK:
            continue
        words = _("“%(goal)s” went from %(before)d to %(now)d, %(who)s said. Ask how things are.")
        yield Need(
            ASKED,
            last_on,
            "diamond",
            _("A goal fell by three or more"),
            family.display_name,
            words
            % {
                "goal": said[-1].goal.words,
                "before": said[-2].value,
                "now": said[-1].value,
                "who": said[-1].get_scorer_display().lower(),
            },
            reverse("matching:family", kwargs={"id": family.pk}),
            _("Open the family"),
            "fell",
        )


def due(contacts: Iterable[Contact], on: date) -> Iterator[Need]:
    """Calls and visits due by today: one row for a link-up, with the oldest first."""
    by_link_up: dict[int, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.due_on <= on:
            by_link_up[contact.link_up_id].append(contact)
    for found in by_link_up.values():
        first = found[0]
        yield Need(
            DATED,
            first.due_on,
            "half",
            how_late(first.due_on, on),
            _("%(family)s and %(supporter)s")
            % {"family": first.link_up.family, "supporter": first.link_up.supporter},
            sides_in_words({contact.side for contact in found}),
            reverse("matching:contact", kwargs={"id": first.pk}),
            _("Note the call"),
            "due",
        )


def how_late(due_on: date, on: date) -> str:
    """Say how late something is that was due by a day: "Due today", "Overdue by 3 days"."""
    late = (on - due_on).days
    if not late:
        return _("Due today")
    return ngettext("Overdue by a day", "Overdue by %(days)d days", late) % {"days": late}


def sides_in_words(sides: set[str]) -> str:
    """Give what to do for the sides that are due: both are rung apart, and a child is asked for itself."""
    adults = sides - {Contact.Side.CHILD}
    if len(adults) > 1:
        words = _("Ring both sides, apart.")
    elif Contact.Side.SUPPORTER in adults:
        words = _("Ring the supporter.")
    elif adults:
        words = _("Ring the family.")
    else:
        return _("Ask the children how it is for them.")
    return (
        f"{words} {_('Ask the children how it is for them.')}"
        if len(sides) > len(adults)
        else words
    )
