"""The icons: one line on a 24-unit sheet, drawn for Kith. An icon always stands beside words, so it is hidden from
screen readers; arrows (TURNS) mirror in right-to-left pages, clocks and ticks never do.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

TURNS = frozenset({"back", "on", "exit", "send"})

SHAPES = {
    "home": '<path d="M3.5 11.5L12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-5a2 2 0 0 1 4 0v5"/>',
    "talk": (
        '<path d="M20.5 12c0 4-3.8 7-8.5 7-1 0-2-.1-2.9-.4L4 20.5l1.3-3.7'
        'A6.5 6.5 0 0 1 3.5 12c0-4 3.8-7 8.5-7s8.5 3 8.5 7z"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "calendar": '<path d="M4 9h16M4 6h16v14H4zM8 3.5V7M16 3.5V7"/>',
    "book": (
        '<path d="M12 6.5C10 5 7 4.5 4 5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5z'
        'M12 6.5v13"/>'
    ),
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12l8-8M16 7l3 3M13.5 9.5l2 2"/>',
    "exit": '<path d="M14 4H5v16h9M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>',
    "back": '<path d="M14.5 5.5L8 12l6.5 6.5"/>',
    "on": '<path d="M9.5 5.5L16 12l-6.5 6.5"/>',
    "tick": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "good": '<circle cx="12" cy="12" r="9"/><path d="M8 12.5l2.7 2.7L16 9.8"/>',
    "problem": '<circle cx="12" cy="12" r="9"/><path d="M12 7.5V13M12 16.3v.2"/>',
    "information": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.2"/>',
    "lock": '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20v-2a6.5 6.5 0 0 1 13 0v2M16 4.9'
        'a3.5 3.5 0 0 1 0 6.2M18.5 14a6 6 0 0 1 3 5v1"/>'
    ),
    "link": '<path d="M4 20V10l4-4 4 4v10M12 20V10l4-4 4 4v10M2.5 20h19"/>',
    "today": '<path d="M9 6h11M9 12h11M9 18h11M4 6h.2M4 12h.2M4 18h.2"/>',
    "chart": '<path d="M4 20h16M6.5 16v-4M12 16V5M17.5 16V9"/>',
    "map": (
        '<path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z"/>'
        '<circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "phone": (
        '<path d="M5 4h4l1.5 5-2.5 1.5a11 11 0 0 0 5.5 5.5L15 13.5l5 1.5v4a1.5 1.5 0 0 1-1.5 1.5'
        'A15 15 0 0 1 3.5 5.5 1.5 1.5 0 0 1 5 4z"/>'
    ),
    "send": '<path d="M4 12h14M12.5 6l6 6-6 6"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "mail": '<path d="M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5"/>',
    "pencil": '<path d="M5 15.5L15.5 5l3.5 3.5L8.5 19 4 20zM13 7.5l3.5 3.5"/>',
    "flag": '<path d="M6 21V4h11l-2.5 4L17 12H6"/>',
    "offer": (
        '<path d="M12 20s-8-4.8-8-10.5A4.3 4.3 0 0 1 12 7.4'
        'a4.3 4.3 0 0 1 8 2.1C20 15.2 12 20 12 20z"/>'
    ),
}


def icon(name: str) -> SafeString:
    """The icon as inline SVG, in the colour of the words beside it; raises KeyError for a name nobody drew."""
    turns = " turns" if name in TURNS else ""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        turns,
        mark_safe(SHAPES[name]),  # noqa: S308  our own shapes
    )
