"""Half-told answers of somebody who is joining, so that any phone can go on where another stopped."""

from django.conf import settings
from django.db import models


class Joining(models.Model):
    """One person's answers so far, each already checked. Removed in the same transaction that makes them a member."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="joining"
    )
    answers = models.JSONField(default=dict)  # slug of a question → what its form kept
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "joining"

    def __str__(self) -> str:
        return f"joining {self.pk}"
