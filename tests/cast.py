"""The cast: plain functions that make named people. Tests build further data through the domain's own functions.

Ruth coaches Burntwood; Imran coaches Rugeley and is always the wrong coach. Amara is the owner, Denise the partner,
Nadia the stranger.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from people.models import Area, Family, Guardian, Place, StaffRole, User, Volunteer
from people.nearness import cell_of


@dataclass
class Town:
    """What `town()` made."""

    burntwood: Place
    rugeley: Place
    area: Area
    other_area: Area
    ruth: User
    imran: User


def town() -> Town:
    """Give two places, two areas and their coaches."""
    burntwood = place("Burntwood", latitude="52.6830", longitude="-1.9200")
    rugeley = place("Rugeley", latitude="52.7600", longitude="-1.9360")
    ruth = staff("ruth@example.org", "Ruth", "coach")
    imran = staff("imran@example.org", "Imran", "coach")
    area = Area.objects.create(name="Burntwood and Lichfield")
    area.places.add(burntwood)
    area.coaches.add(ruth)
    other_area = Area.objects.create(name="Rugeley and Cannock")
    other_area.places.add(rugeley)
    other_area.coaches.add(imran)
    return Town(burntwood, rugeley, area, other_area, ruth, imran)


def place(name: str, *, latitude: str, longitude: str) -> Place:
    """Give a town with a centre in degrees."""
    return Place.objects.create(
        reference=name.lower(),
        name=name,
        kind=Place.Kind.TOWN,
        latitude=Decimal(latitude),
        longitude=Decimal(longitude),
    )


def user(email: str, name: str) -> User:
    """Give somebody who can sign in, with the password "a-long-password"."""
    return User.objects.create_user(email, "a-long-password", name=name)


def staff(email: str, name: str, *roles: str) -> User:
    """Give somebody who works for the programme."""
    worker = user(email, name)
    for role in roles:
        StaffRole.objects.create(user=worker, role=role)
    return worker


def family(
    display_name: str, *, guardian: str, at: Place, coach: User | None = None, **fields: object
) -> Family:
    """Give a family with one guardian, whose address is their name at example.org."""
    latitude, longitude = cell_of(at.latitude, at.longitude)
    made = Family.objects.create(
        display_name=display_name,
        place=at,
        cell_latitude=latitude,
        cell_longitude=longitude,
        coach=coach,
        applied_on=date(2026, 10, 1),
        **{"languages": ["en"], "free_times": 0b111, "standing": Family.Standing.ACTIVE, **fields},
    )
    Guardian.objects.create(
        family=made, user=user(f"{guardian.lower()}@example.org", guardian), name=guardian
    )
    return made


def volunteer(name: str, *, at: Place, coach: User | None = None, **fields: object) -> Volunteer:
    """Give a volunteer who can sign in."""
    latitude, longitude = cell_of(at.latitude, at.longitude)
    return Volunteer.objects.create(
        user=user(f"{name.lower()}@example.org", name),
        name=name,
        place=at,
        cell_latitude=latitude,
        cell_longitude=longitude,
        coach=coach,
        applied_on=date(2026, 9, 1),
        **{
            "languages": ["en"],
            "free_times": 0b111,
            "standing": Volunteer.Standing.ACTIVE,
            **fields,
        },
    )


def guardian_of(family: Family) -> User:
    """Give the user of a family's first guardian."""
    return family.guardians.order_by("id").first().user
