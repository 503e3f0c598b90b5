"""Local services: who helps with what, and how to reach them. Never a family's data."""

from django.db import models
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import Page

from cms.models.article import Article, IndexPage
from people.models import Place


class ServiceIndexPage(IndexPage):
    """The directory."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ServicePage"]
    template = "cms/service_index.html"

    def rows(self) -> models.QuerySet["ServicePage"]:
        """Give the services by title."""
        return ServicePage.objects.live().public().select_related("place").order_by("title")


class ServicePage(Article):
    """One service."""

    organisation = models.CharField("who runs it", max_length=160)
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    phone = models.CharField(max_length=40, blank=True)
    opening = models.CharField("when it is open", max_length=200, blank=True)
    cost = models.CharField(max_length=120, blank=True)

    content_panels = [
        *Article.content_panels,
        MultiFieldPanel(
            ["organisation", "place", "phone", "opening", "cost"], heading="How to reach them"
        ),
    ]
    parent_page_types = ["cms.ServiceIndexPage"]
    subpage_types: list[type[Page]] = []
    template = "cms/service.html"
