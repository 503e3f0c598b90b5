"""Setting a goal. A family works on three at most: more would be a list, and lists are not kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goals.models import Goal, Rating, Theme
from people.models import Family, User

MOST_ACTIVE = 3


class TooManyGoals(Exception):
    """The family already works on three goals."""

    words = _(
        "You have three goals already. Mark one as reached, or set one aside, and then add this one."
    )


def set_goal(
    *,
    family: Family,
    words: str,
    theme: Theme | None,
    horizon: str,
    hope: int | None,
    rating: int | None,
    by: User,
    at: datetime,
) -> Goal:
    """Give a new active goal, with where the family says it stands today if they said so (0 to 10).

    Raises TooManyGoals when three are active.
    """
    with transaction.atomic():
        make_room(family)
        goal = Goal.objects.create(
            family=family,
            words=words.strip(),
            theme=theme,
            horizon=horizon or Goal.Horizon.MEDIUM,
            hope=hope,
            set_at=at,
            set_by=by,
        )
        if rating is not None:
            Rating.objects.create(
                goal=goal, value=rating, scorer=Rating.Scorer.GUARDIAN, at=at, by=by
            )
    return goal


def make_room(family: Family) -> None:
    """Hold the family's row, so that two presses count one after the other; raise TooManyGoals when it is full."""
    Family.objects.select_for_update().get(pk=family.pk)
    if Goal.objects.active().filter(family=family).count() >= MOST_ACTIVE:
        raise TooManyGoals
