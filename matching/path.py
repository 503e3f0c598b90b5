"""The link-up as a path from one door to another, with today on it.

Three half-waves; what is walked is solid, the rest dotted; stones at half way and at the last fortnight. Drawn twice,
360 units wide for phones and 560 for wide columns, because words in a picture must not shrink with it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.drawings import house
from people.pictures import Picture, StageLine, disc, line, num, svg, words
from people.saying import plain_day, short_day

LAST_FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True)
class Stage:
    """Something on the way: when, its name, and a line about it."""

    on: date
    title: str
    words: str = ""


@dataclass(frozen=True)
class Walk:
    """A link-up as its path needs it. `ours` and `theirs` are the ids the two houses are chosen from."""

    started_on: date
    ends_on: date
    today: date
    ours: object = 0
    theirs: object = 1
    stages: Sequence[Stage] = ()
    today_words: str = ""

    @property
    def weeks(self) -> int:
        """How many weeks it was planned for, the last one begun counting whole."""
        return max(1, math.ceil(((self.ends_on - self.started_on).days + 1) / 7))

    @property
    def week(self) -> int:
        """The week we are in, the first being 1, never more than the plan."""
        return min(max(1, (self.today - self.started_on).days // 7 + 1), self.weeks)

    def share(self, on: date) -> float:
        """How far along a day is: 0 at hello, 1 at the last day, never outside."""
        days = max((self.ends_on - self.started_on).days, 1)
        return min(max((on - self.started_on).days / days, 0.0), 1.0)


@dataclass(frozen=True)
class _Sheet:
    """One size of the picture."""

    width: int
    height: int
    swing: int
    kind: str
    mirrored: bool

    LEFT = 40
    AXIS = 78
    FOOT = 16  # the picture may grow so much where "today" stands best below a valley

    def x(self, share: float) -> float:
        along = self.LEFT + (self.width - 2 * self.LEFT - 4) * share
        return self.width - along if self.mirrored else along

    def y(self, share: float) -> float:
        return self.AXIS - self.swing * math.sin(3 * math.pi * share)

    def slope(self, share: float) -> float:
        return -self.swing * 3 * math.pi * math.cos(3 * math.pi * share)

    def wave(self, start: float, end: float) -> str:
        """The path between two shares of the way, as smooth curves (Hermite, four to a half-wave)."""
        steps = max(1, math.ceil((end - start) * 12))
        step = (end - start) / steps
        d = f"M{num(self.x(start))} {num(self.y(start))}"
        for n in range(steps):
            a, b = start + n * step, start + (n + 1) * step
            d += (
                f"C{num(self.x(a + step / 3))} {num(self.y(a) + self.slope(a) * step / 3)}"
                f" {num(self.x(b - step / 3))} {num(self.y(b) - self.slope(b) * step / 3)}"
                f" {num(self.x(b))} {num(self.y(b))}"
            )
        return d


def link_up_path(walk: Walk, *, mirrored: bool = False) -> Picture:
    """The picture, its sentence, and the same told as a list of stages."""
    sentence = _sentence(walk)
    small = _Sheet(360, 128, 24, "narrow-only", mirrored)
    large = _Sheet(560, 158, 34, "wide wide-only", mirrored)
    return Picture(
        svg=format_html("{}{}", _draw(walk, small, sentence), _draw(walk, large, sentence)),
        sentence=sentence,
        caption=_("Week %(week)d of %(weeks)d") % {"week": walk.week, "weeks": walk.weeks},
        stages=_stage_lines(walk),
    )


def _draw(walk: Walk, sheet: _Sheet, sentence: str) -> SafeString:
    now, stones = walk.share(walk.today), _stones(walk)
    today = _today(walk, sheet, now, stones)
    pieces = [line(sheet.wave(0, 1), "way")]
    if now < 1:
        pieces.append(line(sheet.wave(now, 1), "way-left"))
    if now > 0:
        pieces.append(line(sheet.wave(0, now), "way-walked"))
    for share, key, on in ((0.0, walk.ours, walk.started_on), (1.0, walk.theirs, walk.ends_on)):
        pieces.append(house(key, centre=sheet.x(share), ground=sheet.AXIS - 8))
        if not _covers(today, sheet.x(share), sheet.AXIS + 30):
            pieces.append(words(sheet.x(share), sheet.AXIS + 30, short_day(on), "t-s t-mid halo"))
    for share in stones:
        kind = "s-done" if share <= now else "s-todo"
        pieces.append(disc(sheet.x(share), sheet.y(share), 7, kind))
    if walk.started_on <= walk.today <= walk.ends_on:
        x, y = sheet.x(now), sheet.y(now)
        pieces += [disc(x, y, 14, "s-ring"), disc(x, y, 9, "s-today")]
    if today is not None:
        pieces.append(words(today.x, today.y, today.words, "k-today t-mid halo"))
    height = max(sheet.height, math.ceil(today.y) + 6 if today else 0)
    return svg(pieces, width=sheet.width, height=height, sentence=sentence, kind=sheet.kind)


@dataclass(frozen=True)
class _Word:
    """The word "today" and the middle of its foot."""

    words: str
    x: float
    y: float

    @property
    def width(self) -> float:
        """About as wide as it will be: fonts differ."""
        return 7.4 * len(self.words)


def _today(walk: Walk, sheet: _Sheet, now: float, stones: Sequence[float]) -> _Word | None:
    if not walk.started_on <= walk.today <= walk.ends_on:
        return None
    label = _("today, week %(week)d") % {"week": walk.week}
    x, y = _clearest(sheet, now, stones, width=_Word(label, 0, 0).width)
    return _Word(label, x, y)


def _covers(today: _Word | None, x: float, y: float) -> bool:
    """Whether "today" lies on the date at an end. The date gives way: it is all but today."""
    return today is not None and abs(today.x - x) < today.width / 2 + 20 and abs(today.y - y) < 16


def _stones(walk: Walk) -> list[float]:
    """Half way, and where the last fortnight begins."""
    half_way = walk.started_on + (walk.ends_on - walk.started_on) / 2
    return [walk.share(half_way), walk.share(walk.ends_on - LAST_FORTNIGHT)]


def _clearest(
    sheet: _Sheet, now: float, stones: Sequence[float], *, width: float
) -> tuple[float, float]:
    """Where the word "today" hides least: of eleven places near its mark, the one with the fewest things under it."""
    x, y = sheet.x(now), sheet.y(now)
    things = [(sheet.x(n / 120), sheet.y(n / 120), 9.0) for n in range(121)]
    things += [(sheet.x(share), sheet.y(share), 10.0) for share in stones]
    for end in (0.0, 1.0):  # the houses and the dates under them
        for dy in (-34, -20, -8, 24, 30):
            things += [(sheet.x(end) + dx, sheet.AXIS + dy, 8.0) for dx in (-16, 0, 16)]

    def hidden(place: tuple[float, float]) -> float:
        px, py = place
        half = width / 2
        outside = max(0.0, half + 2 - px) + max(0.0, px + half + 2 - sheet.width)
        outside += max(0.0, 14 - py) + max(0.0, py + 6 - sheet.height - sheet.FOOT)
        under = sum(
            abs(tx - px) < half + size and py - 11 - size < ty < py + 4 + size
            for tx, ty, size in things
        )
        return outside * 20 + under + math.hypot(px - x, py - y) / 200

    places = [(x + dx, y + dy) for dx in (0, 42, -42) for dy in (-24, -31, 32, 38)]
    return min(places, key=hidden)


def _sentence(walk: Walk) -> str:
    if walk.today < walk.started_on:
        return _("The path of our link-up: it starts on %(day)s.") % {
            "day": plain_day(walk.started_on)
        }
    if walk.today > walk.ends_on:
        return _("The path of our link-up: %(weeks)d weeks, all walked.") % {"weeks": walk.weeks}
    counted = {"week": walk.week, "weeks": walk.weeks}
    half, last = _stones(walk)
    now = walk.share(walk.today)
    if now < half:
        return _("The path of our link-up: week %(week)d of %(weeks)d, before half way.") % counted
    if now < last:
        return _("The path of our link-up: week %(week)d of %(weeks)d, past half way.") % counted
    return _("The path of our link-up: week %(week)d of %(weeks)d, the last fortnight.") % counted


def _stage_lines(walk: Walk) -> tuple[StageLine, ...]:
    """The stages in order, with today between those behind us and those ahead."""
    stages = sorted(walk.stages, key=lambda stage: stage.on)
    behind = [StageLine(s.title, s.words, "done") for s in stages if s.on <= walk.today]
    ahead = [StageLine(s.title, s.words) for s in stages if s.on > walk.today]
    here = []
    if walk.started_on <= walk.today <= walk.ends_on:
        title = _("Today, week %(week)d") % {"week": walk.week}
        here = [StageLine(title, walk.today_words, "here")]
    return (*behind, *here, *ahead)
