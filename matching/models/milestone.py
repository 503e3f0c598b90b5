"""Milestones: what a programme says at which week of a link-up, and what its coaches tick off there.

The programme's own, as rows that a manager edits. A newcomer would copy them onto each link-up when it starts; then a
better list would reach nobody for half a year. What was said or ticked before a change stays as it was.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models.linkup import LinkUp
from people.models.choices import one_of


class MilestoneFrom(models.TextChoices):
    """What its weeks are counted from."""

    HELLO = "hello", "After hello"
    HALF_WAY = "half_way", "At half way"
    END = "end", "Before the planned end"


class Milestone(models.Model):
    """A moment on the way, the same for every link-up; its day follows from the link-up's own plan."""

    CountedFrom = MilestoneFrom
    name = models.CharField(max_length=60)
    words = models.CharField("what it is about, in a line", max_length=200)
    counted_from = models.CharField(max_length=8, choices=CountedFrom)
    weeks = models.PositiveSmallIntegerField(default=0)
    writes_to_members = models.BooleanField("write to both sides on the day", default=True)
    checklist = models.TextField(
        "what the coach ticks off, a line each", max_length=1500, blank=True
    )
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("counted_from", MilestoneFrom, name="matching_milestone_counted_from"),
            models.CheckConstraint(condition=Q(weeks__lte=30), name="matching_milestone_weeks"),
            models.CheckConstraint(
                condition=~Q(counted_from="half_way") | Q(weeks=0),
                name="matching_milestone_half_way_is_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def day_in(self, link_up: LinkUp) -> date | None:
        """Give its day in a link-up; None where that lies outside, as week 18 does in one of twelve."""
        start, end = link_up.started_on, link_up.planned_end_on
        weeks = timedelta(weeks=self.weeks)
        day = {
            MilestoneFrom.HELLO: start + weeks,
            MilestoneFrom.HALF_WAY: start + (end - start) / 2,
            MilestoneFrom.END: end - weeks,
        }[MilestoneFrom(self.counted_from)]
        return day if start <= day <= end else None

    @property
    def lines(self) -> list[str]:
        """The lines of its checklist."""
        return [line.strip() for line in self.checklist.splitlines() if line.strip()]


class Tick(models.Model):
    """A line of a checklist that a coach ticked off for one link-up, in the words it had then."""

    link_up = models.ForeignKey(LinkUp, on_delete=models.CASCADE, related_name="ticks")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="ticks")
    line = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ticks")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["link_up", "milestone", "line"], name="matching_tick_once"
            )
        ]

    def __str__(self) -> str:
        return f"tick {self.pk}"
