"""The rule that a wish for a sharing family is never answered by a volunteer, nor the other way round.

It stands here and not among the engine's rules: to the engine a family that hopes for both is two who wait, and a
supporter has no kind. Like those it is a reason that can be read out, and never a low score.
"""

from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext as _

from matching.engine.columns import Flags, Rows
from matching.engine.eligibility import Blocker
from matching.models import Supporter, Wish
from matching.models.wish import answers


class Kinds:
    """What each row of the families wishes for, and of which kind each row of the supporters is."""

    def __init__(self, wishes: Iterable[str], supporters: Iterable[Supporter]) -> None:
        self._wishes = list(wishes)
        self._accepts = {
            Wish.SHARING: np.array([one != Wish.VOLUNTEER for one in self._wishes], dtype=bool),
            Wish.VOLUNTEER: np.array([one != Wish.SHARING for one in self._wishes], dtype=bool),
        }
        self._shares = np.array([one.family_id is not None for one in supporters], dtype=bool)

    def differ(self, i: Rows, j: Rows) -> Flags:
        """Say of each pair whether the supporter is of the kind that isn't wished for."""
        accepts = self._accepts
        return ~np.where(self._shares[j], accepts[Wish.SHARING][i], accepts[Wish.VOLUNTEER][i])

    def read_out(self, row: int, other: int) -> list[Blocker]:
        """Give the rule in words about one pair, by their rows; empty where it does not stand."""
        return (
            _blocker(self._wishes[row])
            if self.differ(np.array([row]), np.array([other]))[0]
            else []
        )


def against_kind(wish: str, supporter: Supporter) -> list[Blocker]:
    """Give why this supporter can't answer this wish, in words; empty where they can."""
    return [] if answers(supporter, wish) else _blocker(wish)


def _blocker(wish: str) -> list[Blocker]:
    for_a_volunteer = wish == Wish.VOLUNTEER
    return [
        Blocker(
            code="kind",
            label=_("sharing, where a volunteer is hoped for")
            if for_a_volunteer
            else _("volunteering, where a family is hoped for"),
            words=_("They hope for a volunteer; this is a family.")
            if for_a_volunteer
            else _("They hope for a family who has been through it; this is a volunteer."),
            may_overrule=True,
        )
    ]
