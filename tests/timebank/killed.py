"""`python -m tests.timebank.killed DEED`: does a deed again and again, killed one statement later each time.

How it does so stands in tests.killing; here are the deeds. It works in the database of DATABASE_URL, and prints how
many tries were killed. A deed takes the number of its try, so that whoever looks at what is left may repeat it.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from uuid import NAMESPACE_OID, uuid5

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()

from datetime import UTC, datetime

from people.models import User
from tests.killing import times_killed
from timebank import exchanges, gatherings, ledger
from timebank.models import Account, Exchange, Transfer

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MOST = 40  # more statements than any deed has


def confirm(number: int) -> object:
    """Say yes to the exchange of that number."""
    exchange = Exchange.objects.order_by("pk")[number]
    return exchanges.confirm(exchange=exchange, by=_somebody("amara"), at=AT)


def gather(number: int) -> object:
    """Credit three families at once."""
    families = Account.objects.filter(kind=Account.Kind.FAMILY).order_by("pk")
    return gatherings.record(
        words="Tidied the brook",
        held_on=AT.date(),
        minutes=dict.fromkeys(families, 30),
        by=_somebody("bea"),
        at=AT,
        client_id=uuid5(NAMESPACE_OID, str(number)),
    )


def put_right(number: int) -> object:
    """Send the minutes of the line of that number back, under the floor, which writes an exception too."""
    line = Transfer.objects.filter(reverses=None).order_by("pk")[number]
    by, key = _somebody("bea"), f"reversal:{line.pk}"
    return ledger.reverse(transfer=line, reason="Mistaken", by=by, at=AT, key=key)


DEEDS: dict[str, Callable[[int], object]] = {
    "confirm": confirm,
    "gather": gather,
    "put_right": put_right,
}


def _somebody(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


if __name__ == "__main__":
    deed = DEEDS[sys.argv[1]]
    sys.stdout.write(f"{times_killed(lambda number: partial(deed, number))}\n")
