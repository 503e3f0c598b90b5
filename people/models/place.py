"""Neighbourhoods, towns and the areas that coaches look after.

Families see a neighbourhood's name and a rough distance, never a point on a map.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.choices import one_of


class PlaceKind(models.TextChoices):
    """How big it is."""

    COUNTY = "county", "County"
    DISTRICT = "district", "District"
    TOWN = "town", "Town"
    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"


class Nation(models.TextChoices):
    """Whose law on checks holds there: each nation has a scheme of its own."""

    ENGLAND_WALES = "england_wales", _("England and Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "n_ireland", _("Northern Ireland")


class Place(models.Model):
    """A named place with a centre. Loaded from a file by `import_places`.

    `nation` is "" for "as the place it is part of"; where none says anything, it is England (people.places.nation_of).
    """

    Kind = PlaceKind
    reference = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    nation = models.CharField(max_length=16, choices=Nation, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4)
    longitude = models.DecimalField(max_digits=7, decimal_places=4)

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("kind", PlaceKind, name="people_place_kind"),
            models.CheckConstraint(
                condition=models.Q(nation__in=["", *Nation.values]), name="people_place_nation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A set of places that one or more coaches look after; rounds are run for an area."""

    name = models.CharField(max_length=80, unique=True)
    places = models.ManyToManyField(Place, related_name="areas", blank=True)
    coaches = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="areas", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
