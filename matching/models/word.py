"""A word to the coach: what a member would like to happen, which the coach hears and then acts on, or talks about.

A newcomer would let a button end a link-up. Nothing here moves anything by itself: a family that says "stop" is rung,
and the coach ends it; one that would like to share is asked how it is, and then invited.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models.linkup import LinkUp
from people.models import Family
from people.models.choices import one_of


class WordKind(models.TextChoices):
    """What they would like."""

    FINISH = "finish", "They feel it is done"
    LONGER = "longer", "They would like longer"
    STOP = "stop", "They would rather stop"
    SHARE = "share", "They would like to be a sharing family"
    TIME_BANK = "time_bank", "They would like to give and get hours"
    NEITHER = "neither", "Nothing more for now"
    BACK = "back", "They have come back"
    GO_ON = "go_on", "They would like to go on after a break"


class WordQuerySet(models.QuerySet["Word"]):
    """Questions asked about words."""

    def unheard(self) -> "WordQuerySet":
        """Give those that still wait for the coach."""
        return self.filter(heard_at__isnull=True)


class Word(models.Model):
    """What somebody told their coach. `link_up` is the one it is about; empty for a family that comes back."""

    Kind = WordKind
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="words")
    link_up = models.ForeignKey(
        LinkUp, on_delete=models.CASCADE, null=True, blank=True, related_name="words"
    )
    side = models.CharField(
        max_length=12, choices=[("family", "Family"), ("supporter", "Supporter")]
    )
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.CharField(max_length=280, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="words_to_coach"
    )
    at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="words_heard",
    )

    objects = WordQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["family", "heard_at"])]
        constraints = [
            one_of("kind", WordKind, name="matching_word_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["back", "go_on"], link_up__isnull=True)
                | (~Q(kind__in=["back", "go_on"]) & Q(link_up__isnull=False)),
                name="matching_word_about_a_link_up",
            ),
            models.CheckConstraint(
                condition=Q(heard_at__isnull=True, heard_by__isnull=True)
                | Q(heard_at__isnull=False, heard_by__isnull=False),
                name="matching_word_heard_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["link_up", "side"],
                condition=Q(heard_at__isnull=True),
                name="matching_word_one_unheard",
            ),
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(heard_at__isnull=True, link_up__isnull=True),
                name="matching_word_back_once",
            ),
        ]

    def __str__(self) -> str:
        return f"word {self.pk}"
