"""Events: what is on, when and where, with a file that any calendar accepts."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms.models.article import Article, IndexPage
from people.models import Place


class EventQuerySet(PageQuerySet["EventPage"]):
    """Questions asked about events."""

    def coming(self, *, at: datetime) -> "EventQuerySet":
        """Give the published events that are not over at `at`, soonest first."""
        return (
            self.live()
            .public()
            .filter(ends_at__gte=at)
            .select_related("place")
            .order_by("starts_at", "id")
        )

    def over(self, *, at: datetime) -> "EventQuerySet":
        """Give the published events that are over at `at`, latest first."""
        return self.live().public().filter(ends_at__lt=at).order_by("-starts_at", "-id")


class EventIndexPage(IndexPage):
    """What's on."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.EventPage"]
    template = "cms/event_index.html"

    def rows(self) -> models.QuerySet["EventPage"]:
        """Give what is still to come, soonest first."""
        return EventPage.objects.coming(at=timezone.now())


class EventPage(Article):
    """One event."""

    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    venue = models.CharField("where exactly", max_length=160)
    cost = models.CharField(max_length=120, default="Free")
    getting_there = models.CharField(max_length=200, blank=True)
    getting_in = models.CharField("steps, toilets, quiet", max_length=200, blank=True)

    content_panels = [
        *Article.content_panels,
        MultiFieldPanel(
            [FieldRowPanel(["starts_at", "ends_at"]), "place", "venue"], heading="When and where"
        ),
        MultiFieldPanel(["cost", "getting_there", "getting_in"], heading="Good to know"),
    ]
    parent_page_types = ["cms.EventIndexPage"]
    subpage_types: list[type[Page]] = []
    template = "cms/event.html"

    objects = PageManager.from_queryset(EventQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="cms_event_ends_after_start",
            )
        ]

    def clean(self) -> None:
        """Refuse an event that ends before it starts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "Say when it ends: later than it starts."})
