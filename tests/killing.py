"""A deed done again and again, each time killed with -9 one statement later, by a program of its own.

Each try runs in a process forked off this one and kills itself when so many statements have been answered; the last
that is killed dies between its commit and telling anybody, and one more lives.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count

from django.db import connection

Deed = Callable[[], object]


def times_killed(deed_of: Callable[[int], Deed]) -> int:
    """Give how many tries were killed, from before the first statement to after the commit.

    `deed_of` gives the deed of a try by its number; what it does for that is not counted.
    """
    return next(number for number in count() if not _is_killed(deed_of, number))


def _is_killed(deed_of: Callable[[int], Deed], number: int) -> bool:
    """Do a deed in a process of its own, killed after `number` statements; say whether it was."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            return os.WTERMSIG(status) == signal.SIGKILL
        if os.WEXITSTATUS(status):
            sys.exit("A try failed; its error stands above.")
        return False
    deed, left = deed_of(number), number

    def die_in_time(execute: Callable[..., object], *statement: object) -> object:
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return execute(*statement)

    with connection.execute_wrapper(die_in_time):
        deed()
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(0)
