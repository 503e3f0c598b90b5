"""Where people may say they live, and who looks after a place."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import gettext as _

from people.models import Area, Family, Place, User, Volunteer
from people.models.place import Nation

# A county holds districts, which hold towns, which hold neighbourhoods: whoever asks for a nation fetches all of them.
UPWARDS = ("nation", "parent__nation", "parent__parent__nation", "parent__parent__parent__nation")


def nation_of(upwards: Iterable[str | None]) -> str:
    """Give the nation of a place from the values of UPWARDS: what the nearest of them says, else England and Wales."""
    return next((said for said in upwards if said), Nation.ENGLAND_WALES.value)


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


class Coaches:
    """The programme's coaches and how many people each looks after, read once and asked for every newcomer.

    Four queries, however many people are asked for. `by_email` finds a coach by address.
    """

    def __init__(self) -> None:
        coaches = User.objects.filter(staff_roles__role="coach", is_active=True).order_by("pk")
        by_id = {coach.pk: coach for coach in coaches}
        self.by_email = {coach.email: coach for coach in by_id.values()}
        self._looked_after = Counter[int]()
        for kind in (Family, Volunteer):
            here = kind.objects.filter(coach__in=by_id).exclude(standing=kind.Standing.LEFT)
            self._looked_after.update(
                dict(here.order_by().values_list("coach").annotate(many=Count("pk")))
            )
        self._of_place: dict[int, list[User]] = defaultdict(list)
        areas = Area.objects.filter(coaches__in=by_id, places__isnull=False)
        for place_id, coach_id in areas.values_list("places", "coaches").distinct():
            self._of_place[place_id].append(by_id[coach_id])

    def nearest(self, place: Place, *, besides: User | None = None) -> User | None:
        """Give the coach of the place's area who looks after the fewest people; None where nobody looks after it.

        The place's own area comes first, then that of the town or district around it. Nobody coaches themselves.
        """
        here: Place | None = place
        while here is not None:
            coaches = [coach for coach in self._of_place[here.pk] if coach != besides]
            if coaches:
                return min(coaches, key=lambda coach: (self._looked_after[coach.pk], coach.pk))
            here = here.parent
        return None

    def hand_over(self, to: User, *, before: int | None) -> None:
        """Count somebody who is now with `to`, and no longer with the coach whose id is `before`."""
        if before is not None:
            self._looked_after[before] -= 1
        self._looked_after[to.pk] += 1
