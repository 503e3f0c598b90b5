"""Looking at a goal again: where it stands, and whether it is reached or set aside.

A rating is added, never changed: somebody who sees it differently tomorrow says so tomorrow. Every person's view is
kept beside the others' and none is averaged away.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goals.models import Goal, Rating
from goals.setting import make_room
from people.models import User


class NotOnTheLine(ValueError):
    """The number is not a whole number from 0 to 10."""

    words = _("Pick a number from 0 to 10.")


def rate(
    *,
    goal: Goal,
    value: int,
    scorer: str,
    words: str,
    by: User,
    at: datetime,
    client_id: UUID | None = None,
) -> Rating:
    """Give a new rating: `scorer` says whose view it is, `by` who wrote it down. Raises NotOnTheLine.

    The same `client_id` again gives the first one.
    """
    if not 0 <= value <= 10:
        raise NotOnTheLine
    said = {"value": value, "scorer": scorer, "words": words.strip(), "at": at, "by": by}
    if client_id is None:
        return Rating.objects.create(goal=goal, **said)
    with transaction.atomic():
        # Held, so that two presses at the same moment come one after the other.
        Goal.objects.select_for_update().get(pk=goal.pk)
        made, _is_new = Rating.objects.get_or_create(goal=goal, client_id=client_id, defaults=said)
    return made


def reach(*, goal: Goal, by: User, at: datetime) -> None:
    """Mark a goal as reached. Doing so twice changes nothing."""
    _stand(goal, Goal.Standing.REACHED)


def set_aside(*, goal: Goal, by: User, at: datetime) -> None:
    """Set a goal aside: not now, perhaps never. Nobody is asked why."""
    _stand(goal, Goal.Standing.SET_ASIDE)


def take_up_again(*, goal: Goal, by: User, at: datetime) -> None:
    """Work on a goal again. Raises TooManyGoals when the family works on three others."""
    with transaction.atomic():
        fresh = Goal.objects.select_related("family").get(pk=goal.pk)
        if fresh.standing != Goal.Standing.ACTIVE:
            make_room(fresh.family)
            _stand(goal, Goal.Standing.ACTIVE)


def _stand(goal: Goal, standing: str) -> None:
    goal.standing = standing
    goal.save(update_fields=["standing"])
