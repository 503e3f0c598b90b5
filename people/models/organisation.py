"""Organisations that are members of the time bank: a library, a repair café, a school."""

from django.db import models

from people.models.place import Place


class Organisation(models.Model):
    """A group that gives and asks for hours like anybody else."""

    reference = models.CharField(max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="organisations")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
