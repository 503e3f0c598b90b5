"""The number line: one goal, one voice, where it began and where it is.

Two labels that would run into each other become one line of words; a score that fell is told in the order it lies.
"""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goals.charts.scores import HALF_WAY_UP, TOP_SCORE, Line, or_dash
from people.pictures import Picture, disc, line, num, svg, words

LINE_WIDTH, LINE_HEIGHT, LINE_Y, LINE_FROM, LINE_STEP = 340, 62, 30, 10, 32
CLOSE = 66  # nearer than this, "start 3" and "now 4" would run into each other


def number_line(scored: Line, *, mirrored: bool = False) -> Picture:
    """One goal, one voice: where it began (hollow) and where it is (full), on a line from 0 to 10."""

    def x(value: float) -> float:
        along = LINE_FROM + value * LINE_STEP
        return LINE_WIDTH - along if mirrored else along

    start = scored.marks[0].value if scored.marks else None
    now = scored.marks[-1].value if len(scored.marks) > 1 else None
    pieces = [line(f"M{num(x(0))} {LINE_Y}H{num(x(TOP_SCORE))}", "c-axis", 1.5)]
    for value in range(TOP_SCORE + 1):
        if value % HALF_WAY_UP:
            pieces.append(line(f"M{num(x(value))} 26v8", "c-axis", 1))
        else:
            pieces.append(line(f"M{num(x(value))} 24v12", "c-axis", 1.5))
            pieces.append(words(x(value), 56, value, "t-s t-mid"))
    if start is not None and now is not None and start != now:
        pieces.append(line(f"M{num(x(start))} {LINE_Y}H{num(x(now))}", "m-gap"))
    if start is not None:
        pieces.append(disc(x(start), LINE_Y, 6.5, "m-then"))
    if now is not None:
        pieces.append(disc(x(now), LINE_Y, 8.5, "m-1"))
    pieces += _line_labels(start, now, x)
    return Picture(
        svg=svg(
            pieces,
            width=LINE_WIDTH,
            height=LINE_HEIGHT,
            sentence=_line_sentence(start, now),
            kind="line",
        ),
        sentence=_line_sentence(start, now),
        table_caption=_("From 0 to 10"),
        heads=(_("Who"), _("Start"), _("Now")),
        rows=((scored.name, or_dash(start), or_dash(now)),) if scored.marks else (),
    )


def _line_labels(
    start: int | None, now: int | None, x: Callable[[float], float]
) -> list[SafeString]:
    """Over the marks; side by side in one line of words where the marks are too near each other."""
    if start is None:
        return []
    first = _("start %(score)d") % {"score": start}
    if now is None:
        return [words(_inside(x(start)), 15, first, "t-s t-mid")]
    second = _("now %(score)d") % {"score": now}
    if abs(x(start) - x(now)) >= CLOSE:
        return [
            words(_inside(x(start)), 15, first, "t-s t-mid"),
            words(_inside(x(now)), 15, second, "k-1 t-mid"),
        ]
    pair = [("t-s", first), ("k-1", second)]
    if x(now) < x(start):
        pair.reverse()
    return [
        format_html(
            '<text x="{}" y="15" class="t-mid"><tspan class="{}">{}</tspan>'
            '<tspan class="{}" dx="10">{}</tspan></text>',
            num(_inside((x(start) + x(now)) / 2, reach=56)),
            *pair[0],
            *pair[1],
        )
    ]


def _inside(x: float, reach: float = 24) -> float:
    return min(max(x, reach), LINE_WIDTH - reach)


def _line_sentence(start: int | None, now: int | None) -> str:
    if start is None:
        return _("Nobody has marked this yet, on a line from 0 to 10")
    if now is None:
        return _("%(start)d at the start, on a line from 0 to 10") % {"start": start}
    return _("From %(start)d at the start to %(now)d now, on a line from 0 to 10") % {
        "start": start,
        "now": now,
    }
