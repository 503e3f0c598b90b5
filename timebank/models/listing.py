"""Listings: what somebody offers or asks for."""

from django.db import models
from django.db.models import Q

from messaging.models import Conversation
from people.models.choices import one_of
from timebank.models.account import Account


class ListingQuerySet(models.QuerySet["Listing"]):
    """Questions asked about listings."""

    def open(self) -> "ListingQuerySet":
        """Give the listings that somebody could still answer."""
        return self.filter(closed_at__isnull=True)


class ListingKind(models.TextChoices):
    """Which way the help would go."""

    OFFER = "offer", "I can help with"
    REQUEST = "request", "I could do with"


class Listing(models.Model):
    """An offer or a request, in the member's own words."""

    Kind = ListingKind
    reference = models.CharField(max_length=40, unique=True, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="listings")
    title = models.CharField(max_length=80)
    words = models.TextField(max_length=1000, blank=True)
    minutes = models.PositiveIntegerField("about how long", null=True, blank=True)
    posted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-id"]
        indexes = [models.Index(fields=["kind", "id"])]
        constraints = [
            one_of("kind", ListingKind, name="timebank_listing_kind"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gt=0),
                name="timebank_listing_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ListingAnswer(models.Model):
    """Somebody answered a listing; the talk they opened is found again by whoever answers twice."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="answers")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="answers")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="listing_answers"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "account"], name="timebank_listing_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
