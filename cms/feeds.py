"""Calendar files (RFC 5545), made by the icalendar package."""

from collections.abc import Iterable

from icalendar import Calendar, Event

from cms.models import EventPage


def calendar_of(events: Iterable[EventPage]) -> bytes:
    """Give events as the bytes of one calendar; times in UTC, so that no reader needs our time zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kith//What is on//EN")
    calendar.add("version", "2.0")
    for page in events:
        event = Event()
        event.add("uid", f"event-{page.pk}@kith")
        event.add("dtstamp", page.last_published_at or page.starts_at)
        event.add("dtstart", page.starts_at)
        event.add("dtend", page.ends_at)
        event.add("summary", page.title)
        event.add("location", page.venue)
        event.add("url", page.full_url)
        calendar.add_component(event)
    return calendar.to_ical()
