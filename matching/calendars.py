"""One plan as a calendar file (RFC 5545), for the phone's own calendar.

Calendars are shared, and shown on lock screens (trust.md SG-39): the file says a day and nothing else. No name, no
place, no words of theirs and none of ours that would tell what this is. A newcomer would put the plan's words in it.
"""

from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from matching.models import Plan

STANDINGS = {
    Plan.Standing.SUGGESTED: "TENTATIVE",
    Plan.Standing.AGREED: "CONFIRMED",
    Plan.Standing.DONE: "CONFIRMED",
    Plan.Standing.DROPPED: "CANCELLED",
}


def calendar_of(plan: Plan) -> bytes:
    """Give the bytes of a calendar with one whole-day event; its id stays, so that opening it again puts it right."""
    event = Event()
    event.add("uid", str(plan.calendar_id))
    event.add("dtstamp", plan.changed_at)
    event.add("sequence", plan.changes)
    event.add("dtstart", plan.on)
    event.add("dtend", plan.on + timedelta(days=1))
    event.add("summary", _("Something planned"))
    event.add("status", STANDINGS[Plan.Standing(plan.standing)])
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Plans//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if plan.standing == Plan.Standing.DROPPED else "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
