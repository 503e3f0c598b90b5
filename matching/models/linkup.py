"""Link-ups: two parties, goals, 10 to 30 weeks and a planned end from day one; and what they did together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goals.models import Goal
from matching.models.cadence import CadenceTemplate
from matching.models.shortlist import Choice
from matching.models.supporter import Supporter
from messaging.models import Conversation
from people.models import Family
from timebank.models import Exchange


class LinkUpQuerySet(models.QuerySet["LinkUp"]):
    """Questions asked about link-ups."""

    def going(self) -> "LinkUpQuerySet":
        """Give the link-ups that have not ended."""
        return self.filter(ended_on__isnull=True)

    def with_people(self) -> "LinkUpQuerySet":
        """Give the link-ups with both parties, in one query."""
        return self.select_related(
            "family__place", "supporter__family__place", "supporter__volunteer__place"
        )

    def open_to(self, user: object) -> "LinkUpQuerySet":
        """Give the link-ups that `user` may open: either side's adults, and the seeking family's coach."""
        return self.filter(
            Q(family__guardians__user=user)
            | Q(supporter__family__guardians__user=user)
            | Q(supporter__volunteer__user=user)
            | Q(family__coach=user)
        ).distinct()


class LinkUpEnding(models.TextChoices):
    """How it ended; early can be "done"."""

    DONE = "done", "Came to its planned end"
    EARLY_DONE = "early_done", "Done early"
    MOVED = "moved", "Somebody moved away"
    STOPPED = "stopped", "Stopped"


class LinkUp(models.Model):
    """A seeking family and a supporter, for a fixed time."""

    Ending = LinkUpEnding
    reference = models.CharField(max_length=40, unique=True, null=True, blank=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="link_ups")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="link_ups")
    choice = models.OneToOneField(
        Choice, on_delete=models.PROTECT, null=True, blank=True, related_name="link_up"
    )
    conversation = models.OneToOneField(
        Conversation, on_delete=models.PROTECT, related_name="link_up"
    )
    # What its contacts were planned with; None for one that began before cadences were kept.
    cadence = models.ForeignKey(
        CadenceTemplate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="link_ups",
    )
    goals = models.ManyToManyField(Goal, related_name="link_ups", blank=True)
    started_on = models.DateField()
    planned_end_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=Ending, blank=True)
    ending_words = models.CharField(max_length=280, blank=True)

    objects = LinkUpQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end_on__gt=F("started_on")), name="matching_linkup_planned_end"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ending="")
                | Q(ended_on__isnull=False, ending__in=["done", "early_done", "moved", "stopped"]),
                name="matching_linkup_ending",
            ),
            models.UniqueConstraint(
                fields=["family", "supporter"],
                condition=Q(ended_on__isnull=True),
                name="matching_linkup_one_going",
            ),
        ]

    def __str__(self) -> str:
        return f"link-up {self.pk}"


class Together(models.Model):
    """Something the two did. Its hours live on the exchange; the line about it lives there too."""

    link_up = models.ForeignKey(LinkUp, on_delete=models.PROTECT, related_name="times_together")
    exchange = models.OneToOneField(Exchange, on_delete=models.PROTECT, related_name="together")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="times_together_recorded"
    )

    class Meta:
        verbose_name_plural = "times together"
        ordering = ["-exchange__happened_on", "-id"]

    def __str__(self) -> str:
        return f"time together {self.pk}"
