"""`python -m tests.timebank.killed DEED`: does a deed again and again, each time killed with -9 one statement later.

Each try runs in a process forked off this one, in the database of DATABASE_URL, and kills itself when so many
statements have been answered; the last that is killed dies between its commit and telling anybody, and one more lives.
It prints how many were killed. The deeds take the number of the try, so that whoever looks at what is left may repeat
them.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from uuid import NAMESPACE_OID, uuid5

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()

from datetime import UTC, datetime

from django.db import connection

from people.models import User
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


def is_killed(deed: Callable[[int], object], number: int) -> bool:
    """Do a deed in a process of its own, killed after `number` statements; say whether it was."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            return os.WTERMSIG(status) == signal.SIGKILL
        if os.WEXITSTATUS(status):
            sys.exit("A try failed; its error stands above.")
        return False
    left = number

    def die_in_time(execute: Callable[..., object], *statement: object) -> object:
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return execute(*statement)

    with connection.execute_wrapper(die_in_time):
        deed(number)
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(0)


def main(deed: Callable[[int], object]) -> int:
    """Give how many tries were killed, from before the first statement to after the commit."""
    return next(number for number in count() if not is_killed(deed, number))


if __name__ == "__main__":
    sys.stdout.write(f"{main(DEEDS[sys.argv[1]])}\n")
