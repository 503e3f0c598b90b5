"""What a coach overruled between two, as a page tells it: who, when, why, and which rules.

A newcomer would show a row a rule. A coach decides about two people at once, in one sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from matching.engine.rules import RULES
from matching.models import Overruling
from people.models import User

LABELS = {rule.code: rule.label for rule in RULES}


@dataclass(frozen=True)
class Overruled:
    """One decision about two; `rules` completes "they are …"."""

    family_id: int
    supporter_id: int
    by: User
    on: date
    why: str
    rules: str


def overruled(two: Iterable[tuple[int, int]]) -> list[Overruled]:
    """Give what stands overruled between these families and supporters, by their rows, in one query."""
    asked = set(two)
    rows = Overruling.objects.standing().filter(
        family__in={family for family, _helper in asked},
        supporter__in={helper for _family, helper in asked},
    )
    found = [
        one
        for one in rows.select_related("by").order_by("at", "pk")
        if (one.family_id, one.supporter_id) in asked
    ]
    decisions = groupby(
        found, lambda one: (one.family_id, one.supporter_id, one.by, one.at, one.why)
    )
    return [
        Overruled(
            family,
            helper,
            by,
            timezone.localdate(at),
            why,
            get_text_list([LABELS[one.code] for one in rules], _("and")),
        )
        for (family, helper, by, at, why), rules in decisions
    ]
