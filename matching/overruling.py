"""A coach overrules what stands between two, where the rule lets a person decide; or takes that back.

A newcomer would lift every rule at once. What stands there today is overruled by name: a check that lapses tomorrow,
or somebody's own "no", stands as before.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.asking import everybody
from matching.models import Overruling, Supporter
from people.models import Family, User


class OverrulingError(Exception):
    """It can't be overruled; the message is for the coach."""


@transaction.atomic
def overrule(*, family: Family, supporter: Supporter, why: str, by: User, at: datetime) -> int:
    """Let these two be proposed in spite of what stands between them today; give how many rules those were.

    Saying it twice changes nothing. Raises OverrulingError when one of them is not for a person to decide, or no reason
    is given.
    """
    why = why.strip()
    if not why:
        raise OverrulingError(_("Say in a few words why they may be linked all the same."))
    Family.objects.select_for_update().get(pk=family.pk)  # two coaches, one answer
    only = Supporter.objects.filter(pk=supporter.pk)
    (stands,) = everybody(family=family, supporters=only, at=at).values()
    if not stands.may_overrule:
        raise OverrulingError(
            _("Something else is in the way today, and nobody may overrule that.")
        )
    made = [
        Overruling(family=family, supporter=supporter, code=one.code, why=why[:280], by=by, at=at)
        for one in stands.blockers
    ]
    return len(Overruling.objects.bulk_create(made))


@transaction.atomic
def take_back(*, family: Family, supporter: Supporter, by: User, at: datetime) -> int:
    """Let the rules stand again between these two; give how many had been overruled. Links made since stay."""
    standing = Overruling.objects.standing().filter(family=family, supporter=supporter)
    return standing.update(taken_back_by=by, taken_back_at=at)
