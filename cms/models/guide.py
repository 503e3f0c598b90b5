"""Guides: how something is done, in plain words; help, privacy and accessibility are guides too."""

from django.db import models
from wagtail.models import Page

from cms.models.article import Article, IndexPage


class GuideIndexPage(IndexPage):
    """All guides."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GuidePage"]
    template = "cms/guide_index.html"

    def rows(self) -> models.QuerySet["GuidePage"]:
        """Give the guides of this list by title; those that hang from the front page are linked in the footer."""
        return GuidePage.objects.child_of(self).live().public().order_by("title")


class GuidePage(Article):
    """One guide."""

    parent_page_types = ["cms.GuideIndexPage", "cms.HomePage"]
    subpage_types: list[type[Page]] = []
    template = "cms/guide.html"
