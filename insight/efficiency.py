"""How quickly and how fully the programme does what it promises. Queries in, plain numbers out."""

from statistics import median

from django.db.models import F, Min, Q
from django.utils.translation import gettext as _

from insight.figures import Figure, Period
from matching.models import Contact, LinkUp
from people.models import Family


def placed(period: Period) -> Figure:
    """Give how many of the families that asked in the period have been linked since."""
    asked = Family.objects.filter(
        Q(wants_link_up=True) | Q(link_ups__isnull=False),
        applied_on__gte=period.first_on,
        applied_on__lte=period.last_on,
    ).distinct()
    linked = asked.filter(link_ups__started_on__lte=period.last_on).distinct()
    n = asked.count()
    return Figure(
        slug="placed",
        title=_("families who asked have been linked"),
        definition=_(
            "Families who asked in this time and have had a link-up since, of all who asked in it."
        ),
        value=linked.count() if n else None,
        of=n,
        n=n,
        missing=0,
        period=period,
    )


def days_to_link_up(period: Period) -> Figure:
    """Give the median number of days from asking to the first link-up, for link-ups begun in the period."""
    firsts = LinkUp.objects.values("family").annotate(
        first_on=Min("started_on"), applied_on=F("family__applied_on")
    )
    begun = [
        (row["first_on"] - row["applied_on"]).days
        for row in firsts.filter(first_on__gte=period.first_on, first_on__lte=period.last_on)
    ]
    waits = [days for days in begun if days >= 0]
    return Figure(
        slug="days-to-link-up",
        title=_("days from asking to hello, for the family in the middle"),
        definition=_(
            "The median of the days between asking and a first link-up, for first link-ups begun in this time. "
            "Families still waiting are not in it. Missing: link-ups dated before the asking."
        ),
        value=round(median(waits)) if waits else None,
        of=None,
        n=len(waits),
        missing=len(begun) - len(waits),
        period=period,
        unit="days",
    )


def contacts_on_time(period: Period) -> Figure:
    """Give how many of the contacts due in the period were made by a week after their day."""
    due = Contact.objects.filter(due_on__gte=period.first_on, due_on__lte=period.last_on)
    made = [
        (contact.done_on - contact.due_on).days <= 7
        for contact in due.filter(done_on__isnull=False).only("done_on", "due_on")
        if contact.done_on is not None
    ]
    n = due.count()
    return Figure(
        slug="contacts-on-time",
        title=_("coach’s calls and visits made on time"),
        definition=_(
            "Calls and visits due in this time and made at most a week late. The aim is 9 of 10."
        ),
        value=sum(made) if n else None,
        of=n,
        n=n,
        missing=0,
        period=period,
    )
