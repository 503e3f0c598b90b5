"""Who looks after an area while families are handed over: rounds are run, and newcomers come, by area.

A newcomer would only add the receiver. Whoever is away would go on seeing every family of the area in its rounds.
"""

from collections.abc import Collection

from people.models import Area, HandOver, User

Ids = Collection[int]


def move(made: HandOver, giver: User, to: User) -> None:
    """Let the receiver look after the areas instead: rounds and newcomers follow them."""
    mine = giver.areas.filter(pk=made.area_id) if made.area_id else giver.areas.all()
    left = sorted(mine.values_list("pk", flat=True))
    known = set(to.areas.filter(pk__in=left).values_list("pk", flat=True))
    made.areas_left, made.areas_joined = left, [pk for pk in left if pk not in known]
    to.areas.add(*made.areas_joined)
    giver.areas.remove(*left)


def give_back(made: HandOver, giver: User, to: User) -> None:
    """Let the giver look after the areas again, and nobody who only stood in."""
    giver.areas.add(*Area.objects.filter(pk__in=made.areas_left))
    _take(to, made.areas_joined, because_of=made)


def _take(holder: User, area_ids: Ids, *, because_of: HandOver) -> None:
    """Take areas from whoever had them because of a leave only, and from whoever stands in for them meanwhile."""
    others = HandOver.objects.going().exclude(pk=because_of.pk)
    came = others.filter(to=holder).values_list("areas_left", flat=True)
    kept = {pk for left in came for pk in left}
    gone = [pk for pk in area_ids if pk not in kept]
    holder.areas.remove(*gone)
    for leave in others.filter(giver=holder, back_on__isnull=False).select_related("to"):
        passed_on = [pk for pk in leave.areas_joined if pk in gone]
        leave.areas_left = [pk for pk in leave.areas_left if pk not in gone]
        leave.areas_joined = [pk for pk in leave.areas_joined if pk not in gone]
        leave.save(update_fields=["areas_left", "areas_joined"])
        _take(leave.to, passed_on, because_of=leave)
