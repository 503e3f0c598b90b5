"""What of a long day is shown first, and how the rest is reached: by reason, one page a reason.

A newcomer would cut the list. Whoever is cut is forgotten; here everybody beyond the first twenty is counted beside
the reason, and one press away.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.reading.needs import Need
from matching.reading.waits import LONGEST_SHOWN, NEWCOMERS_SHOWN

SHOWN = 20
# Of these the first few will do for a day: they would push away what others wait for.
A_FEW = {"new": NEWCOMERS_SHOWN, "longest": LONGEST_SHOWN, "quiet": 3}
REASONS = {
    "fell": gettext_lazy("Goals that fell"),
    "again": gettext_lazy("Lists to look at again"),
    "new": gettext_lazy("Somebody new: say hello"),
    "due": gettext_lazy("Calls and visits that are due"),
    "no_answer": gettext_lazy("No answer yet"),
    "silent": gettext_lazy("Link-ups of which nothing is heard"),
    "longest": gettext_lazy("Waiting for somebody"),
    "quiet": gettext_lazy("Families not talked with lately"),
}


@dataclass(frozen=True)
class More:
    """How many further rows there are for a reason; `kind` asks for them."""

    kind: str
    label: str
    count: int


def fold(found: list[Need]) -> tuple[list[Need], list[More]]:
    """Give the first twenty of a day in order, with a few only of some reasons, and how many more of each there are.

    Rows without a kind (a missing check, a round to decide) are few and never folded.
    """
    shown: list[Need] = []
    many: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for need in found:
        many[need.kind] += 1
        full = len(shown) >= SHOWN or many[need.kind] > A_FEW.get(need.kind, SHOWN)
        if need.kind and full:
            left[need.kind] += 1
        else:
            shown.append(need)
    return shown, [More(kind, str(REASONS[kind]), left[kind]) for kind in REASONS if left[kind]]


def label_of(kind: str) -> str:
    """Give the heading of one reason's page; of all of them where there is no such reason."""
    return str(REASONS[kind]) if kind in REASONS else _("Everything")
