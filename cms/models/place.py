"""Welcome packs: what there is in a neighbourhood, for somebody who has just come."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from cms.models.article import Article, IndexPage
from cms.models.event import EventPage
from cms.models.service import ServicePage
from people.models import Place


class PlaceIndexPage(IndexPage):
    """All welcome packs."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PlacePage"]
    template = "cms/place_index.html"

    def rows(self) -> models.QuerySet["PlacePage"]:
        """Give the places by title."""
        return PlacePage.objects.live().public().order_by("title")


class PlacePage(Article):
    """A welcome to one place."""

    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    content_panels = [*Article.content_panels, "place"]
    parent_page_types = ["cms.PlaceIndexPage"]
    subpage_types: list[type[Page]] = []
    template = "cms/place.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the template what is on and who helps in this place and the neighbourhoods inside it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        here = models.Q(place=self.place) | models.Q(place__parent=self.place)
        if self.place_id is None:
            here = models.Q(pk__in=[])
        context["events"] = EventPage.objects.coming(at=timezone.now()).filter(here)[:5]
        context["services"] = (
            ServicePage.objects.live().public().filter(here).order_by("title")[:10]
        )
        return context
