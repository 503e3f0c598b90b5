"""The goal lines: one goal, every voice, week by week to the planned end.

The empty part to the right of today is the time still to come, so the axis never stops at the last score.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from unicodedata import east_asian_width

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.charts.scores import HALF_WAY_UP, TOP_SCORE, Line, or_dash
from people.pictures import Picture, disc, line, num, square, svg, triangle, words

WIDTH, HEIGHT = 360, 218
LEFT, RIGHT, BOTTOM, TOP = 26, 344, 178, 14
LABEL_GAP = 16
# Widths of bold letters of 14 units in the broadest of common fonts: a label may come out narrower, never broader.
NARROW, USUAL, TALL, BROAD = 7, 10.1, 12, 15.6
LABEL_AWAY, LABEL_FITS = 12, 128


class _Plane:
    """Weeks along, scores up. Right to left, the whole plane is mirrored and the words with it."""

    def __init__(self, lines: Sequence[Line], weeks: int, *, mirrored: bool) -> None:
        self.weeks = max(weeks, 1)
        self.mirrored = mirrored
        self.right: float = RIGHT
        # The name at the end of each line needs room: late in a link-up the plane gives way a little.
        for label, scored in zip(_labels(lines), lines, strict=True):
            if scored.marks[-1].week > 0:
                room = WIDTH - 4 - LABEL_AWAY - _breadth(label) - LEFT
                share = min(scored.marks[-1].week / self.weeks, 1)
                self.right = min(self.right, LEFT + room / share)

    def turn(self, x: float) -> float:
        return WIDTH - x if self.mirrored else x

    def x(self, week: float) -> float:
        return self.turn(LEFT + (self.right - LEFT) * min(max(week, 0), self.weeks) / self.weeks)

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / TOP_SCORE

    def anchor(self, *, end: bool) -> str:
        return "t-end" if end is not self.mirrored else ""


def goal_lines(
    lines: Sequence[Line], *, weeks: int, week: int, along: str = "", mirrored: bool = False
) -> Picture:
    """One goal, every voice: solid with discs, dashed with triangles, dotted with squares, named at the end.

    `weeks` is the planned length of the link-up, `week` the one we are in. `along` says what the weeks are counted
    from, where that isn't the first hello.
    """
    lines = [scored for scored in lines if scored.marks]
    plane = _Plane(lines, weeks, mirrored=mirrored)
    pieces = _grid(plane, along or _("weeks since hello"))
    for number, scored in enumerate(lines):
        points = (f"{num(plane.x(m.week))} {num(plane.y(m.value))}" for m in scored.marks)
        pieces.append(line("M" + "L".join(points), f"c-{number % 3 + 1}"))
    pieces += _marks(lines, plane)
    pieces += _names(lines, plane)
    sentence = _lines_sentence(lines, weeks)
    return Picture(
        svg=svg(pieces, width=WIDTH, height=HEIGHT, sentence=sentence),
        sentence=sentence,
        caption=_caption(lines, week),
        table_caption=_("0 is the worst it has been, 10 is just how we want it"),
        heads=(_("Week"), *(scored.name for scored in lines)),
        rows=_rows(lines),
    )


def _grid(plane: _Plane, along: str) -> list[SafeString]:
    left, right = num(plane.x(0)), num(plane.x(plane.weeks))
    across = "".join(f"M{left} {num(plane.y(v))}H{right}" for v in range(0, TOP_SCORE + 1, 2))
    pieces = [line(across, "c-grid")]
    for value in range(0, TOP_SCORE + 1, 2):
        side = f"t-s {plane.anchor(end=True)}".strip()
        pieces.append(words(plane.turn(LEFT - 7), plane.y(value) + 4, value, side))
    pieces.append(line(f"M{left} {num(plane.y(HALF_WAY_UP))}H{right}", "c-mid", 2))
    for week in _ticks(plane):
        pieces.append(words(plane.x(week), BOTTOM + 20, week, "t-s t-mid"))
    middle = plane.turn((LEFT + plane.right) / 2)
    pieces.append(words(middle, BOTTOM + 37, along, "t-s t-mid"))
    return pieces


def _ticks(plane: _Plane) -> list[int]:
    step = 5 if plane.weeks > 12 else 2
    ticks = list(range(0, plane.weeks, step))
    # The planned end is always named; a number that would touch it gives way.
    while len(ticks) > 1 and abs(plane.x(ticks[-1]) - plane.x(plane.weeks)) < 28:
        ticks.pop()
    return [*ticks, plane.weeks]


def _marks(lines: Sequence[Line], plane: _Plane) -> list[SafeString]:
    """Marks that fall together are nudged apart, so that agreeing doesn't hide anybody."""
    together = Counter((m.week, m.value) for scored in lines for m in scored.marks)
    placed: dict[tuple[float, int], int] = defaultdict(int)
    pieces = []
    for number, scored in enumerate(lines):
        draw = (_disc, triangle, _square)[number % 3]
        for mark in scored.marks:
            key = (mark.week, mark.value)
            nudge = (placed[key] - (together[key] - 1) / 2) * 9
            placed[key] += 1
            pieces.append(
                draw(plane.x(mark.week), plane.y(mark.value) + nudge, f"m-{number % 3 + 1}")
            )
    return pieces


