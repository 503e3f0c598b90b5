"""Cadences: after how many weeks a coach talks with each side of a link-up, as the programme's own data.

A newcomer would edit the row. A link-up keeps the version it was planned with, so a change is a new version, and which
one is used from now on is a row of its own; nothing of a going link-up moves because somebody picked another.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class CadenceTemplateQuerySet(models.QuerySet["CadenceTemplate"]):
    """Questions asked about cadences."""

    def in_use(self) -> "CadenceTemplate":
        """Give the version that the next link-up is planned with; the first one came with the database."""
        return CadencePick.objects.select_related("template").order_by("-pk")[:1].get().template

    def newest(self) -> list["CadenceTemplate"]:
        """Give the newest version of each cadence, by name; one query."""
        found: dict[str, CadenceTemplate] = {}
        for one in self.select_related("made_by").order_by("version"):
            found[one.slug] = one
        return sorted(found.values(), key=lambda one: (one.name, one.slug))


class CadenceTemplate(models.Model):
    """One version of a cadence. Weeks after hello for each side, in order, then every so many weeks (0 for no more)."""

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    family_weeks = models.JSONField(default=list)
    family_every = models.PositiveSmallIntegerField(default=0)
    supporter_weeks = models.JSONField(default=list)
    supporter_every = models.PositiveSmallIntegerField(default=0)
    child_weeks = models.JSONField(default=list)
    child_every = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=280)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = CadenceTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="matching_cadence_once"),
            models.CheckConstraint(condition=~Q(why=""), name="matching_cadence_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version. Raises ValueError for one that is there already: make a new one."""
        if not self._state.adding:
            raise ValueError("A version of a cadence is never changed; make a new one.")
        super().save(*args, **kwargs)


class CadencePick(models.Model):
    """From now on link-ups are planned with this one; the newest row counts."""

    template = models.ForeignKey(CadenceTemplate, on_delete=models.PROTECT, related_name="picks")
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    picked_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"pick {self.pk}"
