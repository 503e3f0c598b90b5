"""Where it has gone quiet: a link-up of which nobody hears, and families whom no reason of their own brings up.

A newcomer would wait for a bad sign. A match that breaks up unheard leaves people worse off than none (field.md 2.3),
and a family that asks for nothing is forgotten first.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.models import Contact, LinkUp
from matching.models.linkup import LinkUpQuerySet
from matching.reading.needs import OTHERS, QUIET, Need
from messaging.models import Conversation, Message
from people.models import Family, User

# Once a link-up has settled, no programme leaves more than four weeks between two contacts (field.md 2.2).
SILENCE = timedelta(weeks=4)
# Whoever takes a break is asked a quarter of a year later, as the programmes do that ring quarterly.
SILENCE_IN_A_PAUSE = timedelta(weeks=12)


def with_signs(link_ups: LinkUpQuerySet) -> LinkUpQuerySet:
    """Give link-ups with when somebody last wrote, met, or was rung, for `silent`; no further query."""
    said = Message.objects.filter(conversation=OuterRef("conversation")).order_by("-id")
    noted = Contact.objects.filter(link_up=OuterRef("pk"), done_on__isnull=False)
    return link_ups.annotate(
        last_said_at=Subquery(said.values("at")[:1]),
        last_met_on=Max("times_together__exchange__happened_on"),
        last_noted_on=Subquery(noted.order_by("-done_on").values("done_on")[:1]),
    )


def silent(going: Iterable[LinkUp], contacts: Iterable[Contact], on: date) -> Iterator[Need]:
    """Link-ups of `with_signs` in which nothing was written down, said or noted for four weeks. No query.

    Where a call is due already, its own row asks for it.
    """
    asked_for = {one.link_up_id for one in contacts if one.due_on <= on}
    for link_up in going:
        last_on = _last(link_up, "last_said_at", "last_met_on", "last_noted_on", link_up.started_on)
        if link_up.pk in asked_for or on - last_on < SILENCE:
            continue
        yield Need(
            OTHERS,
            last_on,
            "dotted",
            _("Nothing heard for %(weeks)d weeks") % {"weeks": (on - last_on).days // 7},
            _("%(family)s and %(supporter)s")
            % {"family": link_up.family, "supporter": link_up.supporter},
            _("Nobody wrote, met or was rung. Ask both sides how it goes."),
            reverse("matching:link_up", kwargs={"id": link_up.pk}),
            _("See the link-up"),
            "silent",
        )


def not_talked_with(user: User, on: date) -> Iterator[Need]:
    """Families in no link-up with whom their coach has not talked here since they were welcomed, or for weeks.

    One query. Those who are new wait for a hello, which is a reason of its own.
    """
    going = LinkUp.objects.going()
    families = (
        Family.objects.looked_after_by(user)
        .exclude(standing__in=[Family.Standing.APPLIED, Family.Standing.LEFT])
        .exclude(pk__in=going.values("family"))
        .exclude(pk__in=going.filter(supporter__family__isnull=False).values("supporter__family"))
        .annotate(last_said_at=_last_word(), last_noted_on=_last_call())
    )
    for family in families:
        last_on = _last(family, "last_said_at", "last_noted_on", family.applied_on)
        paused = family.standing == Family.Standing.PAUSED
        if on - last_on < (SILENCE_IN_A_PAUSE if paused else SILENCE):
            continue
        yield Need(
            QUIET,
            last_on,
            "dotted",
            _("Not talked with for %(weeks)d weeks") % {"weeks": (on - last_on).days // 7},
            family.display_name,
            _("They are taking a break. Ask how they are, and whether it’s time to go on.")
            if paused
            else _("A line here would do. If you rang, write that you did."),
            reverse("matching:family", kwargs={"id": family.pk}) + "#reach",
            _("Get in touch"),
            "quiet",
        )


def _last_word() -> Subquery:
    said = Message.objects.filter(
        conversation__kind=Conversation.Kind.COACH,
        conversation__participants__user__guardian__family=OuterRef("pk"),
    )
    return Subquery(said.order_by("-id").values("at")[:1])


def _last_call() -> Subquery:
    made = Contact.objects.filter(link_up__family=OuterRef("pk"), done_on__isnull=False)
    return Subquery(made.order_by("-done_on").values("done_on")[:1])


def _last(row: object, *signs: str | date) -> date:
    """Give the newest of the days and moments named; the last is a day that is always there."""
    found = [getattr(row, sign) if isinstance(sign, str) else sign for sign in signs]
    days = (timezone.localdate(one) if isinstance(one, datetime) else one for one in found if one)
    return max(days)
