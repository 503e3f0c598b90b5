"""Wishes: what one place in the queue is for. A family that hopes for both has two, and each is answered by itself.

A newcomer would read them off the family. What it hopes for may change; the wish on a proposal or a shortlist is the
one that it was made for.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.models.supporter import Supporter
from people.models import Family

Hope = Family.Hope


class Wish(models.TextChoices):
    """For whom."""

    SHARING = "sharing", _("a family who has been through it")
    VOLUNTEER = "volunteer", _("a volunteer")
    EITHER = "either", _("whoever suits best")


_OF_A_HOPE = {
    Hope.SHARING: (Wish.SHARING,),
    Hope.VOLUNTEER: (Wish.VOLUNTEER,),
    Hope.BOTH: (Wish.SHARING, Wish.VOLUNTEER),
    Hope.EITHER: (Wish.EITHER,),
}


def wishes_of(family: Family) -> tuple[Wish, ...]:
    """Give what a family hopes for, answered or not: one wish, or two that no supporter answers both of."""
    return _OF_A_HOPE[Hope(family.hopes_for)]


def answers(supporter: Supporter, wish: str) -> bool:
    """Say whether this supporter is of the kind that is wished for."""
    if wish == Wish.EITHER:
        return True
    return (supporter.family_id is not None) == (wish == Wish.SHARING)
