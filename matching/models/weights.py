"""What counts in a match: the programme's weights, one row a version. The newest counts, and none is ever changed.

A newcomer would edit the row. Every round says under which version it was run, so that link-ups can be looked at by
policy years later; a changed row would tell another story.
"""

from dataclasses import fields
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.engine.terms import Weights

PARTS = tuple(one.name for one in fields(Weights) if one.name != "version")
MOST = 1000  # the engine takes no more; the page asks for less


class WeightsVersionQuerySet(models.QuerySet["WeightsVersion"]):
    """Questions asked about weights."""

    def newest(self) -> "WeightsVersion":
        """Give the version that the next round is run with; the first one came with the database."""
        return self.order_by("-version")[:1].get()


class WeightsVersion(models.Model):
    """Seven whole weights, who set them, and why; nobody set the first."""

    version = models.PositiveIntegerField(unique=True)
    lived_through = models.PositiveSmallIntegerField()
    free_times = models.PositiveSmallIntegerField()
    distance = models.PositiveSmallIntegerField()
    children = models.PositiveSmallIntegerField()
    languages = models.PositiveSmallIntegerField()
    access = models.PositiveSmallIntegerField()
    wishes = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="weights_made",
    )
    made_at = models.DateTimeField()
    why = models.CharField(max_length=280)

    objects = WeightsVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{part}__lte": MOST for part in PARTS}),
                name="matching_weights_most",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="matching_weights_say_why"),
        ]

    def __str__(self) -> str:
        return f"weights version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version. Raises ValueError for one that is there already: make a new one."""
        if not self._state.adding:
            raise ValueError("A version of the weights is never changed; make a new one.")
        super().save(*args, **kwargs)

    @property
    def weights(self) -> Weights:
        """The same as the matcher takes them."""
        return Weights(**{part: getattr(self, part) for part in PARTS}, version=self.version)
