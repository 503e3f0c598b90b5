"""Saying yes, and taking it back. A yes counts from the moment it is said and a no at once (trust.md SG-33).

The words that people say yes to stand here with a version. Change the words, change the version: what was agreed to
earlier stays on the record as it was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Consent, User


@dataclass(frozen=True)
class Wording:
    """What was shown: `version` is stored with each answer."""

    version: str
    title: Any
    words: Any


WORDINGS = {
    Consent.Purpose.LINK_UP: Wording(
        "link-up-1",
        _("Show us to families we might be linked with"),
        _(
            "A few families and volunteers, picked with our coach, may see our first names, our neighbourhood, "
            "our children’s ages and what they like, when we’re free, and our goals. "
            "They never see our address, phone number or e-mail."
        ),
    ),
    Consent.Purpose.RECORDED_FOR: Wording(
        "recorded-for-1",
        _("Let the time broker write down hours for us"),
        _("If we tell the time broker about an hour by phone, they may write it down for us."),
    ),
}


def answer(*, by: User, purpose: str, given: bool, at: datetime) -> Consent:
    """Write down a yes or a no, in the words that stand now. The same answer twice is written once."""
    newest = Consent.objects.filter(user=by, purpose=purpose).order_by("-at", "-id").first()
    version = WORDINGS[Consent.Purpose(purpose)].version
    if newest and newest.given == given and (newest.wording == version or not given):
        return newest
    return Consent.objects.create(user=by, purpose=purpose, wording=version, given=given, at=at)


@dataclass(frozen=True)
class Standing:
    """One purpose as it stands for somebody: `said_at` is None where they were never asked."""

    purpose: str
    wording: Wording
    given: bool
    said_at: datetime | None


def standing_of(user: User) -> list[Standing]:
    """Give every purpose that can be answered with one press, and what this person last said. One query."""
    newest = {consent.purpose: consent for consent in Consent.objects.filter(user=user)}
    return [
        Standing(
            purpose=purpose,
            wording=wording,
            given=purpose in newest and newest[purpose].given,
            said_at=newest[purpose].at if purpose in newest else None,
        )
        for purpose, wording in WORDINGS.items()
    ]
