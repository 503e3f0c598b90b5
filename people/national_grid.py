"""From the National Grid of Great Britain to degrees: eastings and northings in metres in, WGS 84 out.

The formulas and constants are those of the Ordnance Survey's "A guide to coordinate systems in Great Britain" (annexes
A to C): back from the projection to latitude and longitude on Airy's ellipsoid, then by a shift of seven parameters to
that of GPS. Good to about five metres. A newcomer would stop after the first step and be a hundred metres out.
"""

from math import atan2, cos, degrees, radians, sin, sqrt, tan

AIRY = (6377563.396, 6356256.909)  # half axes in metres
WGS84 = (6378137.000, 6356752.3141)
SCALE = 0.9996012717
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = radians(49), radians(-2)
ORIGIN_EAST, ORIGIN_NORTH = 400000.0, -100000.0
# The guide gives the shift from WGS 84; turned round, every sign changes.
SHIFT_M = (446.448, -125.157, 542.060)
SHIFT_SCALE = 20.4894e-6
SHIFT_TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
CLOSE_ENOUGH_M = 0.00001

Point = tuple[float, float]


def to_degrees(eastings: float, northings: float) -> Point:
    """Give (latitude, longitude) in degrees on WGS 84 of a point of the grid in metres."""
    return _shifted(*on_airy(eastings, northings))


def on_airy(eastings: float, northings: float) -> Point:
    """Give (latitude, longitude) in degrees on Airy's ellipsoid (OSGB36): annex C of the guide."""
    major, minor = AIRY
    squared = 1 - minor**2 / major**2
    latitude = (northings - ORIGIN_NORTH) / (major * SCALE) + ORIGIN_LATITUDE
    while abs(left := northings - ORIGIN_NORTH - _arc(latitude)) >= CLOSE_ENOUGH_M:
        latitude += left / (major * SCALE)
    along = 1 - squared * sin(latitude) ** 2
    nu = major * SCALE / sqrt(along)
    rho = major * SCALE * (1 - squared) / along**1.5
    eta = nu / rho - 1
    t, sec, east = tan(latitude), 1 / cos(latitude), eastings - ORIGIN_EAST
    seven = t / (2 * rho * nu)
    eight = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta - 9 * t**2 * eta)
    nine = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    ten = sec / nu
    eleven = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    twelve = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    twelve_a = sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    up = latitude - seven * east**2 + eight * east**4 - nine * east**6
    over = ten * east - eleven * east**3 + twelve * east**5 - twelve_a * east**7
    return degrees(up), degrees(ORIGIN_LONGITUDE + over)


def _arc(latitude: float) -> float:
    """The way along the meridian from the true origin, in metres of the grid (M in annex C)."""
    major, minor = AIRY
    n = (major - minor) / (major + minor)
    less, more = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    return (
        minor
        * SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(less) * cos(more)
            + (1.875 * n**2 + 1.875 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _shifted(latitude: float, longitude: float) -> Point:
    """From Airy's ellipsoid to that of WGS 84, through space (annexes A and B)."""
    major, minor = AIRY
    up, over = radians(latitude), radians(longitude)
    squared = 1 - minor**2 / major**2
    nu = major / sqrt(1 - squared * sin(up) ** 2)
    x, y = nu * cos(up) * cos(over), nu * cos(up) * sin(over)
    z = (1 - squared) * nu * sin(up)
    (tx, ty, tz), (rx, ry, rz) = SHIFT_M, SHIFT_TURN
    grown = 1 - SHIFT_SCALE
    return _from_space(
        tx + grown * x - rz * y + ry * z,
        ty + rz * x + grown * y - rx * z,
        tz - ry * x + rx * y + grown * z,
    )


def _from_space(x: float, y: float, z: float) -> Point:
    major, minor = WGS84
    squared = 1 - minor**2 / major**2
    level = sqrt(x**2 + y**2)
    latitude, before = atan2(z, level * (1 - squared)), 0.0
    while abs(latitude - before) > 1e-12:
        nu = major / sqrt(1 - squared * sin(latitude) ** 2)
        latitude, before = atan2(z + squared * nu * sin(latitude), level), latitude
    return degrees(latitude), degrees(atan2(y, x))
