"""A link-up rests while its supporter is not cleared. A row a rest, so that days of it can be told later, too."""

from django.db import models
from django.db.models import F, Q

from matching.models.linkup import LinkUp


class Rest(models.Model):
    """Resting from `since_on` until the day before it went on; `went_on_on` is None while it rests.

    A rest that was over on the day it began has no day of its own.
    """

    link_up = models.ForeignKey(LinkUp, on_delete=models.PROTECT, related_name="rests")
    since_on = models.DateField()
    went_on_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["link_up"],
                condition=Q(went_on_on__isnull=True),
                name="matching_rest_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(went_on_on__isnull=True) | Q(went_on_on__gte=F("since_on")),
                name="matching_rest_days",
            ),
        ]

    def __str__(self) -> str:
        return f"rest {self.pk}"
