"""Who may use the views of cms."""

from datetime import UTC, datetime, timedelta

from cms.models import EventIndexPage, EventPage
from tests.boundaries.access import Answer, Scene


def an_event(scene: Scene) -> dict[str, int]:
    """Give the arguments of a published event."""
    at = datetime(2026, 11, 28, 14, 0, tzinfo=UTC)
    page = EventIndexPage.objects.get().add_child(
        instance=EventPage(
            title="Soup",
            slug="soup",
            starts_at=at,
            ends_at=at + timedelta(hours=2),
            venue="The hall",
        )
    )
    return {"page_id": page.pk}


ANSWERS = {
    "cms:calendar": Answer(200, 200, 200, 200, 200, signed_out=200, make=an_event),
}
