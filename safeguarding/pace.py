"""How often one address may tell us something: often enough for a library full of people, not enough for a machine.

Counts live in the cache for an hour, under a keyed hash, so that no address is written down.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MOST_AN_HOUR = 20
HOUR = 60 * 60


def too_many(request: HttpRequest) -> bool:
    """Count this one, and say whether its address has told us more than MOST_AN_HOUR in the last hour."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:  # an address that can't be told must not keep a worry from being told
        return False
    key = "concern-" + salted_hmac("safeguarding.pace", address).hexdigest()
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # it ran out between the two lines
        return False
