"""Consent: one purpose at a time, in the words that were shown, given or withdrawn.

Append-only. A withdrawal is a new row; what holds today is the newest row of a purpose.
"""

from datetime import datetime

from django.conf import settings
from django.db import models

from people.models.choices import one_of


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions asked about consent."""

    def holds(self, *, user: object, purpose: str, at: datetime) -> bool:
        """Say whether `user` had consented to `purpose` at that moment."""
        newest = self.filter(user=user, purpose=purpose, at__lte=at).order_by("-at", "-id").first()
        return newest is not None and newest.given


class ConsentPurpose(models.TextChoices):
    """What the yes is for."""

    LINK_UP = "link_up", "Showing us to families we might be linked with"
    RECORDED_FOR = "recorded_for", "A broker writing down hours for me"
    STORY = "story", "Telling our story"


class Consent(models.Model):
    """Somebody said yes, or took it back."""

    Purpose = ConsentPurpose
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=24, choices=Purpose)
    wording = models.CharField("version of the words shown", max_length=24)
    given = models.BooleanField()
    at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            one_of("purpose", ConsentPurpose, name="people_consent_purpose"),
            models.UniqueConstraint(
                fields=["user", "purpose", "wording", "given", "at"], name="people_consent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {'given' if self.given else 'withdrawn'}"
