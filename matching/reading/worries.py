"""What a coach owes to the safeguarding lead and to the daily meeting, as rows of their day.

A newcomer would say whose concern it is. A row here never does: somebody may look over the coach's shoulder.
"""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.reading.needs import DATED, SAFETY, Need, how_late
from people.models import User
from safeguarding.access import asked_of
from safeguarding.board_access import answered_for_by, steps_of


def asked_by_lead(user: User) -> Iterator[Need]:
    """What the safeguarding lead asked of this coach: the only way a concern ever shows here, and never whose it is."""
    for asked in asked_of(user):
        yield Need(
            SAFETY,
            timezone.localdate(asked.at),
            "diamond",
            _("Safety. You’re asked to help"),
            _("A word from our safeguarding lead"),
            _(
                "They ask for your help with something somebody told us. Read it where nobody looks on."
            ),
            reverse("safeguarding:asked", kwargs={"action_id": asked.pk}),
            _("Read it"),
        )


def on_board(user: User, on: date) -> Iterator[Need]:
    """Families on the board whose week is over, and what this coach took on and hasn't said anything about."""
    for place in answered_for_by(user, on):
        yield Need(
            DATED,
            place.review_by,
            "half",
            how_late(place.review_by, on),
            place.family.display_name,
            _("Their week on the board is over. Talk about them at the meeting."),
            reverse("safeguarding:on_board", kwargs={"place_id": place.pk}),
            _("Talk about them"),
        )
    for step in steps_of(user, on):
        yield Need(
            DATED,
            step.due_on,
            "half",
            how_late(step.due_on, on),
            step.place.family.display_name,
            _("From the meeting: %(words)s") % {"words": step.words},
            reverse("safeguarding:on_board", kwargs={"place_id": step.place_id}),
            _("Say how it went"),
        )
