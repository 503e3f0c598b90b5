"""How a conversation says its days and its people. Pure functions from dates and names to words."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_in_words(day: date, *, on: date) -> str:
    """ "Today", "Yesterday", "Monday", "Saturday 28 November", with the year where it is another one."""
    if day == on:
        return _("Today")
    if day == on - timedelta(days=1):
        return _("Yesterday")
    if on - timedelta(days=7) < day < on:
        return date_format(day, "l")
    return date_format(day, "l j F" if day.year == on.year else "l j F Y")


def in_one_breath(names: list[str]) -> str:
    """ "Denise", "Denise and Mark", "Denise, Mark and Ruth"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
