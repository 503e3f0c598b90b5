"""What the public site answers besides its pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cms.feeds import calendar_of
from cms.models import EventPage
from people.access import access


@require_safe
@access("public")
def calendar(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give one published event as a calendar file."""
    # By the page's own id: asked through the pointer to it, a number too long for a column is an error, not a 404.
    event = get_object_or_404(EventPage.objects.live().public(), id=page_id)
    answer = HttpResponse(calendar_of([event]), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer
