"""What happens here when a family joins: the goal they told us becomes theirs, in the same transaction."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from goals.models import Theme
from goals.questions import horizon_of
from goals.setting import set_goal
from people.models import Family, User
from people.signals import family_joined


@receiver(family_joined)
def set_the_first_goal(
    family: Family, by: User, answers: dict[str, Any], at: datetime, **_: Any
) -> None:
    """Set the goal; a family that told us none has none yet."""
    if "goal" not in answers:
        return
    about, line = answers.get("about", {}), answers.get("line", {})
    set_goal(
        family=family,
        words=answers["goal"]["words"],
        theme=Theme.objects.filter(slug=about.get("theme", "")).first(),
        horizon=horizon_of(about.get("horizon", "unsure")),
        hope=line.get("hope"),
        rating=line.get("rating"),
        by=by,
        at=at,
    )
