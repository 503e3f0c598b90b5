"""What stands behind the "?" of an address: anybody may write anything there."""

from people.access import SignedIn

MOST_DIGITS = 17  # what every database takes for an id


def number_in(request: SignedIn, name: str) -> int | None:
    """Give the whole number of that name, not below 0; None where there is none."""
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) <= MOST_DIGITS else None
