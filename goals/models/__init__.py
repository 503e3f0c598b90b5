"""What families want, where they say it stands, and how they say life is."""

from goals.models.goal import (
    Goal,
    GoalHorizon,
    GoalQuerySet,
    GoalStanding,
    Rating,
    RatingScorer,
    Theme,
)
from goals.models.web import WebDomain, WebMark, WellbeingWeb

__all__ = [
    "Goal",
    "GoalHorizon",
    "GoalQuerySet",
    "GoalStanding",
    "Rating",
    "RatingScorer",
    "Theme",
    "WebDomain",
    "WebMark",
    "WellbeingWeb",
]
