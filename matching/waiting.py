"""Who waits for a link-up, for which of their wishes, and since when. One home, because a family's turn depends on it.

A newcomer would count from the last thing that happened. A family whose link-up stopped, or whose supporter moved,
keeps its old place in the queue: it was not their doing. Only a link-up that came to a good end starts a new wait, and
for a family that hopes for both, only the wait for the same kind of supporter. One that wanted nobody for a while, or
left, and comes back waits from that day.
"""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from matching.models import LinkUp, Shortlist, Wish, Word
from matching.models.linkup import LinkUpQuerySet
from matching.models.wish import wishes_of
from people.models import Family

OPEN_SHORTLIST = (Shortlist.Standing.OFFERED, Shortlist.Standing.CHOSEN)
WELL = (LinkUp.Ending.DONE, LinkUp.Ending.EARLY_DONE)
Hope = Family.Hope
HOPES = {
    Wish.SHARING: (Hope.SHARING, Hope.BOTH),
    Wish.VOLUNTEER: (Hope.VOLUNTEER, Hope.BOTH),
    Wish.EITHER: (Hope.EITHER,),
}


def seeking(families: QuerySet[Family]) -> QuerySet[Family]:
    """Give those who want a link-up, are here, and have a wish that nobody answers and no list to choose from for."""
    wanting = families.filter(
        wants_link_up=True,
        standing__in=[Family.Standing.APPLIED, Family.Standing.WELCOMED, Family.Standing.ACTIVE],
    )
    return wanting.filter(
        waits_for(Wish.SHARING) | waits_for(Wish.VOLUNTEER) | waits_for(Wish.EITHER)
    )


def waits_for(wish: Wish) -> Q:
    """Give the condition that a seeking family has this wish and nobody answers it yet."""
    return Q(hopes_for__in=HOPES[wish]) & ~Q(_answered(wish))


def with_wait(families: QuerySet[Family]) -> QuerySet[Family]:
    """Give the families with what `wishes_left` and `waiting_days` read; no further query."""
    return families.annotate(
        **{f"answered_{wish}": _answered(wish) for wish in Wish},
        **{f"done_{wish}_on": _last_done_on(wish) for wish in Wish},
        came_back_at=Subquery(
            Word.objects.filter(family=OuterRef("pk"), kind=Word.Kind.BACK)
            .order_by("-at")
            .values("at")[:1]
        ),
    )


def wishes_left(family: Family) -> tuple[Wish, ...]:
    """Give the wishes of a family of `with_wait` that nobody answers and that it has no list for."""
    return tuple(wish for wish in wishes_of(family) if not getattr(family, f"answered_{wish}"))


def waiting_days(family: Family, *, on: date, wish: str = Wish.EITHER) -> int:
    """Give how many days a family of `with_wait` has waited for one of its wishes; never less than none."""
    counts = wish if family.hopes_for == Hope.BOTH else Wish.EITHER
    last_done_on: date | None = getattr(family, f"done_{counts}_on", None)
    came_back_at: datetime | None = getattr(family, "came_back_at", None)
    came_back_on = timezone.localdate(came_back_at) if came_back_at else None
    began = (day for day in (family.applied_on, last_done_on, came_back_on) if day)
    return max(0, (on - max(began)).days)


def going_for(family: Family, wish: str) -> LinkUpQuerySet:
    """Give the link-ups going that answer a wish: any, or those with the kind of supporter that is wished for."""
    return LinkUp.objects.going().filter(_of_kind(wish), family=family)


def _answered(wish: str) -> Exists:
    """Whether a link-up goes with such a supporter, or a list is open that may lead to one."""
    lists = Shortlist.objects.filter(family=OuterRef("pk"), standing__in=OPEN_SHORTLIST)
    if wish != Wish.EITHER:
        lists = lists.filter(wish__in=[wish, Wish.EITHER])
    going = LinkUp.objects.going().filter(_of_kind(wish), family=OuterRef("pk"))
    return Exists(going) | Exists(lists)  # type: ignore[return-value]  # the stubs forget that two of these are a Q


def _last_done_on(wish: str) -> Subquery:
    done = LinkUp.objects.filter(family=OuterRef("pk"), ending__in=WELL)
    if wish != Wish.EITHER:
        done = done.filter(_of_kind(wish) | Q(choice__shortlist__wish=Wish.EITHER))
    return Subquery(done.order_by("-ended_on").values("ended_on")[:1])


def _of_kind(wish: str) -> Q:
    if wish == Wish.EITHER:
        return Q()
    return Q(supporter__family__isnull=wish != Wish.SHARING)
