"""Stories: how it went for somebody, told with their consent and in their words."""

from django.db import models
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms.models.article import Article, IndexPage
from people.models import Place


class StoryQuerySet(PageQuerySet["StoryPage"]):
    """Questions asked about stories."""

    def newest(self) -> "StoryQuerySet":
        """Give the published stories, newest first."""
        return self.live().public().select_related("place").order_by("-first_published_at", "-id")


class StoryIndexPage(IndexPage):
    """All stories."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    template = "cms/story_index.html"

    def rows(self) -> models.QuerySet["StoryPage"]:
        """Give the stories, newest first."""
        return StoryPage.objects.newest()


class StoryPage(Article):
    """One story."""

    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    content_panels = [*Article.content_panels, "place"]
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[type[Page]] = []
    template = "cms/story.html"

    objects = PageManager.from_queryset(StoryQuerySet)()
