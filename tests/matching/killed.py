"""`python -m tests.matching.killed`: runs a round again and again, each time killed with -9 one statement later.

Each try asks for a round of its own, an hour after the last, in a process forked off this one, in the database of
DATABASE_URL. It kills itself when so many statements of the run have been answered; the last that is killed dies
between its commit and telling anybody, and one more lives. It prints how many were killed.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()

from django.db import connection

from matching import running
from people.models import Area, User

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def is_killed(number: int) -> bool:
    """Run a round in a process of its own, killed after `number` statements; say whether it was."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            return os.WTERMSIG(status) == signal.SIGKILL
        if os.WEXITSTATUS(status):
            sys.exit("A try failed; its error stands above.")
        return False
    at = AT + timedelta(hours=number)
    ruth = User.objects.get(email="ruth@example.org")
    asked, waits = running.line_up(area=Area.objects.get(coaches=ruth), by=ruth, at=at)
    assert waits, "whoever died before this must be known to be dead"
    left = number

    def die_in_time(execute: Callable[..., object], *statement: object) -> object:
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return execute(*statement)

    with connection.execute_wrapper(die_in_time):
        running.run(round_id=asked.pk, clock=lambda: at)
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(0)


def main() -> int:
    """Give how many tries were killed, from before the first statement to after the commit."""
    return next(number for number in count() if not is_killed(number))


if __name__ == "__main__":
    sys.stdout.write(f"{main()}\n")
