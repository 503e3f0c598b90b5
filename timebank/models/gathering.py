"""Gatherings: many people gave the community some time together, such as a tidy-up of the park.

Everybody who lent a hand is credited out of the community pot, all of them or none.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from timebank.models.account import Account


class Gathering(models.Model):
    """What was done together, on which day, as a broker wrote it down."""

    words = models.CharField("what you did", max_length=280)
    held_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="gatherings_recorded"
    )
    recorded_at = models.DateTimeField()
    # Made by the form, so that sending twice records once.
    client_id = models.UUIDField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recorded_by", "client_id"], name="timebank_gathering_once"
            ),
        ]

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class GatheringPart(models.Model):
    """How long one account's people were there."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="parts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="gathering_parts")
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["account_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "account"], name="timebank_gathering_account_once"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=24 * 60),
                name="timebank_gathering_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.pk} of gathering {self.gathering_id}"
