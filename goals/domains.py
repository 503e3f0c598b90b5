"""The eight sides of the wellbeing web in our own words, for somebody of nine.

The words of the law stay in the database and in brackets in the table, so that a teacher or a health visitor knows
them again. No form's sentences are copied. A name stands at the end of a spoke, so it is short in every language.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from goals.models import WebDomain


@dataclass(frozen=True)
class Domain:
    """One side: its code, its name at the spoke, and what it asks."""

    code: str
    name: Any
    asks: Any

    @property
    def term(self) -> str:
        """The word of the law, as it stands in brackets."""
        return WebDomain(self.code).label.lower()


DOMAINS = (
    Domain(
        WebDomain.SAFE,
        _("Feeling safe"),
        _("Nobody hurts or scares them: at home, at school, online."),
    ),
    Domain(
        WebDomain.HEALTHY,
        _("Keeping well"),
        _("Body and head are all right, and somebody helps when they aren’t."),
    ),
    Domain(
        WebDomain.ACHIEVING,
        _("Getting on"),
        _("Learning things, at school or anywhere, and pleased about it."),
    ),
    Domain(
        WebDomain.NURTURED,
        _("Looked after"),
        _("Meals, a warm bed, a hug, and somebody to go to."),
    ),
    Domain(
        WebDomain.ACTIVE,
        _("On the move"),
        _("Playing, running about, getting out of the house."),
    ),
    Domain(
        WebDomain.RESPECTED,
        _("Listened to"),
        _("People ask what they think, and it counts."),
    ),
    Domain(
        WebDomain.RESPONSIBLE,
        _("Trusted"),
        _("They have jobs of their own, and do their bit."),
    ),
    Domain(
        WebDomain.INCLUDED,
        _("Belonging"),
        _("Friends, and places where they’re wanted."),
    ),
)
