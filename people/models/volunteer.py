"""Volunteers: befrienders, drivers and skilled neighbours who stand beside families."""

from django.conf import settings
from django.db import models

from people.models.choices import one_of
from people.models.place import Place


class VolunteerStanding(models.TextChoices):
    """Where the volunteer stands with the programme."""

    APPLIED = "applied", "Applied"
    WELCOMED = "welcomed", "Welcomed"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    LEFT = "left", "Left"


class Volunteer(models.Model):
    """Somebody who helps on their own account, not as part of a sharing family."""

    Standing = VolunteerStanding
    reference = models.CharField(max_length=40, unique=True, null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="volunteer",
    )
    name = models.CharField(max_length=80)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="volunteers")
    cell_latitude = models.DecimalField(max_digits=7, decimal_places=4)
    cell_longitude = models.DecimalField(max_digits=7, decimal_places=4)
    languages = models.JSONField(default=list)
    free_times = models.PositiveIntegerField(default=0)
    travel_km = models.PositiveSmallIntegerField(default=5)
    has = models.JSONField(default=list)
    standing = models.CharField(max_length=16, choices=Standing, default=Standing.APPLIED)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coached_volunteers",
    )
    applied_on = models.DateField()

    class Meta:
        ordering = ["applied_on", "id"]
        constraints = [
            one_of("standing", VolunteerStanding, name="people_volunteer_standing"),
            models.CheckConstraint(
                condition=models.Q(free_times__lt=2**21), name="people_volunteer_free_times"
            ),
        ]

    def __str__(self) -> str:
        return self.name
