"""How Kith says hours, days and times, in one place for pages, mails and pictures.

Pure functions from numbers to words. Hours are whole minutes; a minus is the true sign (−), never a hyphen,
because screen readers skip a hyphen and a statement would lose its meaning.
"""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

MINUS = "\u2212"


COUNTED = (
    _lazy("no"),
    *(_lazy("one"), _lazy("two"), _lazy("three"), _lazy("four"), _lazy("five"), _lazy("six")),
    *(_lazy("seven"), _lazy("eight"), _lazy("nine"), _lazy("ten"), _lazy("eleven")),
    *(_lazy("twelve"), _lazy("thirteen"), _lazy("fourteen"), _lazy("fifteen")),
    *(_lazy("sixteen"), _lazy("seventeen"), _lazy("eighteen"), _lazy("nineteen"), _lazy("twenty")),
)


def count(number: int) -> str:
    """ "eleven" for 11, and figures above twenty, for headlines about people."""
    return str(COUNTED[number]) if 0 <= number < len(COUNTED) else str(number)


def hours(minutes: int, *, signed: bool = False) -> str:
    """Whole minutes in words: 90 is "1 h 30", 45 is "45 min", −45 is "−45 min"; signed adds a plus to gains."""
    whole, left = divmod(abs(minutes), 60)
    if not whole and left:
        words = _("%(minutes)d min") % {"minutes": left}
    elif left:
        words = _("%(hours)d h %(minutes)02d") % {"hours": whole, "minutes": left}
    else:
        words = _("%(hours)d h") % {"hours": whole}
    sign = MINUS if minutes < 0 else "+" if signed and minutes else ""
    # Isolated, so that a page read from right to left doesn't turn "5 h 30" into "30 5 h".
    return f"\u2068{sign}{words}\u2069" if get_language_bidi() else f"{sign}{words}"


def day(on: date | datetime, *, with_year: bool = False) -> str:
    """ "Saturday 28 November", with the year where it could be mistaken."""
    return date_format(_local(on), "l j F Y" if with_year else "l j F")


def short_day(on: date | datetime) -> str:
    """ "28 Nov": for tables and pictures, where the weekday is known or doesn't matter."""
    return date_format(_local(on), "j b").title()


def plain_day(on: date | datetime, *, with_year: bool = False) -> str:
    """ "28 November": inside a sentence."""
    return date_format(_local(on), "j F Y" if with_year else "j F")


def clock(at: time | datetime) -> str:
    """ "2", "4.30", "noon": where the half of the day is plain from what it is about."""
    at = _local_time(at)
    if at.minute == 0 and at.hour in (0, 12):
        return _("noon") if at.hour else _("midnight")
    hour = (at.hour - 1) % 12 + 1
    return f"{hour}.{at.minute:02d}" if at.minute else str(hour)


def moment(at: time | datetime) -> str:
    """ "7.40 in the evening": where the half of the day isn't plain."""
    at = _local_time(at)
    if at.minute == 0 and at.hour in (0, 12):
        return clock(at)
    if at.hour < 12:
        return _("%(clock)s in the morning") % {"clock": clock(at)}
    if at.hour < 17:
        return _("%(clock)s in the afternoon") % {"clock": clock(at)}
    return _("%(clock)s in the evening") % {"clock": clock(at)}


def from_to(start: time | datetime, end: time | datetime | None) -> str:
    """ "2 to 4.30", or only the start where nobody knows the end."""
    if end is None:
        return clock(start)
    return _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


def out_of(part: int | None, whole: int | None) -> str:
    """ "11 of 12". With nothing to count it says so, because "0 of 0" reads like a failure."""
    if part is None or not whole:
        return _("none yet")
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


DEVICES = (
    ("iPhone", _lazy("An iPhone")),
    ("iPad", _lazy("An iPad")),
    ("Android", _lazy("An Android phone or tablet")),
    ("Windows", _lazy("A Windows computer")),
    ("Macintosh", _lazy("A Mac")),
    ("CrOS", _lazy("A Chromebook")),
    ("Linux", _lazy("A Linux computer")),
)


def device(user_agent: str) -> str:
    """What a browser said of itself, as its owner would say it. The order matters: Android calls itself Linux too."""
    for sign, words in DEVICES:
        if sign in user_agent:
            return str(words)
    return _("A phone or computer we don’t know")


def _local(on: date | datetime) -> date:
    return timezone.localdate(on) if isinstance(on, datetime) else on


def _local_time(at: time | datetime) -> time:
    return timezone.localtime(at).time() if isinstance(at, datetime) else at
