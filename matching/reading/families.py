"""The families a coach looks after: as a list, longest wait first, and one by one.

A newcomer would page by number. Families come and go while a coach reads, and the one at the fold would be skipped;
here the next page starts after the last family that was seen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals.drawing import every_voice
from goals.reading import GoalRead, goals_of
from goals.web_reading import WebRead, web_of
from matching.models import Choice, Contact, LinkUp, Shortlist, Wish, Word
from matching.models.wish import wishes_of
from matching.path import Walk
from matching.reading.endings import unheard_of
from matching.reading.hopes import Hoped, hopes_of
from matching.reading.members import Other, other_of, walk_of
from matching.waiting import OPEN_SHORTLIST, seeking, waiting_days, wishes_left, with_wait
from people import availability
from people.models import Child, Family, User
from people.pictures import Picture
from people.words import ACCESS_NEEDS, LANGUAGES, RATHER_NOT

ON_A_PAGE = 30
FILTERS = {
    "all": gettext_lazy("All"),
    "waiting": gettext_lazy("Waiting"),
    "choosing": gettext_lazy("Choosing"),
    "linked": gettext_lazy("In a link-up"),
    "sharing": gettext_lazy("Sharing"),
}


@dataclass(frozen=True)
class FamilyRow:
    """One family in the list: where it stands, in a shape and a word."""

    id: int
    name: str
    place: str
    shape: str
    standing: str
    words: str


@dataclass(frozen=True)
class FamiliesPage:
    """A page of the list. `next_after` is the id to ask for more with, or None at the end."""

    rows: list[FamilyRow]
    next_after: int | None
    shown: str
    total: int


@dataclass(frozen=True)
class LinkedRow:
    """A link-up of a family, going or ended, whichever side it was on."""

    link_up: LinkUp
    other: Other
    walk: Walk


@dataclass(frozen=True)
class ListRead:
    """A list that a family was offered, for which wish, and what it chose last, if anything."""

    shortlist: Shortlist
    choice: Choice | None

    @property
    def whom(self) -> str:
        """For whom the list is; "" for whoever suits best."""
        wish = Wish(self.shortlist.wish)
        return "" if wish == Wish.EITHER else str(wish.label)

    @property
    def none_felt_right(self) -> bool:
        """Whether the family said "none of these"."""
        closed = self.shortlist.standing == Shortlist.Standing.CLOSED
        return closed and self.choice is not None and self.choice.entry_id is None


@dataclass(frozen=True)
class FamilyPage:
    """What a coach reads about one family. `adults` is whom to write to: name and e-mail, "" for none.

    `could_meet`: whether to ask whom it could meet; somebody in a link-up may still wait for the other of two.
    """

    family: Family
    door: Other
    row: FamilyRow
    goals: list[tuple[GoalRead, Picture]]
    web: WebRead | None
    children: list[Child]
    languages: list[str]
    free_times: list[str]
    needs: list[str]
    no_to: list[str]
    adults: list[tuple[str, str]]
    can_write: bool
    link_ups: list[LinkedRow]
    hopes: list[Hoped]
    lists: list[ListRead]
    contacts: list[Contact]
    could_meet: bool
    unheard: list[Word]


def families_page(user: User, *, shown: str, after: int | None, on: date) -> FamiliesPage:
    """Give a page of a coach's families in five queries; `shown` is one of FILTERS, `after` the last id seen."""
    mine = Family.objects.looked_after_by(user).exclude(standing=Family.Standing.LEFT)
    wanted = _filtered(mine, shown)
    total = wanted.count()
    last = mine.filter(pk=after).first() if after else None
    if last is not None:
        wanted = wanted.filter(
            Q(applied_on__gt=last.applied_on) | Q(applied_on=last.applied_on, pk__gt=last.pk)
        )
    rows = list(_with_standing(wanted).order_by("applied_on", "pk")[: ON_A_PAGE + 1])
    more = len(rows) > ON_A_PAGE
    rows = rows[:ON_A_PAGE]
    return FamiliesPage(
        rows=[_row(family, on) for family in rows],
        next_after=rows[-1].pk if more else None,
        shown=shown,
        total=total,
    )


