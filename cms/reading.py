"""What other pages show of the public site."""

from datetime import datetime

from cms.models import EventPage
from people.models import Place


def coming_events(*, place: Place | None, at: datetime, most: int) -> list[EventPage]:
    """Give up to `most` coming events, soonest first; those in the place or its town are taken before others.

    Two queries, because Wagtail also asks which pages are private.
    """
    events = list(EventPage.objects.coming(at=at).defer("body")[: most * 5])
    if place is None:
        return events[:most]
    near = {place.pk, place.parent_id}
    taken = sorted(events, key=lambda event: event.place_id not in near)[:most]
    return [event for event in events if event in taken]
