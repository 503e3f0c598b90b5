"""Who waits for a link-up, and since when. One home, because a family's turn depends on it.

A newcomer would count from the last thing that happened. A family whose link-up stopped, or whose supporter moved,
keeps its old place in the queue: it was not their doing. Only a link-up that came to a good end starts a new wait.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from matching.models import LinkUp, Shortlist
from people.models import Family

OPEN_SHORTLIST = (Shortlist.Standing.OFFERED, Shortlist.Standing.CHOSEN)


def awaits_answer(family: Family) -> bool:
    """Say whether the family has chosen somebody who has not answered yet."""
    return Shortlist.objects.filter(family=family, standing=Shortlist.Standing.CHOSEN).exists()


def with_wait(families: QuerySet[Family]) -> QuerySet[Family]:
    """Give the families with `last_done_on`, the day a link-up of theirs last came to a good end (or None)."""
    done = LinkUp.objects.filter(
        family=OuterRef("pk"), ending__in=[LinkUp.Ending.DONE, LinkUp.Ending.EARLY_DONE]
    ).order_by("-ended_on")
    return families.annotate(last_done_on=Subquery(done.values("ended_on")[:1]))


def waiting_days(family: Family, *, on: date) -> int:
    """Give how many days a family of `with_wait` has waited; never less than none."""
    last_done_on: date | None = getattr(family, "last_done_on", None)
    return max(0, (on - max(family.applied_on, last_done_on or family.applied_on)).days)


def seeking(families: QuerySet[Family]) -> QuerySet[Family]:
    """Give those who want a link-up, are here, and have neither one going nor a shortlist to choose from."""
    return families.filter(
        ~Exists(LinkUp.objects.going().filter(family=OuterRef("pk"))),
        ~Exists(Shortlist.objects.filter(family=OuterRef("pk"), standing__in=OPEN_SHORTLIST)),
        wants_link_up=True,
        standing__in=[Family.Standing.APPLIED, Family.Standing.WELCOMED, Family.Standing.ACTIVE],
    )
