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
from safeguarding.board_access import owed_by


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
    """Families on the board whose week is over, and what this coach took on and said nothing about. One query."""
    for owed in owed_by(user, on):
        url = reverse("safeguarding:on_board", kwargs={"place_id": owed.place_id})
        late = how_late(owed.due_on, on)
        if owed.step:
            words = _("From the meeting: %(words)s") % {"words": owed.step}
            yield Need(
                DATED, owed.due_on, "half", late, owed.family, words, url, _("Say how it went")
            )
        else:
            words = _("Their week on the board is over. Talk about them at the meeting.")
            yield Need(
                DATED, owed.due_on, "half", late, owed.family, words, url, _("Talk about them")
            )
