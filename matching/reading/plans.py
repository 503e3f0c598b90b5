"""Plans as a link-up's page lists them, ideas that fit its goals, and what a home page asks about them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from matching.linkups import side_of
from matching.models import Idea, LinkUp, Plan
from people.models import Child, User

MOST_IDEAS = 3
LOOKS_BACK = timedelta(days=8)  # asked about for a week, then let be


@dataclass(frozen=True)
class PlanRow:
    """One plan from a reader's side: a shape and a word, and what this reader may do about it."""

    plan: Plan
    shape: str
    standing: str
    is_over: bool
    answers: bool


def plans_of(link_up: LinkUp, *, reader: User, on: date) -> list[PlanRow]:
    """Give the plans that are open or were lately, soonest first, in one query; at most ten are open."""
    side = "" if link_up.ended_on else side_of(link_up, reader)
    lately = Q(standing=Plan.Standing.DROPPED, on__gte=on)
    still = Q(standing__in=[Plan.Standing.SUGGESTED, Plan.Standing.AGREED], on__gte=on - LOOKS_BACK)
    return [_row(plan, side, on) for plan in link_up.plans.filter(still | lately)[:20]]


def ideas_for(link_up: LinkUp) -> list[Idea]:
    """Give up to three ideas for the goals' themes and their parents, for children of these ages, what they like first.

    Three queries. Ages and likes are both sides' children's; no idea says whose.
    """
    themes = {
        theme
        for pair in link_up.goals.values_list("theme", "theme__parent")
        for theme in pair
        if theme is not None
    }
    families = [link_up.family_id, link_up.supporter.family_id]
    children = list(Child.objects.filter(family__in=[one for one in families if one]))
    likes = {like.casefold() for child in children for like in child.interests}
    planned = set(link_up.plans.values_list("what", flat=True))
    fitting = [
        idea
        for idea in Idea.objects.filter(theme__in=themes)
        if idea.words not in planned and _suits(idea, children)
    ]
    fitting.sort(key=lambda idea: (-len(likes & set(idea.likes)), idea.reference))
    return fitting[:MOST_IDEAS]


def asked_of(user: User, link_ups: QuerySet[LinkUp], *, on: date) -> Plan | None:
    """Give the plan that this person is asked about, in one query: what the other side suggested comes first, then what
    both agreed to and whose day went by last week.
    """
    theirs = Q(said_by=Plan.Side.SUPPORTER, link_up__family__guardians__user=user) | Q(
        Q(link_up__supporter__family__guardians__user=user)
        | Q(link_up__supporter__volunteer__user=user),
        said_by=Plan.Side.FAMILY,
    )
    to_answer = theirs & Q(standing=Plan.Standing.SUGGESTED, on__gte=on)
    gone_by = Q(standing=Plan.Standing.AGREED, on__lt=on, on__gte=on - LOOKS_BACK)
    open_ones = Plan.objects.filter(link_up__in=link_ups.values("pk"))
    return open_ones.filter(to_answer | gone_by).order_by("-standing", "on", "id").first()


def _row(plan: Plan, side: str, on: date) -> PlanRow:
    is_over = plan.on < on
    answers = bool(side) and plan.standing == Plan.Standing.SUGGESTED and plan.said_by != side
    if plan.standing == Plan.Standing.DROPPED:
        shape, words = "diamond", _("Dropped")
    elif plan.standing == Plan.Standing.AGREED:
        shape, words = "full", _("Agreed")
    elif answers:
        shape, words = "half", _("Say yes, or another day")
    else:
        shape, words = "empty", _("Waiting for the other side")
    return PlanRow(plan, shape, words, is_over, answers and not is_over)


def _suits(idea: Idea, children: list[Child]) -> bool:
    ages = [tuple(int(age) for age in child.age_band.split("-")) for child in children]
    return not ages or any(young <= idea.oldest and old >= idea.youngest for young, old in ages)
