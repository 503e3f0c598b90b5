"""`python -m tests.matching.killed`: runs a round again and again, killed one statement later each time.

How it does so stands in tests.killing. Each try asks for a round of its own, an hour after the last, in the database of
DATABASE_URL. It prints how many were killed.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from functools import partial

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()

from matching import running
from people.models import Area, User
from tests.killing import Deed, times_killed

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def a_run(number: int) -> Deed:
    """Ask for a round, and give its run."""
    at = AT + timedelta(hours=number)
    ruth = User.objects.get(email="ruth@example.org")
    asked, waits = running.line_up(area=Area.objects.get(coaches=ruth), by=ruth, at=at)
    assert waits, "whoever died before this must be known to be dead"
    return partial(running.run, round_id=asked.pk, clock=lambda: at)


if __name__ == "__main__":
    sys.stdout.write(f"{times_killed(a_run)}\n")
