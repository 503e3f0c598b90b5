"""What became of it, as families and supporters tell it. Queries in, plain numbers out.

None of these can say that Kith made it happen: there is nobody to compare with (IM-06, IM-08).
"""

from collections import defaultdict

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from goals.models import Rating
from insight.figures import Figure, Period
from matching.models import LinkUp
from timebank.models import Transfer

RISE = 2  # steps of ten; smaller moves are within how people feel on the day


def goals_up(period: Period) -> Figure:
    """Give how many goals went up by two or more, by the family's own ratings."""
    ratings: dict[int, list[int]] = defaultdict(list)
    told = Rating.objects.filter(scorer=Rating.Scorer.GUARDIAN, at__date__lte=period.last_on)
    in_period = set(told.filter(at__date__gte=period.first_on).values_list("goal_id", flat=True))
    for goal_id, value in (
        told.filter(goal_id__in=in_period).order_by("at", "id").values_list("goal_id", "value")
    ):
        ratings[goal_id].append(value)
    twice = [values for values in ratings.values() if len(values) > 1]
    return Figure(
        slug="goals-up",
        title=_("goals went up by two or more"),
        definition=_(
            "Goals that a parent or carer rated in this time and had rated before: the newest rating against the "
            "first. Missing: goals rated only once."
        ),
        value=sum(values[-1] - values[0] >= RISE for values in twice) if twice else None,
        of=len(twice),
        n=len(twice),
        missing=len(ratings) - len(twice),
        period=period,
    )


def hours_given(period: Period) -> Figure:
    """Give the minutes that people gave each other in the period, corrections taken off."""
    given = Transfer.objects.filter(
        kind__in=[Transfer.Kind.LINK_UP, Transfer.Kind.EXCHANGE],
        happened_at__date__gte=period.first_on,
        happened_at__date__lte=period.last_on,
        reversed_by__isnull=True,
    ).aggregate(minutes=Sum("minutes"), times=Count("id"))
    return Figure(
        slug="hours-given",
        title=_("given to one another"),
        definition=_(
            "Confirmed time in link-ups and between neighbours. Times put right later are left out."
        ),
        value=given["minutes"] if given["times"] else None,
        of=None,
        n=given["times"],
        missing=0,
        period=period,
        unit="minutes",
    )


def ended_well(period: Period) -> Figure:
    """Give how many of the link-ups that ended in the period came to their end or were done early."""
    ended = LinkUp.objects.filter(ended_on__gte=period.first_on, ended_on__lte=period.last_on)
    n = ended.count()
    well = ended.filter(ending__in=[LinkUp.Ending.DONE, LinkUp.Ending.EARLY_DONE]).count()
    return Figure(
        slug="ended-well",
        title=_("link-ups that ended came to a good end"),
        definition=_(
            "Link-ups that ended in this time because they were done, on the day or early."
        ),
        value=well if n else None,
        of=n,
        n=n,
        missing=0,
        period=period,
    )
