"""Rounds: one run of the matcher for one area, kept whole, the pairs it proposed, and whom else it would offer.

A round stores what it saw (snapshot), what came out (answer) and the proof (certificate), so that it can be
checked again later by anybody. Nothing in it is sent to a family until a coach approves, and nobody is ever offered
who isn't in these rows: a coach has seen everybody.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models.supporter import Supporter
from people.models import Area, Family
from people.models.choices import one_of


class Round(models.Model):
    """One run of the matcher."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="rounds")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rounds_opened"
    )
    opened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    weights = models.JSONField()
    snapshot = models.JSONField()
    answer = models.JSONField()
    certificate = models.JSONField()

    class Meta:
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return f"round {self.pk}"


class ProposalStanding(models.TextChoices):
    """What the coach said."""

    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Not these two"


class Proposal(models.Model):
    """A pair that the round proposes, with its arithmetic."""

    Standing = ProposalStanding
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="proposals")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="proposals")
    waiting_days = models.PositiveIntegerField()
    score = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    parts = models.JSONField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.PROPOSED)
    why = models.CharField("why not", max_length=280, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals_decided",
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-waiting_days", "family_id"]
        constraints = [
            one_of("standing", ProposalStanding, name="matching_proposal_standing"),
            models.UniqueConstraint(fields=["round", "family"], name="matching_proposal_once"),
            models.CheckConstraint(
                condition=~Q(standing="refused") | ~Q(why=""),
                name="matching_proposal_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class AlternativeStanding(models.TextChoices):
    """What the coach said."""

    LISTED = "listed", "On the list"
    LEFT_OUT = "left_out", "Left out"


class Alternative(models.Model):
    """A further supporter that the family of a proposal would choose from, with the arithmetic."""

    Standing = AlternativeStanding
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="alternatives")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="alternatives")
    place = models.PositiveSmallIntegerField("1 is the round's own pair")
    score = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    parts = models.JSONField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.LISTED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="alternatives_decided",
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            one_of("standing", AlternativeStanding, name="matching_alternative_standing"),
            models.UniqueConstraint(
                fields=["proposal", "supporter"], name="matching_alternative_supporter_once"
            ),
            models.UniqueConstraint(
                fields=["proposal", "place"], name="matching_alternative_place_once"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=2, place__lte=3), name="matching_alternative_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} beside proposal {self.proposal_id}"
