"""From a postcode that somebody writes to the cell and the neighbourhood it lies in.

The postcode itself is let go at once: it stands in no address, no answer that is kept and no row of anybody's.
"""

import re

from people.models import Postcode

LOOKS_LIKE_ONE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
MOST_LETTERS = 12  # with the spaces that people put in


def as_code(written: str) -> str:
    """Give a postcode as it is looked up, such as "WS74AA"; "" for what can't be one."""
    code = re.sub(r"[\s.\-]", "", written).upper()
    return code if LOOKS_LIKE_ONE.fullmatch(code) else ""


def find(code: str) -> Postcode | None:
    """Give where a postcode lies, with its place, in one query; None for one that the file didn't have."""
    return Postcode.objects.select_related("place").filter(code=code).first()


def are_known() -> bool:
    """Say whether the file of postcodes was brought in: without it nobody is asked for one."""
    return Postcode.objects.exists()
