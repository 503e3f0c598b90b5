"""The wellbeing web: eight spokes from 1 to 10, then and now, and where the child sees it differently.

A newcomer would draw what nobody knows as nought, and close the shape across it. Here such a spoke is dotted and its
mark a question mark, and the shape stays open there. No area is ever a score.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.charts.scores import TOP_SCORE
from people.pictures import KeyLine, Picture, disc, line, num, svg, triangle, words

WIDTH, HEIGHT = 384, 272
MIDDLE_X, MIDDLE_Y = 192, 138
REACH = 86
RINGS = (2.5, 5.0, 7.5, 10.0)
NAME_AT = 100 / REACH * TOP_SCORE  # on the scale of the spokes, a little outside
UNKNOWN = "?"

Points = Callable[[int, float], tuple[float, float]]


@dataclass(frozen=True)
class Spoke:
    """One of the eight: what it is called, and the word of the law for it."""

    name: str
    term: str


@dataclass(frozen=True)
class Shape:
    """One person's eight marks on one day, in the order of the spokes; None is "not sure"."""

    name: str
    on: str
    marks: tuple[int | None, ...]

    @property
    def known(self) -> int:
        """How many of the eight have a number."""
        return sum(mark is not None for mark in self.marks)


def wellbeing_web(
    spokes: Sequence[Spoke],
    *,
    now: Shape,
    then: Shape | None = None,
    child: Shape | None = None,
    mirrored: bool = False,
) -> Picture:
    """Give one person's web: `then` dashed and hollow, `now` full, a triangle where `child` marked another number."""

    def at(spoke: int, value: float) -> tuple[float, float]:
        turn = 2 * pi * spoke / len(spokes) * (-1 if mirrored else 1)
        away = REACH * value / TOP_SCORE
        return MIDDLE_X + away * sin(turn), MIDDLE_Y - away * cos(turn)

    pieces = _ground(spokes, now, at)
    pieces += _outline(now, at, "web-now", "c-1")
    if then is not None:
        pieces += _outline(then, at, "web-then", "web-then")
        pieces += _discs(then, at, 4, "m-web")
    pieces += _discs(now, at, 5.5, "m-1")
    differs = _differs(now, child)
    for spoke in differs:
        pieces.append(triangle(*at(spoke, child.marks[spoke] or 0), "m-2"))  # type: ignore[union-attr]
    sentence = _sentence(spokes, now, then, child, differs)
    return Picture(
        svg=svg(pieces, width=WIDTH, height=HEIGHT, sentence=sentence),
        sentence=sentence,
        caption=_caption(now, then, child, len(spokes)),
        key=_key(now, then, child if differs else None),
        table_caption=_("1 is hard, 10 is good"),
        heads=("", *(shape.on for shape in (then, now) if shape), *([child.name] if child else [])),
        rows=_rows(spokes, now, then, child),
    )


def _ground(spokes: Sequence[Spoke], now: Shape, at: Points) -> list[SafeString]:
    """The rings, the spokes, dotted where nobody was sure, and their names with the mark of now."""
    rings = "".join(
        "M" + "L".join(_point(at(spoke, ring)) for spoke in range(len(spokes))) + "z"
        for ring in RINGS
    )
    solid = dotted = ""
    for spoke, mark in enumerate(now.marks):
        ray = f"M{_point(at(spoke, 0))}L{_point(at(spoke, TOP_SCORE))}"
        solid, dotted = (solid, dotted + ray) if mark is None else (solid + ray, dotted)
    pieces = [line(rings + solid, "c-grid")]
    if dotted:
        pieces.append(line(dotted, "c-mid", 2))
    return [*pieces, *(_name(spoke, one, now, at) for spoke, one in enumerate(spokes))]


def _name(spoke: int, one: Spoke, now: Shape, at: Points) -> SafeString:
    x, y = at(spoke, NAME_AT)
    mark = now.marks[spoke]
    said = f"{one.name} {UNKNOWN if mark is None else mark}"
    beside = abs(x - MIDDLE_X) > 1
    kind = ("" if x > MIDDLE_X else "t-end") if beside else "t-mid"
    # Beside its spoke a name stands at the spoke's height; over and under it, clear of the ring.
    lower = 4 if beside else 9 if y > MIDDLE_Y else 0
    return words(x, y + lower, said, kind)


def _outline(shape: Shape, at: Points, whole: str, broken: str) -> list[SafeString]:
    """The closed shape; where a mark is missing only the sides between neighbours who are known."""
    points = [
        None if mark is None else _point(at(spoke, mark)) for spoke, mark in enumerate(shape.marks)
    ]
    if None not in points:
        return [line("M" + "L".join(str(one) for one in points) + "z", whole)]
    sides = "".join(
        f"M{points[number - 1]}L{one}"
        for number, one in enumerate(points)
        if one is not None and points[number - 1] is not None
    )
    return [line(sides, broken)] if sides else []


def _discs(shape: Shape, at: Points, radius: float, kind: str) -> list[SafeString]:
    return [
        disc(*at(spoke, mark), radius, kind)
        for spoke, mark in enumerate(shape.marks)
        if mark is not None
    ]


