"""What somebody was told once, so that no clock tells it twice."""

from django.db import models


class Told(models.Model):
    """One thing that was told: `key` names what, about which row, on which occasion; never who or what it says."""

    key = models.CharField(max_length=120, unique=True)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "told"
        ordering = ["told_at", "id"]

    def __str__(self) -> str:
        return self.key
