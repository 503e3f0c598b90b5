"""Rows that are about one adult: a guardian of a sharing family, or a volunteer; the database holds that it is one.

A newcomer would hang them on the family. What somebody was checked for belongs to that person, and a sharing family is
cleared only when every adult of it is.
"""

from django.db import models
from django.db.models import Q

from people.models import Guardian, Volunteer


class AboutOneAdult(models.Model):
    """Either a guardian or a volunteer."""

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, null=True, blank=True)
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, null=True, blank=True)

    class Meta:
        abstract = True


def one_adult(name: str) -> models.CheckConstraint:
    """Give a CHECK that a row is about exactly one of the two; `name` must be unique in the database."""
    return models.CheckConstraint(
        condition=Q(guardian__isnull=False, volunteer__isnull=True)
        | Q(guardian__isnull=True, volunteer__isnull=False),
        name=name,
    )
