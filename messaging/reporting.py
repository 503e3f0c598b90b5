"""Saying that a message isn't all right. Whoever reports it never has to explain, and its author is not told.

A copy is kept beside the message, so that the report still shows what was read if the author is erased later
(trust.md SG-24). The report also raises a concern, so that it lands on the one list that somebody is answerable for.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from messaging.models import Message, Report
from people.models import User
from safeguarding.concerns import raise_concern


class CannotReport(Exception):
    """A report was refused. Says why, to the person who tried."""

    words = gettext_lazy("You can only report what somebody else wrote in a conversation of yours.")

    def __str__(self) -> str:
        return str(self.words)


def report(*, message: Message, by: User, why: str, at: datetime) -> Report:
    """Give the report of `message` by somebody it was written to; a second one by the same person gives the first.

    Somebody who has left the conversation may still report what they read in it. Raises CannotReport for the author
    and for a stranger.
    """
    took_part = message.conversation.participants.filter(user=by)
    if message.author_id == by.pk or not took_part.exists():
        raise CannotReport
    with transaction.atomic():
        made, is_new = Report.objects.get_or_create(
            message=message, by=by, defaults={"why": why.strip(), "copy": message.words, "at": at}
        )
        if is_new:
            raise_concern(
                words=_told(made),
                about=_("A message in conversation %(id)d") % {"id": message.conversation_id},
                reach="",
                whom=[message.author],
                by=by,
                at=at,
            )
    return made


def _told(made: Report) -> str:
    message = made.message
    author = message.conversation.participants.get(user=message.author_id)
    told = _("Somebody reported a message. %(author)s wrote:") % {"author": author.shown_as}
    parts = [told, made.copy]
    if made.why:
        parts += [_("Why they reported it:"), made.why]
    return "\n\n".join(parts)
