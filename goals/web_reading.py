"""Reading wellbeing webs for pages: two queries for a family, however many webs it filled in.

Two moments are only ever compared within one person's view. A newcomer would set Monday's web by the mother beside
Friday's by the coach and call the difference a change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language_bidi

from goals.charts import Shape, Spoke, wellbeing_web
from goals.domains import DOMAINS
from goals.models import WellbeingWeb
from goals.reading import voice_of, who
from people.models import Family, User
from people.pictures import Picture
from people.saying import plain_day

# A child's view is set beside an adult's when the two were asked within this time of each other.
BESIDE = timedelta(weeks=4)


@dataclass(frozen=True)
class Card:
    """One web: whose view, on which day, its eight marks in the order of DOMAINS, and a line of words."""

    id: int
    name: str
    voice: tuple[str, int | None]
    web: WellbeingWeb
    marks: tuple[int | None, ...]

    @property
    def on(self) -> date:
        """The day."""
        return timezone.localdate(self.web.at)

    @property
    def is_childs(self) -> bool:
        """Whether it is the child's own view."""
        return self.web.scorer == WellbeingWeb.Scorer.CHILD


@dataclass(frozen=True)
class WebRead:
    """What a page shows of a family's webs: every card, newest first, and the two moments that were picked.

    `voices` is the newest card of each person; `same` the cards of the person who is shown, newest first.
    """

    cards: list[Card]
    voices: list[Card]
    same: list[Card]
    now: Card
    then: Card | None
    child: Card | None

    @property
    def picture(self) -> Picture:
        """The two shapes, and where the child sees it differently."""
        years = {card.on.year for card in (self.then, self.now, self.child) if card}
        return wellbeing_web(
            [Spoke(str(one.name), one.term) for one in DOMAINS],
            now=_shape(self.now, with_year=len(years) > 1),
            then=_shape(self.then, with_year=len(years) > 1) if self.then else None,
            child=_shape(self.child, with_year=len(years) > 1) if self.child else None,
            mirrored=get_language_bidi(),
        )


def web_of(
    family: Family,
    *,
    viewer: User | None = None,
    now_id: int | None = None,
    then_id: int | None = None,
) -> WebRead | None:
    """Give a family's web, first and latest unless other cards are named; None where nobody filled one in."""
    webs = WellbeingWeb.objects.filter(family=family).select_related("by")
    cards = [_card(web, viewer) for web in webs.prefetch_related("marks").order_by("-at", "-id")]
    if not cards:
        return None
    by_id = {card.id: card for card in cards}
    now = by_id.get(now_id or 0) or _usual(cards)
    same = [card for card in cards if card.voice == now.voice]
    then = by_id.get(then_id or 0)
    if then not in same or then is now:
        then = same[-1]
    if then.web.at > now.web.at:
        now, then = then, now
    return WebRead(
        cards=cards,
        voices=_voices(cards),
        same=same,
        now=now,
        then=None if then is now else then,
        child=_child_beside(now, cards),
    )


def _voices(cards: list[Card]) -> list[Card]:
    """The newest card of each person: those of parents and carers, of the child, of the coach."""
    newest = {card.voice: card for card in reversed(cards)}
    in_order = WellbeingWeb.Scorer.values
    return sorted(newest.values(), key=lambda card: in_order.index(card.web.scorer))


def _usual(cards: list[Card]) -> Card:
    """The newest of a parent or carer; else the newest there is."""
    adults = (card for card in cards if card.web.scorer == WellbeingWeb.Scorer.GUARDIAN)
    return next(adults, cards[0])


def _child_beside(now: Card, cards: Iterable[Card]) -> Card | None:
    """The child's card nearest in time to an adult's, if it is near."""
    if now.is_childs:
        return None
    near = [card for card in cards if card.is_childs and abs(card.web.at - now.web.at) <= BESIDE]
    return min(near, key=lambda card: abs(card.web.at - now.web.at), default=None)


def _card(web: WellbeingWeb, viewer: User | None) -> Card:
    marks = {mark.domain: mark.value for mark in web.marks.all()}
    return Card(
        id=web.pk,
        name=who(web, viewer=viewer),
        voice=voice_of(web),
        web=web,
        marks=tuple(marks.get(one.code) for one in DOMAINS),
    )


def _shape(card: Card, *, with_year: bool) -> Shape:
    return Shape(card.name, plain_day(card.on, with_year=with_year), card.marks)


def asked_ids(query: Mapping[str, str]) -> dict[str, int | None]:
    """Give which cards an address asks for; what is no number asks for none."""
    return {
        f"{name}_id": int(told)
        if (told := query.get(name, "")).isdecimal() and len(told) < 19
        else None
        for name in ("now", "then")
    }
