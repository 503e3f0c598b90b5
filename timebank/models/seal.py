"""Seals: each night a digest over the transfers since the last one, chained to it, so that a change shows for ever."""

from django.db import models


class Seal(models.Model):
    """The transfers up to `last_id`, and nothing that was said: erasing a person leaves every seal whole."""

    day = models.DateField("the last whole day in it", unique=True)
    last_id = models.BigIntegerField("the newest transfer in it, 0 for none yet")
    transfers = models.PositiveIntegerField("how many are new in it")
    digest = models.CharField("SHA-256 in hexadecimal", max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"seal of {self.day}"
