"""Supporters: a sharing family or a volunteer, with what they can offer and how many at a time."""

from django.db import models
from django.db.models import Q

from goals.models import Theme
from people.models import Family, Volunteer


class SupporterQuerySet(models.QuerySet["Supporter"]):
    """Questions asked about supporters."""

    def with_people(self) -> "SupporterQuerySet":
        """Give the supporters with the family or volunteer they are, in one query."""
        return self.select_related("family__place", "volunteer__place")


class Supporter(models.Model):
    """What a sharing family or a volunteer can be for a seeking family."""

    family = models.OneToOneField(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="supporter"
    )
    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.PROTECT, null=True, blank=True, related_name="supporter"
    )
    lived_through = models.ManyToManyField(Theme, related_name="supporters", blank=True)
    skills = models.CharField(max_length=280, blank=True)
    capacity = models.PositiveSmallIntegerField("how many families at a time", default=1)
    about = models.TextField("what we have been through", max_length=1500, blank=True)
    offers = models.CharField("what we like doing", max_length=280, blank=True)
    paused_until_on = models.DateField(null=True, blank=True)

    objects = SupporterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(family__isnull=False, volunteer__isnull=True)
                | Q(family__isnull=True, volunteer__isnull=False),
                name="matching_supporter_one_party",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=3), name="matching_supporter_capacity"
            ),
        ]

    def __str__(self) -> str:
        return str(self.family or self.volunteer)
