"""The front page: what Kith is, how it goes, what's on, and what people ask."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.models.event import EventPage
from cms.models.story import StoryPage


class QuestionBlock(blocks.StructBlock):
    """Something people ask, and the answer."""

    question = blocks.CharBlock(max_length=120)
    answer = blocks.TextBlock()

    class Meta:
        icon = "help"


class HomePage(Page):
    """The front page."""

    headline = models.CharField(max_length=120)
    lead = models.TextField(max_length=280)
    questions = StreamField([("question", QuestionBlock())], blank=True)

    content_panels = [*Page.content_panels, "headline", "lead", "questions"]
    max_count = 1
    subpage_types = [
        "cms.StoryIndexPage",
        "cms.EventIndexPage",
        "cms.GuideIndexPage",
        "cms.ServiceIndexPage",
        "cms.PlaceIndexPage",
        "cms.GuidePage",
    ]
    template = "cms/home.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the template the next three events and the newest story."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["events"] = EventPage.objects.coming(at=timezone.now())[:3]
        context["story"] = StoryPage.objects.newest().first()
        return context
