"""The drawings: cut paper, kept as one SVG a file in templates/drawings/, coloured only by class.

Doors, mugs and halls are chosen from an id and never from anybody's real house. The same id always gets the same
door, because families come to know each other by it.
"""

import hashlib
from functools import cache

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

# Name of the file, and what an editor choosing one is told.
DRAWINGS = {
    "houses": _("Two houses and a path"),
    "table": _("Talking at a kitchen table"),
    "bench": _("Meeting on a park bench"),
    "clock": _("Hands around a clock"),
    "well-done": _("Bunting and two families"),
    "walk": _("A walk together"),
    "soup": _("Soup for many"),
    "garden": _("An allotment"),
    "bicycle": _("A bicycle being mended"),
    "books": _("Books and a lamp"),
    "letter": _("A letter at the door"),
    "kettle": _("A kettle on the boil"),
    "umbrella": _("Two under one umbrella"),
    "signpost": _("A signpost"),
    "gate": _("A garden gate"),
    "empty": _("A washing line with nothing on it"),
}

PAINTS = ("plum", "blue", "clay", "deep", "leaf", "roof")
WALLS = ("clay", "wall", "blue", "straw")
ROOFS = ("deep", "roof", "plum")

_PANELS = (
    '<path class="glass" d="M11 24v-4a9 9 0 0 1 18 0v4z"/>'
    '<rect class="shade" x="11" y="30" width="18" height="16" rx="1.5"/>',
    '<rect class="glass" x="11" y="18" width="7.5" height="11" rx="1"/>'
    '<rect class="glass" x="21.5" y="18" width="7.5" height="11" rx="1"/>'
    '<path class="shade" d="M11 33h7.5v13H11zM21.5 33H29v13h-7.5z"/>',
    '<circle class="glass" cx="20" cy="19" r="6.5"/>'
    '<rect class="shade" x="11" y="37" width="18" height="9" rx="1.5"/>'
    '<path class="l-shade" stroke-width="2" d="M6 33h28"/>',
    '<path class="l-shade" stroke-width="1.5" d="M13 12v38M20 7v43M27 12v38"/>'
    '<rect class="glass" x="14" y="16" width="12" height="9" rx="1"/>',
    '<path class="glass" d="M20 12l7 9-7 9-7-9z"/>'
    '<path class="shade" d="M11 34h18v3H11zM11 40h18v3H11z"/>',
    '<path class="glass" d="M12 16h16v4H12zM12 23h16v4H12z"/>'
    '<path class="shade" d="M12 30h16v4H12zM12 37h16v9H12z"/>',
)
_DOOR = (
    '<path class="a-ground" d="M1 50V20A19 19 0 0 1 39 20V50z"/>'
    '<path class="a-{paint}" d="M6 50V20A14 14 0 0 1 34 20V50z"/>{panels}'
    '<circle class="a-straw" cx="30.5" cy="32" r="1.9"/>'
    '<rect class="a-path" y="50" width="40" height="4" rx="1.5"/>'
)
_MUG = (
    '<path class="l-ground" stroke-width="2.6" d="M13 18q-4-5 0-9t0-8M22 18q-4-5 0-9t0-8"/>'
    '<path class="l-{paint}" stroke-width="3.6" d="M30 28q9-1 8 7t-10 7"/>'
    '<path class="a-{paint}" d="M4 23h27v17a9 9 0 0 1-9 9h-9a9 9 0 0 1-9-9z"/>{panels}'
    '<rect class="a-path" y="50" width="40" height="4" rx="1.5"/>'
)
_GLAZES = (
    '<path class="l-glass" stroke-width="2.5" d="M4 31h27"/>',
    '<g class="glass"><circle cx="11" cy="33" r="2.2"/><circle cx="18" cy="37" r="2.2"/>'
    '<circle cx="25" cy="33" r="2.2"/></g>',
    '<path class="l-glass" stroke-width="2.5" d="M5 36l5-5 5 5 5-5 5 5 5-5"/>',
)
_HALL = (
    '<path class="a-roof" d="M0 23L20 7l20 16z"/><path class="l-line" stroke-width="1.5" d="M20 8V1"/>'
    '<path class="a-straw" d="M20 1h9l-3 2.5 3 2.5h-9z"/>'
    '<rect class="a-{paint}" x="3" y="23" width="34" height="27"/>'
    '<path class="a-wall" d="M15 50V37a5 5 0 0 1 10 0v13z"/>'
    '<path class="a-straw" d="M7 29h5v9H7zM28 29h5v9h-5z"/>'
    '<rect class="a-path" y="50" width="40" height="4" rx="1.5"/>{panels}'
)


@cache
def drawing(name: str) -> SafeString:
    """The drawing as inline SVG. Raises TemplateDoesNotExist for a name that nobody drew."""
    return mark_safe(get_template(f"drawings/{name}.svg").render().strip())  # noqa: S308  our own file


def door(key: object, kind: str = "family") -> SafeString:
    """A family's door, a volunteer's or coach's mug, an organisation's hall, chosen from the id."""
    number = _number(key)
    shapes = {"family": (_DOOR, _PANELS), "organisation": (_HALL, ("",))}
    frame, panels = shapes.get(kind, (_MUG, _GLAZES))
    inside = frame.format(
        paint=PAINTS[number % len(PAINTS)],
        panels=panels[number // len(PAINTS) % len(panels)],
    )
    return format_html(
        '<svg class="door" viewBox="0 0 40 54" width="40" height="54"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(inside),  # noqa: S308  our own shapes
    )


def house(key: object, *, centre: float, ground: float, height: float = 38) -> SafeString:
    """A small house for inside another picture, with the same door as `door(key)`. Units are the picture's own."""
    number = _number(key)
    paint = PAINTS[number % len(PAINTS)]
    wall = WALLS[number // 7 % len(WALLS)]
    roof = ROOFS[number // 31 % len(ROOFS)]
    size = height / 112
    return format_html(
        '<g transform="translate({} {}) scale({})">{}</g>',
        f"{centre - 50 * size:.1f}",
        f"{ground - 112 * size:.1f}",
        f"{size:.3f}",
        mark_safe(  # noqa: S308  our own shapes
            f'<path class="a-{roof}" d="M70 4h11v24H70zM-2 44L50 4l52 40z"/>'
            f'<rect class="a-{wall}" x="8" y="43" width="84" height="69"/>'
            f'<path class="a-{paint}" d="M20 112V86a11 11 0 0 1 22 0v26z"/>'
            '<path class="a-straw" d="M20 52h21v14H20zM58 52h22v14H58zM55 80h27v17H55z"/>'
        ),
    )


def _number(key: object) -> int:
    """A number that differs widely for neighbouring ids, so that neighbours in a list don't share a door."""
    return int.from_bytes(hashlib.blake2b(str(key).encode(), digest_size=6).digest())
