"""Concerns: somebody is worried about somebody. Append-only: what is done about one is added, never changed."""

from django.conf import settings
from django.db import models

from people.models import Family
from people.models.choices import one_of


class ConcernLevel(models.TextChoices):
    """Who deals with it; it only ever climbs. At any level only a lead can open it, and decides who else must know."""

    BRONZE = "bronze", "Bronze: our lead may ask a coach to help"
    SILVER = "silver", "Silver: our lead deals with it"
    GOLD = "gold", "Gold: our lead tells the council’s duty lead"


class Concern(models.Model):
    """A worry in the words it was told in. Raised with or without an account."""

    Level = ConcernLevel
    words = models.TextField(max_length=5000)
    about = models.TextField("who it is about", max_length=300, blank=True)
    reach = models.CharField("how to reach who told us", max_length=200, blank=True)
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns_raised",
    )
    raised_at = models.DateTimeField()
    level = models.CharField(max_length=8, choices=Level, default=Level.BRONZE)

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [one_of("level", ConcernLevel, name="safeguarding_concern_level")]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    @property
    def shape(self) -> str:
        """The mark its level is drawn with; the word always stands beside it."""
        return {"bronze": "empty", "silver": "half", "gold": "diamond"}[self.level]


class ConcernAction(models.Model):
    """What somebody did about a concern, and why."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="actions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="concern_actions"
    )
    at = models.DateTimeField()
    words = models.TextField(max_length=5000)
    level = models.CharField(max_length=8, choices=Concern.Level)

    class Meta:
        ordering = ["at", "id"]
        constraints = [one_of("level", ConcernLevel, name="safeguarding_action_level")]

    def __str__(self) -> str:
        return f"action {self.pk} on concern {self.concern_id}"