def _disc(x: float, y: float, kind: str) -> SafeString:
    return disc(x, y, 5.5, kind)


def _square(x: float, y: float, kind: str) -> SafeString:
    return square(x, y, 5, kind)


def _labels(lines: Sequence[Line]) -> list[str]:
    """Give what stands at the end of each line: a name that fits there, else a first name, and the last score.

    The whole name stands in the sentence and the table. Where two share a first name, it would tell nobody apart.
    """
    firsts = Counter(scored.name.partition(" ")[0] for scored in lines)
    labels = []
    for scored in lines:
        name, first = scored.name, scored.name.partition(" ")[0]
        score = f" {scored.marks[-1].value}"
        if _breadth(name + score) > LABEL_FITS and firsts[first] == 1:
            name = first
        cut = name
        while _breadth(name + score) > LABEL_FITS:
            cut = cut[:-1]
            name = f"{cut.rstrip()}…"
        labels.append(name + score)
    return labels


def _breadth(label: str) -> float:
    """How wide a label may be."""
    return sum(_letter(letter) for letter in label)


def _letter(letter: str) -> float:
    if letter in "mwMW@%…" or east_asian_width(letter) in "WF":
        return BROAD
    if letter in "fijlrtI.,:;!|()[]-'’ ":
        return NARROW
    return TALL if letter.isupper() else USUAL


def _names(lines: Sequence[Line], plane: _Plane) -> list[SafeString]:
    """Each name at the end of its line, pushed down where it would lie on the one above."""
    ends = sorted(
        (plane.y(scored.marks[-1].value) + 4, number) for number, scored in enumerate(lines)
    )
    below = float(TOP)
    places: list[float] = []
    for wanted, _number in ends:
        below = max(wanted, below)
        places.append(below)
        below += LABEL_GAP
    # A pile at the bottom is lifted back onto the plane.
    over = max(0.0, (places[-1] if places else 0) - (BOTTOM + 2))
    labels = _labels(lines)
    pieces = []
    for (_wanted, number), y in zip(ends, places, strict=True):
        scored = lines[number]
        along = plane.x(scored.marks[-1].week) + (-LABEL_AWAY if plane.mirrored else LABEL_AWAY)
        kind = f"k-{number % 3 + 1} halo {plane.anchor(end=False)}".strip()
        pieces.append(words(along, y - over, labels[number], kind))
    return pieces


def _lines_sentence(lines: Sequence[Line], weeks: int) -> str:
    if not lines:
        return _("Nobody has marked this goal yet.")
    told = []
    for scored in lines:
        first, last = scored.marks[0].value, scored.marks[-1].value
        said = {"name": scored.name, "first": first, "last": last}
        if len(scored.marks) == 1:
            told.append(_("%(name)s said %(first)d") % said)
        else:
            told.append(_("%(name)s went from %(first)d to %(last)d") % said)
    return _("Goal line over %(weeks)d weeks. %(told)s.") % {
        "weeks": weeks,
        "told": ", ".join(told),
    }


def _caption(lines: Sequence[Line], week: int) -> str:
    scores = sum(len(scored.marks) for scored in lines)
    if not scores:
        return _("No scores yet.")
    people = ngettext("%(n)s person", "%(n)s people", len(lines)) % {"n": apnumber(len(lines))}
    told = ngettext("%(n)s score", "%(n)s scores", scores) % {"n": apnumber(scores)}
    said = _("%(people)s, %(scores)s, weeks 0 to %(week)d.") % {
        "people": people[:1].upper() + people[1:],
        "scores": told,
        "week": week,
    }
    if len(lines) > 1:
        said = f"{said} {_('They don’t have to agree.')}"
    return f"{said} {_('The dotted line is half way up.')}"


def _rows(lines: Sequence[Line]) -> tuple[tuple[object, ...], ...]:
    by_week: dict[int, dict[int, int]] = defaultdict(dict)
    for number, scored in enumerate(lines):
        for mark in scored.marks:
            by_week[int(mark.week)][number] = mark.value
    return tuple(
        (
            _("Start") if not week else _("Week %(week)d") % {"week": week},
            *(or_dash(by_week[week].get(number)) for number in range(len(lines))),
        )
        for week in sorted(by_week)
    )
