"""For whom a phone keeps something: a mark that a script compares, and from which nobody learns who it is.

A phone may be shared. What one person kept on it is thrown away when another one signs in, and at sign-out the browser
is told to forget it all (config.middleware.nothing_left_on_the_phone).
"""

from django.utils.crypto import salted_hmac

from people.models import User


def kept_for(user: User) -> str:
    """Give the mark of a person, always the same for the same account."""
    return salted_hmac("people.keeping", str(user.pk)).hexdigest()[:20]