def _differs(now: Shape, child: Shape | None) -> list[int]:
    """The spokes for which the child gave a number, and another than this person."""
    if child is None:
        return []
    pairs = zip(now.marks, child.marks, strict=True)
    return [spoke for spoke, (ours, theirs) in enumerate(pairs) if theirs not in (None, ours)]


def _sentence(
    spokes: Sequence[Spoke],
    now: Shape,
    then: Shape | None,
    child: Shape | None,
    differs: Sequence[int],
) -> str:
    said = [_change(spokes, now, then) if then else _first_look(spokes, now)]
    if child is not None:
        said.append(
            ngettext(
                "%(child)s sees %(n)d of %(all)d differently.",
                "%(child)s sees %(n)d of %(all)d differently.",
                len(differs),
            )
            % {"child": child.name, "n": len(differs), "all": len(spokes)}
        )
    return " ".join(said)


def _change(spokes: Sequence[Spoke], now: Shape, then: Shape) -> str:
    """What moved most, among those that had a number both times."""
    moved = [
        (abs(mark - before), spoke)
        for spoke, (before, mark) in enumerate(zip(then.marks, now.marks, strict=True))
        if before is not None and mark is not None
    ]
    days = {"then": then.on, "now": now.on}
    if not moved:
        return _("From %(then)s to %(now)s: no side has a number both times.") % days
    most = max(change for change, _spoke in moved)
    if not most:
        return _("From %(then)s to %(now)s: no number has changed.") % days
    told = [
        _("%(name)s from %(before)d to %(after)d")
        % {"name": spokes[spoke].name, "before": then.marks[spoke], "after": now.marks[spoke]}
        for change, spoke in moved
        if change == most
    ]
    return _("From %(then)s to %(now)s, what changed most: %(told)s.") % {
        **days,
        "told": ", ".join(told),
    }


def _first_look(spokes: Sequence[Spoke], now: Shape) -> str:
    known = [(mark, spoke) for spoke, mark in enumerate(now.marks) if mark is not None]
    if not known:
        return _("On %(now)s nobody was sure of any of them.") % {"now": now.on}
    low, high = min(known)[0], max(known)[0]
    if low == high:
        return _("On %(now)s every number is %(high)d.") % {"now": now.on, "high": high}
    named = [
        ", ".join(spokes[spoke].name for mark, spoke in known if mark == end) for end in (high, low)
    ]
    return _("On %(now)s, highest: %(high)s, %(most)d. Lowest: %(low)s, %(least)d.") % {
        "now": now.on,
        "high": named[0],
        "most": high,
        "low": named[1],
        "least": low,
    }


def _caption(now: Shape, then: Shape | None, child: Shape | None, out_of: int) -> str:
    told = [_answered(now.name, [shape for shape in (then, now) if shape], out_of)]
    if child is not None:
        told.append(_answered(child.name, [child], out_of))
    return " ".join([*told, _("1 is hard, 10 is good.")])


def _answered(name: str, shapes: Sequence[Shape], out_of: int) -> str:
    """How many of the eight have a number, each time: the rest were "not sure"."""
    times = [
        _("%(known)d of %(all)d on %(on)s") % {"known": shape.known, "all": out_of, "on": shape.on}
        for shape in shapes
    ]
    said = {"name": name, "times": ", ".join(times)}
    return _("%(name)s answered %(times)s.") % said


def _key(now: Shape, then: Shape | None, child: Shape | None) -> tuple[KeyLine, ...]:
    """What the two shapes and the triangle are, drawn small."""
    lines = []
    if then is not None:
        lines.append(
            KeyLine(_sample(line("M1 8h34", "web-then"), disc(18, 8, 4, "m-web")), then.on)
        )
    lines.append(KeyLine(_sample(line("M1 8h34", "c-1"), disc(18, 8, 5.5, "m-1")), now.on))
    if child is not None:
        said = _("%(child)s sees it differently") % {"child": child.name}
        lines.append(KeyLine(_sample(triangle(18, 8, "m-2")), said))
    if None in now.marks:
        lines.append(KeyLine(_sample(line("M1 8h34", "c-mid", 2)), _("not sure")))
    return tuple(lines)


def _sample(*pieces: SafeString) -> SafeString:
    inside = format_html("{}" * len(pieces), *pieces)
    return format_html('<svg viewBox="0 0 36 16" aria-hidden="true">{}</svg>', inside)


def _rows(
    spokes: Sequence[Spoke], now: Shape, then: Shape | None, child: Shape | None
) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (
            f"{one.name} ({one.term})",
            *(_number(shape.marks[spoke]) for shape in (then, now) if shape),
            *([_beside(now.marks[spoke], child.marks[spoke])] if child else []),
        )
        for spoke, one in enumerate(spokes)
    )


def _number(mark: int | None) -> object:
    return _("not sure") if mark is None else mark


def _beside(ours: int | None, theirs: int | None) -> object:
    return _("same") if theirs is not None and theirs == ours else _number(theirs)


def _point(place: tuple[float, float]) -> str:
    return f"{num(place[0])} {num(place[1])}"
