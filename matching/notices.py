"""Mails about matching: sent once the work is safely stored, and saying nothing that a shared phone could give away.

A newcomer would put a name in the subject. Somebody else may read it on a lock screen (trust.md SG-39): subjects and
bodies say that something waits, and the page behind the sign-in says what.
"""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from matching.models import Supporter
from people.letters import send
from people.models import Family, User


def adults_of(families: Iterable[Family]) -> list[User]:
    """Give everybody of these families who can sign in, in one query."""
    return list(User.objects.filter(guardian__family__in=families, is_active=True).order_by("pk"))


def helpers_of(supporter: Supporter) -> list[User]:
    """Give everybody of the sharing family, or the volunteer, who can sign in."""
    people = User.objects.filter(is_active=True).order_by("pk")
    if supporter.family_id:
        return list(people.filter(guardian__family=supporter.family_id))
    return list(people.filter(volunteer=supporter.volunteer_id))


def tell(users: Iterable[User], *, about: str, page: str) -> None:
    """Mail each of `users`, in their own language, when the transaction has been stored.

    `about` names a template in templates/emails/matching/, `page` the address path that it points to.
    """
    people = list(users)
    if people:
        transaction.on_commit(partial(_send, people, about, page))


def _send(users: list[User], about: str, page: str) -> None:
    letters = []
    for user in users:
        with override(user.reads):
            letters.append(
                EmailMessage(
                    subject=_("Something new for you on Kith"),
                    body=render_to_string(
                        f"emails/matching/{about}.txt",
                        {"user": user, "address": f"{settings.SITE_ADDRESS}{page}"},
                    ),
                    to=[user.email],
                )
            )
    send(letters, what="A notice about matching")


def to(name: str, **kwargs: int) -> str:
    """Give the path of one of our pages."""
    return reverse(f"matching:{name}", kwargs=kwargs or None)
