"""What families want, in their own words, and where they say it stands.

A rating is never averaged with another person's: who said it is part of it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models import Family
from people.models.choices import one_of


class Theme(models.Model):
    """A word for what goals are about: a short tree, the programme's own."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    shanarri = models.CharField("wellbeing word", max_length=16, blank=True)
    outcome = models.CharField("Supporting Families outcome", max_length=80, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GoalQuerySet(models.QuerySet["Goal"]):
    """Questions asked about goals."""

    def active(self) -> "GoalQuerySet":
        """Give the goals that a family is working on now."""
        return self.filter(standing=Goal.Standing.ACTIVE)


class GoalHorizon(models.TextChoices):
    """When they hope for it (short, medium and long, after Shetland's Anchor project)."""

    SHORT = "short", "In the next few weeks"
    MEDIUM = "medium", "In a few months"
    LONG = "long", "One day"


class GoalStanding(models.TextChoices):
    """Where it is."""

    ACTIVE = "active", "Working on it"
    REACHED = "reached", "Reached"
    SET_ASIDE = "set_aside", "Set aside"


class Goal(models.Model):
    """Something a family wants to be different."""

    Horizon = GoalHorizon
    Standing = GoalStanding
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="goals")
    words = models.CharField("in your own words", max_length=280)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )
    horizon = models.CharField(max_length=8, choices=Horizon, default=Horizon.MEDIUM)
    hope = models.PositiveSmallIntegerField(
        "where you would like to be, 0 to 10", null=True, blank=True
    )
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.ACTIVE)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals_set",
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            one_of("horizon", GoalHorizon, name="goals_goal_horizon"),
            one_of("standing", GoalStanding, name="goals_goal_standing"),
            models.CheckConstraint(
                condition=Q(hope__isnull=True) | Q(hope__gte=0, hope__lte=10),
                name="goals_goal_hope",
            ),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class RatingScorer(models.TextChoices):
    """Whose view it is."""

    GUARDIAN = "guardian", "Parent or carer"
    CHILD = "child", "Child"
    COACH = "coach", "Coach"


class Rating(models.Model):
    """Where somebody says a goal stands, 0 to 10, at a moment."""

    Scorer = RatingScorer
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    value = models.PositiveSmallIntegerField()
    scorer = models.CharField(max_length=8, choices=Scorer)
    words = models.CharField(max_length=280, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ratings",
    )
    # Made with the form, so that pressing twice keeps one; none for what came in another way.
    client_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            one_of("scorer", RatingScorer, name="goals_rating_scorer"),
            models.UniqueConstraint(fields=["goal", "client_id"], name="goals_rating_once"),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=10), name="goals_rating_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} of 10"
