"""Families: the unit that is matched, linked and remembered.

A family may be seeking at one time and sharing at another, and can always come back; so neither is a kind of family.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.choices import one_of
from people.models.place import Place


class FamilyQuerySet(models.QuerySet["Family"]):
    """Questions asked about families."""

    def looked_after_by(self, user: object) -> "FamilyQuerySet":
        """Give the families whose coach is `user`; a handed-over family leaves this list at once (trust.md SG-12)."""
        return self.filter(coach=user)

    def here(self) -> "FamilyQuerySet":
        """Give the families who are part of the programme now: neither paused nor left."""
        return self.filter(
            standing__in=[Family.Standing.APPLIED, Family.Standing.WELCOMED, Family.Standing.ACTIVE]
        )


class FamilyStanding(models.TextChoices):
    """Where the family stands with the programme."""

    APPLIED = "applied", "Applied"
    WELCOMED = "welcomed", "Welcomed"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    LEFT = "left", "Left"


class FamilyHope(models.TextChoices):
    """Who the family would like beside it; "either" is whoever suits best, and what nobody was asked about."""

    SHARING = "sharing", _("A family who has been through it")
    VOLUNTEER = "volunteer", _("A volunteer")
    BOTH = "both", _("Both: a family and a volunteer")
    EITHER = "either", _("Not sure yet")


class Family(models.Model):
    """A household that wants something to change, or has been through it, or both."""

    Standing = FamilyStanding
    Hope = FamilyHope
    reference = models.CharField(max_length=40, unique=True, null=True, blank=True)
    display_name = models.CharField(max_length=80)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="families")
    # The middle of a cell of about 1 km, never an address (see people.nearness).
    cell_latitude = models.DecimalField(max_digits=7, decimal_places=4)
    cell_longitude = models.DecimalField(max_digits=7, decimal_places=4)
    languages = models.JSONField(default=list)  # ISO 639 codes, best first
    access_needs = models.JSONField(default=list)  # codes of people.words.ACCESS_NEEDS
    free_times = models.PositiveIntegerField(default=0)  # 21 bits, see people.availability
    travel_km = models.PositiveSmallIntegerField(default=5)
    no_to = models.JSONField(default=list)  # things they would rather not meet: dogs, smoking
    has = models.JSONField(default=list)  # what a visitor finds: dogs, steps, garden
    wants_link_up = models.BooleanField(default=False)
    hopes_for = models.CharField(max_length=12, choices=Hope, default=Hope.EITHER)
    standing = models.CharField(max_length=16, choices=Standing, default=Standing.APPLIED)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coached_families",
    )
    applied_on = models.DateField()

    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "families"
        ordering = ["applied_on", "id"]
        indexes = [models.Index(fields=["coach", "standing"])]
        constraints = [
            one_of("standing", FamilyStanding, name="people_family_standing"),
            one_of("hopes_for", FamilyHope, name="people_family_hopes_for"),
            models.CheckConstraint(
                condition=models.Q(free_times__lt=2**21), name="people_family_free_times"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name


class Guardian(models.Model):
    """An adult of a family. One who came in by file has no user until they sign in."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="guardians")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="guardian",
    )
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class ChildAgeBand(models.TextChoices):
    """Never a date of birth."""

    BABY = "0-1", "Under 2"
    TODDLER = "2-4", "2 to 4"
    INFANT = "5-7", "5 to 7"
    JUNIOR = "8-10", "8 to 10"
    TWEEN = "11-13", "11 to 13"
    TEEN = "14-17", "14 to 17"


class Child(models.Model):
    """A child of a family: an age band and what they like. Children have no accounts (trust.md SG-17)."""

    AgeBand = ChildAgeBand
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="children")
    # Optional, and never shown outside the family's own pages.
    first_name = models.CharField(max_length=40, blank=True)
    age_band = models.CharField(max_length=8, choices=AgeBand)
    interests = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "children"
        constraints = [one_of("age_band", ChildAgeBand, name="people_child_age_band")]

    def __str__(self) -> str:
        return f"a child, {self.age_band}"
