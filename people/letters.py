"""Mail that follows something already stored: when the mail server is away, the work stands and the log says so.

A letter says that something waits, and the page behind the sign-in says what: somebody else may read it on a lock
screen (trust.md SG-39). Nobody's address goes into the log, so neither does the mail server's own answer, which may
repeat it.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from people.models import Told, User

log = logging.getLogger(__name__)


class _MailIsAway(Exception):
    """The mail server took nothing, so nobody was told."""


def send(letters: Sequence[EmailMessage], *, what: str) -> bool:
    """Send `letters` and say whether the mail server took them; `what` names them in the log."""
    try:
        get_connection().send_messages(letters)
    except OSError as away:  # SMTPException is one too
        log.error("%s could not be sent: %s", what, type(away).__name__)
        return False
    return True


def tell(users: Iterable[User], *, about: str, page: str) -> None:
    """Mail each of `users`, in their own language, when the transaction has been stored.

    `about` names a template below templates/emails/, such as "matching/offered"; `page` is the path it points to.
    """
    people = list(users)
    if people:
        transaction.on_commit(partial(_post, people, about, page))


def tell_once(users: Iterable[User], *, key: str, about: str, page: str, at: datetime) -> bool:
    """Mail each of `users` unless `key` was told before, and say whether they were told now.

    For the clock (config.clock), which asks again and again. What was told is kept only when the mail server took the
    letters, so one that is away today is asked again later. With nobody to tell, nothing is kept.
    """
    people = list(users)
    if not people or Told.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():
            _row, is_first = Told.objects.get_or_create(key=key, defaults={"told_at": at})
            if is_first and not _post(people, about, page):
                raise _MailIsAway
    except _MailIsAway:
        return False
    return is_first


def _post(users: list[User], about: str, page: str) -> bool:
    letters = []
    for user in users:
        with override(user.reads):
            letters.append(
                EmailMessage(
                    subject=_("Something new for you on Kith"),
                    body=render_to_string(
                        f"emails/{about}.txt",
                        {"user": user, "address": f"{settings.SITE_ADDRESS}{page}"},
                    ),
                    to=[user.email],
                )
            )
    return send(letters, what=f"A letter about {about}")
