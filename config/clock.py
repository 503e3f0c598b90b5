"""What happens because time passes: each deed is asked again and again, and does what is due and not done.

A newcomer would keep a list of jobs with their next times. A deed here looks at what is stored (a check that runs out
in ninety days, a link-up in its last fortnight) and at what was told before, so that a clock that stood still for a
week, or ran twice at once, leaves things as if it had gone on.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import close_old_connections
from django.utils import timezone

from matching import how_was_it, milestones, resting
from people import handing
from safeguarding import reminding
from safeguarding.telling import tell_waiting
from safeguarding.timers import climb_missed

Deed = Callable[[datetime], None]

# In order. Each takes the moment, is safe to run twice, and does in one go what may take a while after a standstill.
DEEDS: tuple[Deed, ...] = (
    climb_missed,
    tell_waiting,
    handing.take_turns,
    resting.keep_to_clearance,
    reminding.remind,
    milestones.remind,
    how_was_it.ask,
)
EVERY = timedelta(minutes=5)
log = logging.getLogger(__name__)


def tick(at: datetime) -> bool:
    """Do every deed as of `at` and say whether all of them went well; one that fails keeps none of the others back."""
    well = True
    for deed in DEEDS:
        try:
            deed(at)
        except Exception:
            log.exception("%s.%s went wrong.", deed.__module__, deed.__qualname__)
            well = False
    return well


def keep_ticking(stop: Event, *, every: timedelta = EVERY) -> Thread:
    """Tick in a thread of its own, now and then until `stop`: for `manage.py run`, where no cron is."""

    def go_on() -> None:
        while True:
            close_old_connections()
            tick(timezone.now())
            close_old_connections()
            if stop.wait(every.total_seconds()):
                return

    thread = Thread(target=go_on, name="clock", daemon=True)
    thread.start()
    return thread
