"""How long something took: from what people type to whole minutes. (Back to words: people.saying.hours.)

A bare whole number is minutes, a number with a point or comma is hours: nobody means forty-five hours by "45", and
nobody means one and a half minutes by "1,5". Small bare numbers could be either, and very large ones are likely slips,
so there we ask instead of guessing.
"""

import re

from django.utils.translation import gettext as _

from people.saying import hours

LONGEST_MINUTES = 24 * 60  # one exchange is at most a day; a longer one is written down day by day
SMALLEST_SURE = 10  # "2" may be two hours or two minutes; from ten up people mean minutes
LARGEST_SURE = 600  # "999" is more likely a slip than sixteen hours and a half

_HOURS_AND_MINUTES = re.compile(
    r"(?P<hours>\d{1,3})\s*(?:h|hr|hrs|hour|hours)\.?(?:\s*(?:and\s*)?(?P<minutes>\d{1,2})\s*(?:m|min|mins|minute|minutes)?\.?)?"
)
_MINUTES = re.compile(r"(?P<minutes>\d{1,4})\s*(?:m|min|mins|minute|minutes)\.?")
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)")
_DECIMAL_HOURS = re.compile(
    r"(?P<whole>\d{0,3})[.,](?P<part>\d{1,3})\s*(?:h|hr|hrs|hour|hours)?\.?"
)
_QUARTERS = {"¼": ".25", "½": ".5", "¾": ".75"}  # as phones offer them
_BARE = re.compile(r"\d{1,4}")


class NotADuration(ValueError):
    """What was typed isn't a length of time we can count; the message says what to write instead."""


def parse_duration(text: str, *, most: int | None = LONGEST_MINUTES) -> int:
    """Give the whole minutes that `text` means, 1 to `most`: a day, or however many where that is None.

    Takes 45, 45 min, 1h, 1h30, 1 h 30 min, 1:30, 1.5, 1,5 and 1½. Raises NotADuration for anything else, for nothing at
    all, for more than that, and for parts of an hour that don't come out as whole minutes.
    """
    text = text.strip().lower()
    for sign, part in _QUARTERS.items():
        text = re.sub(rf"(?<=\d)\s?{sign}|^{sign}", part, text)
    minutes = _minutes(text)
    if minutes == 0:
        raise NotADuration(_("Write more than nothing, such as 45 min."))
    if most is not None and minutes > most:
        raise NotADuration(_("That’s more than a day. Write each day down by itself."))
    return minutes


def _minutes(text: str) -> int:
    if found := _HOURS_AND_MINUTES.fullmatch(text):
        return int(found["hours"]) * 60 + _under_an_hour(found["minutes"] or "0")
    if found := _MINUTES.fullmatch(text):
        return int(found["minutes"])
    if found := _CLOCK.fullmatch(text):
        return int(found["hours"]) * 60 + int(found["minutes"])
    if found := _DECIMAL_HOURS.fullmatch(text):
        return _of_decimal(found["whole"], found["part"])
    if _BARE.fullmatch(text) and text.isascii():
        return _sure(int(text))
    raise NotADuration(_("Write how long it took, such as 45 min or 1h30."))


def _under_an_hour(text: str) -> int:
    if int(text) > 59:
        raise NotADuration(_("Write hours and minutes, such as 1h30."))
    return int(text)


def _of_decimal(whole: str, part: str) -> int:
    # Exact: thousandths of an hour, so that a third of an hour is asked about and never rounded.
    thousandths = int(whole or "0") * 1000 + int(part.ljust(3, "0"))
    minutes, left_over = divmod(thousandths * 60, 1000)
    if left_over:
        raise NotADuration(_("That isn’t a whole number of minutes. Write it as 20 min."))
    return minutes


def _sure(number: int) -> int:
    if 0 < number < SMALLEST_SURE:
        raise NotADuration(
            _("Do you mean %(number)dh or %(number)d min? Write one of them.") % {"number": number}
        )
    if LARGEST_SURE < number <= LONGEST_MINUTES:
        raise NotADuration(_("Do you mean %(long)s? Write it like that.") % {"long": hours(number)})
    return number
