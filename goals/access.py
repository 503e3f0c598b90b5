"""The door of this app: a goal is opened by its own family and by the coach who looks after that family."""

from django.db.models import Q
from django.http import Http404

from goals.models import Goal
from people.models import Family, User


def goal_for(user: User, goal_id: int) -> Goal:
    """Give a goal that this user may see; 404 for any other, so that nothing is learnt by asking."""
    goal = (
        Goal.objects.select_related("family", "theme")
        .filter(Q(family__guardians__user=user) | Q(family__coach=user), pk=goal_id)
        .distinct()
        .first()
    )
    if goal is None:
        raise Http404
    return goal


def own_goal(family: Family, goal_id: int) -> Goal:
    """Give one of this family's goals; 404 for any other."""
    goal = Goal.objects.select_related("family", "theme").filter(family=family, pk=goal_id).first()
    if goal is None:
        raise Http404
    return goal
