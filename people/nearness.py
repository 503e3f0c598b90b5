"""How near: cells of about a kilometre for the books, and bands in miles for families.

A home is kept as the middle of its cell, fixed for good; nothing finer is ever stored. A newcomer would tell families
the band between two cells. Asked from many places, rings around them would close in on one cell; so what families read
goes from the middle of one neighbourhood to the middle of the other, whose names they read anyway (trust.md SG-14).
"""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Protocol


class Centred(Protocol):
    """A place with a middle, in degrees."""

    latitude: Decimal
    longitude: Decimal


EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius
CELL_LATITUDE = Decimal("0.0090")  # about 1.0 km
CELL_LONGITUDE = Decimal("0.0148")  # about 1.0 km at 52.7° north
KM_PER_MILE = 1.609344


def cell_of(latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal]:
    """Give the middle of the cell, in degrees, in which a point in degrees falls."""
    row = (latitude / CELL_LATITUDE).to_integral_value(rounding="ROUND_FLOOR")
    column = (longitude / CELL_LONGITUDE).to_integral_value(rounding="ROUND_FLOOR")
    half = Decimal("0.5")
    return (
        ((row + half) * CELL_LATITUDE).quantize(Decimal("0.0001")),
        ((column + half) * CELL_LONGITUDE).quantize(Decimal("0.0001")),
    )


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the great-circle distance in km between two points of (latitude, longitude) in degrees (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = one, other
    up = sin(radians(lat_b - lat_a) / 2) ** 2
    along = cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(up + along))


def how_near(one: Centred, other: Centred) -> str:
    """Give how near two neighbourhoods are, in words: the only distance that families ever read."""
    return band(distance_km(centre_of(one), centre_of(other)))


def centre_of(place: Centred) -> tuple[float, float]:
    """Give the middle of a neighbourhood as (latitude, longitude) in degrees."""
    return float(place.latitude), float(place.longitude)


def band(distance: float) -> str:
    """Give a distance in km as families may know it: a band in words, never a number to solve for."""
    miles = distance / KM_PER_MILE
    if miles < 1:
        return "less than a mile away"
    if miles < 3:
        return "1 to 3 miles away"
    if miles < 6:
        return "3 to 6 miles away"
    return "more than 6 miles away"
