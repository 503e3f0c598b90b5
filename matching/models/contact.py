"""Contacts: the coach's calls and visits. Due dates come from a cadence that the programme picks.

A newcomer would call every contact overdue that was never made. One that a later contact of the same side has
overtaken is missed: nobody can make the March call in September. `ContactQuerySet.open` is the one home of that rule.
"""

from django.conf import settings
from django.db import models

from matching.models.linkup import LinkUp
from people.models.choices import one_of


class ContactSide(models.TextChoices):
    """Whom the coach talks with."""

    FAMILY = "family", "Seeking family"
    SUPPORTER = "supporter", "Supporter"
    CHILD = "child", "Child"


class ContactKind(models.TextChoices):
    """How."""

    CALL = "call", "Call"
    VISIT = "visit", "Visit"
    TEXT = "text", "Text"


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts, many at a time."""

    def open(self) -> "ContactQuerySet":
        """Not made and still to be made: once a later one of the same side was made, an older one is missed."""
        later = Contact.objects.filter(
            link_up=models.OuterRef("link_up"),
            side=models.OuterRef("side"),
            due_on__gt=models.OuterRef("due_on"),
            done_on__isnull=False,
        )
        return self.filter(~models.Exists(later), done_on=None, link_up__ended_on=None)


class Contact(models.Model):
    """One call or visit to one side of a link-up: due, and perhaps done."""

    Side = ContactSide
    Kind = ContactKind
    link_up = models.ForeignKey(LinkUp, on_delete=models.CASCADE, related_name="contacts")
    side = models.CharField(max_length=12, choices=Side)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    words = models.CharField(max_length=500, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts_made",
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["done_on", "due_on"])]
        constraints = [
            one_of("side", ContactSide, name="matching_contact_side"),
            models.UniqueConstraint(
                fields=["link_up", "side", "due_on"], name="matching_contact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"
