"""More of the cast, for matching: supporters with their checks, themes, goals, and a street full of families."""

from datetime import UTC, date, datetime

from goals.models import Goal, Theme
from matching.models import Supporter
from people.models import Child, Family, Guardian, Place, User, Volunteer
from safeguarding.models import Check
from tests import cast
from tests.safeguarding import cast as clearance

ON = date(2026, 11, 20)


def checked(
    person: Guardian | Volunteer, decided_by: User, *, valid_until_on: date = date(2029, 1, 1)
) -> Check:
    """A check in order for a guardian or a volunteer, who has everything else that is asked."""
    clearance.ready(person, decided_by)
    return clearance.check(person, decided_by, valid_until_on=valid_until_on)


def sharing(
    name: str,
    *,
    guardian: str,
    at: Place,
    coach: User,
    capacity: int = 1,
    check: bool = True,
    **fields: object,
) -> Supporter:
    """A sharing family, checked unless told otherwise."""
    family = cast.family(name, guardian=guardian, at=at, coach=coach, **fields)
    Child.objects.create(family=family, age_band="8-10", interests=["football"])
    if check:
        checked(family.guardians.get(), coach)
    return Supporter.objects.create(family=family, capacity=capacity, about="We know mornings.")


def volunteering(name: str, *, at: Place, coach: User, capacity: int = 1) -> Supporter:
    """A checked volunteer."""
    volunteer = cast.volunteer(name, at=at, coach=coach)
    checked(volunteer, coach)
    return Supporter.objects.create(volunteer=volunteer, capacity=capacity)


def seeking(
    name: str,
    *,
    guardian: str,
    at: Place,
    coach: User,
    words: str = "Mornings without shouting",
    applied_on: date = date(2026, 10, 1),
    **fields: object,
) -> Family:
    """A family that wants a link-up, with one goal and one child."""
    family = cast.family(
        name, guardian=guardian, at=at, coach=coach, **{"wants_link_up": True, **fields}
    )
    Family.objects.filter(pk=family.pk).update(applied_on=applied_on)
    family.refresh_from_db()
    Child.objects.create(family=family, age_band="8-10", interests=["football", "drawing"])
    Goal.objects.create(
        family=family,
        words=words,
        theme=theme("mornings"),
        set_at=datetime(2026, 10, 1, tzinfo=UTC),
    )
    return family


def theme(slug: str, *, parent: str = "") -> Theme:
    """A theme, made once."""
    above = theme(parent) if parent else None
    return Theme.objects.get_or_create(
        slug=slug, defaults={"name": slug.capitalize(), "parent": above}
    )[0]
