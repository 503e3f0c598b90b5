"""A coach's word that a rule shall not stand between two: which rule, and why. Taken back, the row stays.

A newcomer would delete what is taken back. A family may ask later who decided what about it.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models.supporter import Supporter
from people.models import Area, Family


class OverrulingQuerySet(models.QuerySet["Overruling"]):
    """Questions asked about what coaches overruled."""

    def standing(self) -> "OverrulingQuerySet":
        """Keep what nobody took back."""
        return self.filter(taken_back_at=None)

    def in_area(self, area: Area) -> "OverrulingQuerySet":
        """Keep those about families who live in an area."""
        return self.filter(family__place__areas=area)

    def decided_since(self, at: datetime) -> "OverrulingQuerySet":
        """Keep what was overruled, or taken back, at that moment or later."""
        return self.filter(Q(at__gte=at) | Q(taken_back_at__gte=at))


class Overruling(models.Model):
    """One rule overruled for a family and a supporter; `code` is the engine's, of a rule that may be overruled."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="overrulings")
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="overrulings")
    code = models.CharField(max_length=30)
    why = models.CharField(max_length=280)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="overrulings"
    )
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="overrulings_taken_back",
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = OverrulingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["family", "supporter", "code"],
                condition=Q(taken_back_at=None),
                name="matching_overruling_stands_once",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="matching_overruling_says_why"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="matching_overruling_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"overruling {self.pk}"
