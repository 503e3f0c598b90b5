"""Where people may say they live, and who looks after a place."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from people.models import Family, Place, User


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Give towns and neighbourhoods grouped by town, as a select shows them: (group, [(reference, name)]). One query.

    A town stands first in its own group, for those who would rather not be finer than that.
    """
    towns: dict[str, list[tuple[str, str]]] = {}
    villages: dict[str, list[tuple[str, str]]] = {}
    offered = (
        Place.objects.filter(kind__in=[Place.Kind.TOWN, Place.Kind.NEIGHBOURHOOD])
        .select_related("parent")
        .order_by("name")
    )
    for place in offered:
        if place.kind == Place.Kind.TOWN:
            anywhere = _("Somewhere in %(town)s") % {"town": place.name}
            towns.setdefault(place.name, []).insert(0, (place.reference, anywhere))
        elif place.parent and place.parent.kind == Place.Kind.TOWN:
            towns.setdefault(place.parent.name, []).append((place.reference, place.name))
        else:
            around = place.parent.name if place.parent else ""
            group = _("Villages, %(around)s") % {"around": around} if around else _("Villages")
            villages.setdefault(group, []).append((place.reference, place.name))
    return [*sorted(towns.items()), *sorted(villages.items())]


def coach_for(place: Place, *, besides: User) -> User | None:
    """Give the coach of the place's area who has the fewest people to look after; None where nobody looks after it.

    The place's own area comes first, then that of the town or district around it. Nobody coaches themselves.
    """
    here: Place | None = place
    while here is not None:
        coach = (
            User.objects.filter(areas__places=here, is_active=True, staff_roles__role="coach")
            .exclude(pk=besides.pk)
            .annotate(
                looked_after=Count(
                    "coached_families",
                    filter=~Q(coached_families__standing=Family.Standing.LEFT),
                    distinct=True,
                )
            )
            .order_by("looked_after", "pk")
            .first()
        )
        if coach is not None:
            return coach
        here = here.parent
    return None
