"""Handing over: who gave whom to whom to look after, from when, until when, and why.

A newcomer would write the new coach into the family and be done. Then nobody could say later who could see a record in
March, and nobody would come back to a coach who was away for a fortnight. What was handed over is never changed:
somebody who comes back is one more row.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from people.models.choices import one_of
from people.models.family import Family
from people.models.place import Area
from people.models.volunteer import Volunteer


class HandOverReach(models.TextChoices):
    """Who goes along."""

    ALL = "all", "Everybody"
    AREA = "area", "Those of one area"
    SOME = "some", "Some of them"


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Questions asked about handing over."""

    def going(self) -> "HandOverQuerySet":
        """Give those that hold now: begun and not come back. One for good holds for ever."""
        return self.filter(begun_at__isnull=False, ended_at__isnull=True)

    def leaves(self) -> "HandOverQuerySet":
        """Give those because somebody is away, planned or going; not those that are over."""
        return self.filter(back_on__isnull=False, ended_at__isnull=True)


class HandOver(models.Model):
    """One decision: `giver`'s people go to `to`, for good or, with a `back_on`, until the giver's first day back.

    `areas_left` and `areas_joined` are the ids of areas that the giver stopped and the receiver began to look after.
    """

    Reach = HandOverReach
    client_id = models.UUIDField(unique=True)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handed_over"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="taken_over"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hand_overs_made"
    )
    reach = models.CharField(max_length=8, choices=Reach)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_overs"
    )
    families = models.ManyToManyField(Family, related_name="+", blank=True)
    volunteers = models.ManyToManyField(Volunteer, related_name="+", blank=True)
    from_on = models.DateField()
    back_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=280, blank=True)
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    areas_left = models.JSONField(default=list)
    areas_joined = models.JSONField(default=list)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            one_of("reach", HandOverReach, name="people_handover_reach"),
            models.CheckConstraint(condition=~Q(giver=F("to")), name="people_handover_two"),
            models.CheckConstraint(
                condition=Q(back_on__isnull=True) | Q(back_on__gt=F("from_on")),
                name="people_handover_back_later",
            ),
            models.CheckConstraint(
                condition=Q(reach="area", area__isnull=False)
                | (~Q(reach="area") & Q(area__isnull=True)),
                name="people_handover_area",
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class Handed(models.Model):
    """One family or volunteer that went from one coach to another; `is_back` when the leave was over."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="handed")
    family = models.ForeignKey(
        Family, on_delete=models.CASCADE, null=True, blank=True, related_name="handed"
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, null=True, blank=True, related_name="handed"
    )
    before = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_back = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "handed"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(family__isnull=False, volunteer__isnull=True)
                | Q(family__isnull=True, volunteer__isnull=False),
                name="people_handed_one",
            ),
            models.UniqueConstraint(
                fields=["hand_over", "family", "is_back"], name="people_handed_family_once"
            ),
            models.UniqueConstraint(
                fields=["hand_over", "volunteer", "is_back"], name="people_handed_volunteer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"handed {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row. Raises ValueError for one that is there already: what was handed over stays told."""
        if not self._state.adding:
            raise ValueError("What was handed over is never changed.")
        super().save(*args, **kwargs)
