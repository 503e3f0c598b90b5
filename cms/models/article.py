"""What every page with words shares: a lead, a drawing made for Kith, and a body."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from people.drawings import DRAWINGS

A_PAGE_OF_ROWS = 20


class Article(Page):
    """A page with a lead, a drawing and a body. Abstract."""

    lead = models.TextField(
        "one or two sentences that say what this is", max_length=280, blank=True
    )
    # One of the drawings made for Kith; never a photograph of where somebody lives.
    drawing = models.CharField(max_length=16, choices=tuple(DRAWINGS.items()), blank=True)
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*Page.content_panels, "lead", "drawing", "body"]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True


class IndexPage(Page):
    """A list of pages of one kind. Abstract; a kind says which rows it lists and in what order."""

    rows: Callable[[], models.QuerySet[Any]]  # the published pages to list, in order

    lead = models.TextField(max_length=280, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    max_count = 1

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the template one page of rows as `rows`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["rows"] = Paginator(self.rows(), A_PAGE_OF_ROWS).get_page(request.GET.get("page"))
        return context
