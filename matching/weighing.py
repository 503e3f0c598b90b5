"""What counts in a match: a new version of the weights, and what it would change before anybody decides.

A newcomer would expect heavier weights to place more families. They can't: who is placed follows from who may be
paired at all and who waited longest. The weights only choose among those answers: who is with whom.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching import snapshot
from matching.comparing import Comparison, compare
from matching.engine.pairing import pair
from matching.engine.terms import Answer, Instance, Weights
from matching.engine.whatif import Difference, difference
from matching.locking import locked
from matching.models import WeightsVersion
from matching.models.weights import PARTS
from matching.snapshot import Snapshot
from people.models import Area, User


class WeighingError(Exception):
    """The weights can't be saved like this; the message is for the manager."""


class OvertakenError(WeighingError):
    """Somebody saved other weights meanwhile: `newest`."""

    def __init__(self, newest: WeightsVersion) -> None:
        super().__init__(
            _("Somebody saved version %(version)d while you wrote. Nothing of yours is lost.")
            % {"version": newest.version}
        )
        self.newest = newest


@dataclass(frozen=True)
class Preview:
    """What other weights would change in an area as it stands now."""

    area: Area
    seen: Snapshot
    after: Answer
    change: Difference


@transaction.atomic
def adopt(*, base: int, weights: Weights, why: str, by: User, at: datetime) -> WeightsVersion:
    """Make the weights the newest version, for the rounds from now on. `base` is the version they were made from.

    Raises OvertakenError when that is not the newest any more, WeighingError when nothing would change.
    """
    # The first version is there for ever, so whoever saves can wait for it.
    WeightsVersion.objects.select_for_update().get(version=1)
    newest = WeightsVersion.objects.newest()
    if newest.version != base:
        raise OvertakenError(newest)
    numbers = _numbers(weights)
    if numbers == _numbers(newest.weights):
        raise WeighingError(_("These are in use already. Change a number first."))
    return WeightsVersion.objects.create(
        version=newest.version + 1, made_by=by, made_at=at, why=why.strip(), **numbers
    )


def preview(*, area: Area, before: Weights, after: Weights, at: datetime) -> Preview:
    """Give what would change in an area if a round were run now; nothing is written."""
    with snapshot.one_moment():
        seen = snapshot.of_area(area, at=at)
    compared = compare(seen, weights=before)
    now, then = (
        pair(locked(one, seen.kept)) for one in (compared.instance, weighed_anew(compared, after))
    )
    return Preview(area, seen, then, difference(now, then))


def weighed_anew(compared: Comparison, weights: Weights) -> Instance:
    """Give the same question under other weights, without comparing anybody again: a part's value stays its value."""
    pairs = compared.instance.pairs
    totals = compared.scores.totals(pairs, weights=weights)
    scored = (replace(one, score=total) for one, total in zip(pairs, totals, strict=True))
    return replace(compared.instance, pairs=tuple(scored))


def _numbers(weights: Weights) -> dict[str, Any]:
    return {part: getattr(weights, part) for part in PARTS}
