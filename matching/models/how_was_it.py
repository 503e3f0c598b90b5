"""What a supporter says once a week about a link-up: a tap, and a line only where it was hard.

Only ever added to: whoever thinks again in the same week adds a row, and the newest counts. A newcomer would show it
to both sides; then nobody would say that it is hard. Only the link-up's coach reads it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from matching.models.linkup import LinkUp
from people.models.choices import one_of


class HowWasItAnswer(models.TextChoices):
    """How the week was."""

    GOOD = "good", _("Good")
    SO_SO = "so_so", _("So-so")
    HARD = "hard", _("Hard, please ring me")
    NOT_MET = "not_met", _("We didn’t meet")


class HowWasItQuerySet(models.QuerySet["HowWasIt"]):
    """Answers, many at a time."""

    def newest(self) -> "HowWasItQuerySet":
        """Give the one that counts of each week of each link-up."""
        later = HowWasIt.objects.filter(
            link_up=OuterRef("link_up"), week=OuterRef("week"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))


class HowWasIt(models.Model):
    """One answer of a supporter about one week, which is named by its Monday."""

    Answer = HowWasItAnswer
    link_up = models.ForeignKey(LinkUp, on_delete=models.PROTECT, related_name="how_it_was")
    week = models.DateField("the week's Monday")
    answer = models.CharField(max_length=8, choices=Answer)
    words = models.CharField(max_length=280, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="how_it_was"
    )
    at = models.DateTimeField()

    objects = HowWasItQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "how it was"
        ordering = ["id"]
        indexes = [models.Index(fields=["link_up", "week"])]
        constraints = [
            one_of("answer", HowWasItAnswer, name="matching_howwasit_answer"),
            models.CheckConstraint(
                condition=Q(words="") | Q(answer="hard"), name="matching_howwasit_words_if_hard"
            ),
        ]

    def __str__(self) -> str:
        return f"how it was {self.pk}"