def family_page(family: Family, *, reader: User, on: date, at: datetime) -> FamilyPage:
    """Give what a coach reads about a family that was opened through safeguarding.opening; sixteen queries."""
    known = _with_standing(Family.objects.filter(pk=family.pk)).get()
    row = _row(known, on)
    link_ups = (
        LinkUp.objects.filter(Q(family=family) | Q(supporter__family=family))
        .with_people()
        .order_by("ended_on", "-started_on")
    )
    adults = family.guardians.select_related("user").order_by("pk")
    return FamilyPage(
        family=known,
        door=other_of(known),
        row=row,
        goals=[
            (one, every_voice(one, at=at, ours=False)) for one in goals_of(family, viewer=reader)
        ],
        web=web_of(family, viewer=reader),
        children=list(family.children.order_by("age_band", "pk")),
        languages=_words(known.languages, LANGUAGES),
        free_times=availability.in_words(known.free_times),
        needs=_words(known.access_needs, ACCESS_NEEDS),
        no_to=_words(known.no_to, RATHER_NOT),
        adults=[(adult.name, adult.user.email if adult.user else "") for adult in adults],
        can_write=any(adult.user for adult in adults),
        link_ups=[_linked(one, family, on) for one in link_ups],
        hopes=hopes_of(known) if known.wants_link_up else [],
        lists=_lists(known),
        contacts=list(
            Contact.objects.open().filter(link_up__family=family).order_by("due_on", "pk")[:3]
        ),
        could_meet=known.wants_link_up and (row.shape != "full" or bool(wishes_left(known))),
        unheard=unheard_of(family),
    )


def _lists(family: Family) -> list[ListRead]:
    """Give the newest list for each wish of a family, and what is open for one it no longer has; else the newest."""
    lists = Shortlist.objects.filter(family=family).prefetch_related(
        "entries__supporter__family", "entries__supporter__volunteer", "choices"
    )
    newest: dict[str, Shortlist] = {}
    for one in lists:
        newest.setdefault(one.wish, one)
    wishes = wishes_of(family)
    told = [
        one
        for _wish, one in sorted(newest.items())
        if one.wish in wishes or one.standing in OPEN_SHORTLIST
    ]
    return [
        ListRead(one, next(reversed(one.choices.all()), None))
        for one in told or list(newest.values())[:1]
    ]


def _filtered(mine: QuerySet[Family], shown: str) -> QuerySet[Family]:
    if shown == "waiting":
        return seeking(mine)
    if shown == "choosing":
        return mine.filter(_choosing())
    if shown == "linked":
        return mine.filter(_linked_now())
    if shown == "sharing":
        return mine.filter(supporter__isnull=False)
    return mine


def _with_standing(families: QuerySet[Family]) -> QuerySet[Family]:
    return (
        with_wait(families)
        .select_related("place", "supporter")
        .annotate(is_linked=_linked_now(), is_choosing=_choosing(), is_helping=_helping_now())
    )


def _linked_now() -> Exists:
    return Exists(LinkUp.objects.going().filter(family=OuterRef("pk")))


def _helping_now() -> Exists:
    return Exists(LinkUp.objects.going().filter(supporter__family=OuterRef("pk")))


def _choosing() -> Exists:
    return Exists(Shortlist.objects.filter(family=OuterRef("pk"), standing__in=OPEN_SHORTLIST))


def _row(family: Family, on: date) -> FamilyRow:
    left = wishes_left(family) if family.wants_link_up else ()
    days = max(waiting_days(family, on=on, wish=wish) for wish in left or (Wish.EITHER,))
    waited = (
        ngettext("waited %(days)d day", "waited %(days)d days", days) % {"days": days}
        if days
        else _("joined today")
    )
    shape, standing, words = "empty", _("Here"), ""
    if family.standing == Family.Standing.PAUSED:
        shape, standing = "dotted", _("Paused")
    elif family.is_linked:  # type: ignore[attr-defined]  # annotated by _with_standing
        shape, standing, words = "full", _("In a link-up"), _also(left, waited)
    elif family.is_choosing:  # type: ignore[attr-defined]
        shape, standing, words = "half", _("Choosing"), waited
    elif family.standing == Family.Standing.APPLIED:
        shape, standing, words = "empty", _("Say hello"), waited
    elif family.wants_link_up:
        shape, standing, words = "half", _("Waiting"), waited
    elif family.is_helping:  # type: ignore[attr-defined]
        shape, standing = "full", _("Beside a family")
    elif hasattr(family, "supporter") and family.supporter:
        shape, standing = "empty", _("Ready to share")
    return FamilyRow(
        id=family.pk,
        name=family.display_name,
        place=family.place.name,
        shape=shape,
        standing=standing,
        words=words,
    )


def _also(left: tuple[Wish, ...], waited: str) -> str:
    """Say of a family that has somebody what it still waits for."""
    if not left:
        return ""
    return _("still hopes for %(whom)s, %(waited)s") % {"whom": left[0].label, "waited": waited}


def _linked(link_up: LinkUp, family: Family, on: date) -> LinkedRow:
    seeks = link_up.family_id == family.pk
    other = other_of(link_up.supporter if seeks else link_up.family)
    return LinkedRow(link_up, other, walk_of(link_up, on=on))


def _words(codes: Iterable[str], words: Mapping[str, Any]) -> list[str]:
    return [str(words.get(code, code)) for code in codes]
