"""What two linked families mean to do next, and the programme's ideas for it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models import Theme
from matching.models.linkup import LinkUp, Together
from people.models.choices import one_of


class PlanPart(models.TextChoices):
    """Which part of the day; a clock time would be a promise that nobody needs."""

    ANY = "", _("Some time that day")
    MORNING = "morning", _("In the morning")
    AFTERNOON = "afternoon", _("In the afternoon")
    EVENING = "evening", _("In the evening")


class PlanSide(models.TextChoices):
    """Who had the last word about it."""

    FAMILY = "family", "The family"
    SUPPORTER = "supporter", "The supporter"


class PlanStanding(models.TextChoices):
    """Where it is."""

    SUGGESTED = "suggested", "Suggested"
    AGREED = "agreed", "Agreed"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class PlanQuerySet(models.QuerySet["Plan"]):
    """Questions asked about plans."""

    def open(self) -> "PlanQuerySet":
        """Give the plans that still lie ahead or wait to be told about."""
        return self.filter(standing__in=[PlanStanding.SUGGESTED, PlanStanding.AGREED])


class Plan(models.Model):
    """Something that one side suggested for a day. `said_by` is the side that spoke last; the other one answers."""

    Part = PlanPart
    Side = PlanSide
    Standing = PlanStanding
    link_up = models.ForeignKey(LinkUp, on_delete=models.PROTECT, related_name="plans")
    on = models.DateField()
    part = models.CharField(max_length=10, choices=Part, blank=True)
    what = models.CharField(max_length=120)
    where = models.CharField(max_length=120, blank=True)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plans_suggested"
    )
    said_by = models.CharField(max_length=10, choices=Side)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.SUGGESTED)
    changed_at = models.DateTimeField()
    changes = models.PositiveSmallIntegerField(
        default=0
    )  # a calendar takes the highest for the newest
    client_id = models.UUIDField()  # made with the form, so that pressing twice suggests once
    calendar_id = models.UUIDField(
        default=uuid4, unique=True
    )  # a calendar file may be shared: it tells nothing
    together = models.OneToOneField(
        Together, on_delete=models.PROTECT, null=True, blank=True, related_name="plan"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            one_of("part", PlanPart, name="matching_plan_part"),
            one_of("said_by", PlanSide, name="matching_plan_said_by"),
            one_of("standing", PlanStanding, name="matching_plan_standing"),
            models.CheckConstraint(
                condition=Q(together__isnull=True) | Q(standing="done"),
                name="matching_plan_done_together",
            ),
            models.UniqueConstraint(
                fields=["suggested_by", "client_id"], name="matching_plan_once"
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class IdeaCost(models.TextChoices):
    """What it costs a family."""

    FREE = "free", _("Free")
    LITTLE = "little", _("Costs a little")
    SOME = "some", _("Costs something")


class IdeaPlace(models.TextChoices):
    """Under a roof or not."""

    INDOORS = "indoors", _("Indoors")
    OUTDOORS = "outdoors", _("Outdoors")
    EITHER = "either", _("Indoors or out")


class Idea(models.Model):
    """Something that suits a theme of goals; the programme's own, brought in by file."""

    Cost = IdeaCost
    Place = IdeaPlace
    reference = models.SlugField(max_length=40, unique=True)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="ideas")
    words = models.CharField(max_length=120)
    cost = models.CharField(max_length=8, choices=Cost, default=Cost.FREE)
    place = models.CharField(max_length=10, choices=Place, default=Place.EITHER)
    youngest = models.PositiveSmallIntegerField(default=0)
    oldest = models.PositiveSmallIntegerField(default=17)
    likes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["reference"]
        constraints = [
            one_of("cost", IdeaCost, name="matching_idea_cost"),
            one_of("place", IdeaPlace, name="matching_idea_place"),
            models.CheckConstraint(
                condition=Q(oldest__gte=models.F("youngest")), name="matching_idea_ages"
            ),
        ]

    def __str__(self) -> str:
        return self.words
