"""A picture and all that belongs to it, so that no picture can be shown without its sentence and its table.

The drawing functions live beside what they draw (goals/charts.py, matching/path.py, timebank, insight); this is the
shape they all return and the few SVG pieces they share. Every word from outside goes through `words`, which escapes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class StageLine:
    """One line of the list under a path: done, here, or neither yet."""

    title: str
    words: str = ""
    mark: str = ""


@dataclass(frozen=True)
class KeyLine:
    """One mark of a picture drawn small, and what it means."""

    svg: SafeString
    words: str


@dataclass(frozen=True)
class Picture:
    """What components/picture.html shows: the drawing, who and when, and the same again as a table or a list."""

    svg: SafeString
    sentence: str
    caption: str = ""
    table_caption: str = ""
    heads: Sequence[Any] = ()
    rows: Sequence[Sequence[Any]] = ()
    stages: Sequence[StageLine] = field(default=())
    key: Sequence[KeyLine] = ()


def svg(
    inside: Iterable[SafeString], *, width: int, height: int, sentence: str, kind: str = ""
) -> SafeString:
    """The frame of a picture: one unit is about one pixel on a phone; the sentence gives the finding."""
    return format_html(
        '<svg class="chart{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        f" {kind}" if kind else "",
        width,
        height,
        sentence,
        format_html_join("", "{}", ((piece,) for piece in inside)),
    )


def words(x: float, y: float, said: object, kind: str = "") -> SafeString:
    """Words in a picture, escaped. `kind` is one or more of the t- and k- classes."""
    return format_html('<text x="{}" y="{}" class="{}">{}</text>', num(x), num(y), kind, said)


def line(d: str, kind: str, width: float | None = None) -> SafeString:
    """A path of ours. `d` is made of numbers only, never of anybody's words."""
    thickness = f' stroke-width="{num(width)}"' if width else ""
    return mark_safe(f'<path class="{escape(kind)}"{thickness} d="{escape(d)}"/>')  # noqa: S308  escaped


def disc(x: float, y: float, radius: float, kind: str) -> SafeString:
    """A filled circle."""
    return format_html(
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, num(x), num(y), num(radius)
    )


def square(x: float, y: float, half: float, kind: str) -> SafeString:
    """A square around a point."""
    side = num(2 * half)
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind,
        num(x - half),
        num(y - half),
        side,
        side,
    )


def triangle(x: float, y: float, kind: str) -> SafeString:
    """A triangle around a point, 13 units wide."""
    return line(f"M{num(x)} {num(y - 7)}l6.5 11h-13z", kind)


def num(value: float) -> str:
    """A coordinate with one decimal and no more, because pictures travel over slow lines."""
    return f"{value:.1f}".removesuffix(".0")
