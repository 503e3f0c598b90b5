"""Hours as a flow between us and others: what we got on one side, what we gave on the other, one scale for both.

People are folded into the few with most time and "others", so that the picture stays readable for a busy family.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.pictures import Picture, line, num, svg, words
from people.saying import hours
from timebank.models import Account, Transfer

MOST = 4
WIDTH, TOP, GAP, FULL = 384, 30.0, 12.0, 150.0
LEFT, MIDDLE, RIGHT = 124.0, 182.0, 250.0
BAR, US = 6.0, 12.0
ROOM = 32.0  # what a name and its hours need below each other
LONGEST_NAME = 15  # about 115 units at the page's text size


@dataclass(frozen=True)
class Ribbon:
    """Somebody on the other side, and the minutes between us."""

    name: str
    minutes: int


def flow_of(account: Account) -> Picture | None:
    """Give the picture of who helped whom, in four queries; None before anybody did."""
    got = _ribbons(account, Q(payer=account) | Q(stood_in_for=account), F("payee"))
    # Where the pot stood in, who got our help is the family, not the pot.
    gave = _ribbons(account, Q(payee=account), Coalesce("stood_in_for", "payer"))
    return draw(got, gave) if got or gave else None


def draw(got: list[Ribbon], gave: list[Ribbon]) -> Picture:
    """Give the picture for what came in and what went out. Pure: numbers and names in, SVG and table out."""
    most = max(_sum(got), _sum(gave))
    scale = FULL / most
    height = TOP + max(_tall(got, scale), _tall(gave, scale), FULL) + 24
    middle = TOP + (height - TOP - 24 - FULL) / 2
    pieces = [
        words(0, 12, _("Hours I got"), "t-b"),
        words(WIDTH, 12, _("Hours I gave"), "t-b t-end"),
        *_side(got, scale, height, middle, inward=True),
        *_side(gave, scale, height, middle, inward=False),
        _block(MIDDLE, middle, US, FULL, "f-us"),
        words(MIDDLE + US / 2, middle + FULL + 17, _("us"), "t-b t-mid"),
    ]
    sentence = _("Hours as a flow. We got %(got)s and gave %(gave)s.") % {
        "got": hours(_sum(got)),
        "gave": hours(_sum(gave)),
    }
    return Picture(
        svg=svg(pieces, width=WIDTH, height=round(height), sentence=sentence),
        sentence=sentence,
        caption=_("A thicker ribbon is more time. Hours from the programme aren’t drawn."),
        table_caption=_("Hours between us and other people"),
        heads=[_("Who"), _("Got"), _("Gave")],
        rows=_rows(got, gave),
    )


def _ribbons(account: Account, mine: Q, whose: F | Coalesce) -> list[Ribbon]:
    found = (
        Transfer.objects.filter(
            mine,
            kind__in=[Transfer.Kind.LINK_UP, Transfer.Kind.EXCHANGE],
            reversed_by__isnull=True,
        )
        .order_by()
        .annotate(whose=whose)
        .values_list("whose")
        .annotate(sum=Sum("minutes"))
        .order_by("-sum", "whose")
    )
    ranked = list(found)
    names = Account.objects.with_owners().in_bulk([pk for pk, _minutes in ranked[:MOST]])
    ribbons = [Ribbon(str(names[pk]), minutes) for pk, minutes in ranked[:MOST]]
    rest = ranked[MOST:]
    if rest:
        name = ngettext("%(count)d other", "%(count)d others", len(rest)) % {"count": len(rest)}
        ribbons.append(Ribbon(name, sum(minutes for _pk, minutes in rest)))
    return ribbons


def _side(
    ribbons: list[Ribbon], scale: float, height: float, middle: float, *, inward: bool
) -> Iterator[SafeString]:
    """Draw one side: each ribbon from its own bar to its place on ours, and its name beside it."""
    own = middle + (FULL - _sum(ribbons) * scale) / 2
    theirs = TOP + (height - TOP - 24 - _tall(ribbons, scale)) / 2
    for ribbon in ribbons:
        thick = ribbon.minutes * scale
        room = max(thick, ROOM)
        outer = theirs + (room - thick) / 2
        if inward:
            yield _ribbon(LEFT + BAR, outer, MIDDLE, own, thick, "f-in")
            yield _block(LEFT, outer, BAR, thick, "f-bar-in")
            yield words(LEFT - 8, theirs + room / 2 - 2, _short(ribbon.name), "t-end")
            yield words(LEFT - 8, theirs + room / 2 + 13, hours(ribbon.minutes), "t-s t-end")
        else:
            yield _ribbon(MIDDLE + US, own, RIGHT, outer, thick, "f-out")
            yield _block(RIGHT, outer, BAR, thick, "f-bar-out")
            yield words(RIGHT + BAR + 7, theirs + room / 2 - 2, _short(ribbon.name))
            yield words(RIGHT + BAR + 7, theirs + room / 2 + 13, hours(ribbon.minutes), "t-s")
        own += thick
        theirs += room + GAP


def _ribbon(x: float, y: float, to_x: float, to_y: float, thick: float, kind: str) -> SafeString:
    half = (x + to_x) / 2
    return line(
        f"M{num(x)} {num(y)}C{num(half)} {num(y)} {num(half)} {num(to_y)} {num(to_x)} {num(to_y)}"
        f"v{num(thick)}C{num(half)} {num(to_y + thick)} {num(half)} {num(y + thick)} {num(x)} {num(y + thick)}z",
        kind,
    )


def _block(x: float, y: float, wide: float, high: float, kind: str) -> SafeString:
    return line(f"M{num(x)} {num(y)}h{num(wide)}v{num(max(high, 1))}h-{num(wide)}z", kind)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _sum(ribbons: list[Ribbon]) -> int:
    return sum(ribbon.minutes for ribbon in ribbons)


def _tall(ribbons: list[Ribbon], scale: float) -> float:
    rooms = [max(ribbon.minutes * scale, ROOM) for ribbon in ribbons]
    return sum(rooms) + GAP * max(len(rooms) - 1, 0)


def _rows(got: list[Ribbon], gave: list[Ribbon]) -> list[list[str]]:
    names = list(dict.fromkeys(ribbon.name for ribbon in [*got, *gave]))
    came = {ribbon.name: ribbon.minutes for ribbon in got}
    went = {ribbon.name: ribbon.minutes for ribbon in gave}
    rows = [[name, _hours(came.get(name, 0)), _hours(went.get(name, 0))] for name in names]
    return [*rows, [_("Together"), _hours(_sum(got)), _hours(_sum(gave))]]


def _hours(minutes: int) -> str:
    return hours(minutes) if minutes else "–"
