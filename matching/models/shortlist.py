"""Shortlists: up to three supporters from whom a seeking family chooses. Nothing is automatic."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.models.round import Round
from matching.models.supporter import Supporter
from matching.models.wish import Wish
from people.models import Family
from people.models.choices import one_of


class ShortlistStanding(models.TextChoices):
    """Where it is."""

    OFFERED = "offered", "Waiting for the family"
    CHOSEN = "chosen", "Waiting for the supporter"
    AGREED = "agreed", "Both said yes"
    CLOSED = "closed", "Closed"


class Shortlist(models.Model):
    """What a seeking family is offered for one of its wishes. One open at a time for each."""

    Standing = ShortlistStanding
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="shortlists"
    )
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="shortlists")
    wish = models.CharField(max_length=12, choices=Wish, default=Wish.EITHER)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shortlists"
    )
    offered_at = models.DateTimeField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.OFFERED)

    class Meta:
        ordering = ["-offered_at", "-id"]
        constraints = [
            one_of("standing", ShortlistStanding, name="matching_shortlist_standing"),
            one_of("wish", Wish, name="matching_shortlist_wish"),
            models.UniqueConstraint(
                fields=["family", "wish"],
                condition=Q(standing__in=["offered", "chosen"]),
                name="matching_shortlist_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"shortlist {self.pk}"


class ChildrenSay(models.TextChoices):
    """What a family's children say of somebody who could walk with it. Empty is "nobody has asked them"."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    EITHER = "either", _("They don’t mind")


class ShortlistEntry(models.Model):
    """One supporter on a shortlist, with the reasons that the family reads, and what its children say.

    The children speak together, because a family may name none of them to us; where they differ, one no is a no.
    """

    Children = ChildrenSay
    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="entries")
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, related_name="shortlist_entries"
    )
    place = models.PositiveSmallIntegerField("1 is the round's own pair")
    score = models.PositiveIntegerField()
    parts = models.JSONField()
    children = models.CharField(max_length=8, choices=ChildrenSay, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(children__in=["", *ChildrenSay.values]),
                name="matching_entry_children",
            ),
            models.UniqueConstraint(
                fields=["shortlist", "supporter"], name="matching_entry_supporter_once"
            ),
            models.UniqueConstraint(
                fields=["shortlist", "place"], name="matching_entry_place_once"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=3), name="matching_entry_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} on shortlist {self.shortlist_id}"


class ChoiceAnswer(models.TextChoices):
    """What the supporter said."""

    WAITING = "waiting", "Waiting"
    YES = "yes", "Yes"
    NO = "no", "They can't just now"


class Choice(models.Model):
    """What the family chose, and then what the supporter said. `entry` is empty for "none of these"."""

    Answer = ChoiceAnswer
    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="choices")
    entry = models.ForeignKey(
        ShortlistEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="choices"
    )
    children_said = models.CharField(max_length=280, blank=True)
    # Whether the one who was chosen may read what the children said; the coach may.
    passes_on = models.BooleanField(default=False)
    words = models.CharField(max_length=280, blank=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="choices"
    )
    chosen_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["chosen_at", "id"]
        constraints = [
            one_of("answer", ChoiceAnswer, name="matching_choice_answer"),
            models.UniqueConstraint(
                fields=["shortlist"],
                condition=Q(answer="waiting", entry__isnull=False),
                name="matching_choice_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"choice {self.pk}"
