"""Who opened which family's record, and why. Written in the same transaction as the reading: no event, no data."""

from django.conf import settings
from django.db import models

from people.models import Family
from people.models.choices import one_of


class AccessEventPurpose(models.TextChoices):
    """Why it was opened."""

    COACHING = "coaching", "Looking after the family"
    MATCHING = "matching", "Finding a match"
    HOURS = "hours", "Writing down hours"
    SAFEGUARDING = "safeguarding", "Keeping somebody safe"


class AccessEvent(models.Model):
    """One opening of one family's record by somebody who is not of that family (trust.md SG-07)."""

    Purpose = AccessEventPurpose
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="openings"
    )
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="openings")
    purpose = models.CharField(max_length=16, choices=Purpose)
    page = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [one_of("purpose", AccessEventPurpose, name="safeguarding_access_purpose")]
        indexes = [models.Index(fields=["family", "at"])]

    def __str__(self) -> str:
        return f"opening {self.pk}"
