"""The wellbeing web: eight sides of a child's life, each from 1 to 10, as one person sees them on one day.

A newcomer would give the web eight columns and a nought for what nobody knows. "Not sure" is an answer of its own: a
mark without a number, drawn and counted as such. A web is never changed; whoever sees it differently fills in another.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from goals.models.goal import RatingScorer
from people.models import Family
from people.models.choices import one_of

LOWEST, HIGHEST = 1, 10


class WebDomain(models.TextChoices):
    """The eight words of Scottish law (Children and Young People Act 2014, section 96), in its order."""

    SAFE = "safe", "Safe"
    HEALTHY = "healthy", "Healthy"
    ACHIEVING = "achieving", "Achieving"
    NURTURED = "nurtured", "Nurtured"
    ACTIVE = "active", "Active"
    RESPECTED = "respected", "Respected"
    RESPONSIBLE = "responsible", "Responsible"
    INCLUDED = "included", "Included"


class WellbeingWeb(models.Model):
    """Eight marks that one person gave at one moment. `scorer` is whose view it is, `by` who wrote it down."""

    Scorer = RatingScorer
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="webs")
    scorer = models.CharField(max_length=8, choices=Scorer)
    words = models.CharField(max_length=280, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="webs",
    )
    # Made with the form, so that pressing twice, or sending again from a train, keeps one.
    client_id = models.UUIDField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            one_of("scorer", RatingScorer, name="goals_web_scorer"),
            models.UniqueConstraint(fields=["family", "client_id"], name="goals_web_once"),
        ]

    def __str__(self) -> str:
        return f"wellbeing web {self.pk}"


class WebMark(models.Model):
    """One of the eight: a whole number from 1 to 10, or none for "not sure"."""

    Domain = WebDomain
    web = models.ForeignKey(WellbeingWeb, on_delete=models.CASCADE, related_name="marks")
    domain = models.CharField(max_length=12, choices=Domain)
    value = models.PositiveSmallIntegerField("1 to 10, none for not sure", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("domain", WebDomain, name="goals_webmark_domain"),
            models.UniqueConstraint(fields=["web", "domain"], name="goals_webmark_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=LOWEST, value__lte=HIGHEST),
                name="goals_webmark_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} on web {self.web_id}"
