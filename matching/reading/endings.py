"""What pages show of how a link-up ends: from the first day on, because its end is planned from the first day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.ending import may_look_back, more_weeks
from matching.milestones import Reached, checklist
from matching.models import Extension, LinkUp, LookBack, Milestone, Word
from matching.path import LAST_FORTNIGHT
from matching.reading.ahead import NextThing
from matching.reading.needs import ASKED, DATED, Need
from matching.words import NEXT_STEPS
from people.models import Family, User
from people.saying import plain_day

# A family is asked what comes next while it is near; later it may still say so, and is not asked.
ASKED_FOR = timedelta(weeks=8)


@dataclass(frozen=True)
class EndingRead:
    """How one link-up ends, for whoever reads its page; `unheard` and `reached` for its coach only."""

    may_look_back: bool
    may_be_longer: bool
    extensions: list[Extension]
    unheard: list[Word]
    said: Word | None
    reached: list[Reached]


def ending_of(link_up: LinkUp, milestones: list[Milestone], *, side: str, on: date) -> EndingRead:
    """Give it in three queries. `said`: this side's own last word, while the coach hasn't heard it."""
    unheard = list(link_up.words.unheard().select_related("by"))
    return EndingRead(
        may_look_back=may_look_back(link_up, on=on),
        may_be_longer=link_up.ended_on is None and bool(more_weeks(link_up)),
        extensions=list(link_up.extensions.all()),
        unheard=[] if side else unheard,
        said=next((one for one in reversed(unheard) if side and one.side == side), None),
        reached=[] if side else checklist(link_up, milestones, on=on),
    )


def lines_of(link_up: LinkUp) -> list[LookBack]:
    """Give what each of them wrote looking back, first to last, in one query."""
    return list(link_up.looks_back.select_related("by"))


def unheard_of(family: Family) -> list[Word]:
    """Give the words of a family, or about its link-ups, that its coach hasn't heard; one query."""
    return list(
        Word.objects.unheard()
        .filter(family=family)
        .select_related("by", "link_up__supporter__family", "link_up__supporter__volunteer")
    )


def may_come_back(family: Family) -> bool:
    """Say whether a family's own page offers to look for somebody again: it was helped before, or is on a break."""
    away = family.standing in (Family.Standing.PAUSED, Family.Standing.LEFT)
    return away or (not family.wants_link_up and family.link_ups.exists())


def at_the_end(user: User) -> NextThing | None:
    """From the last fortnight on: a line from whoever wrote none, then what a seeking family would like next.

    One query, however many link-ups somebody had.
    """
    today = timezone.localdate()
    near = Q(ended_on__isnull=True, planned_end_on__lte=today + LAST_FORTNIGHT)
    lately = Q(ended_on__gt=today - ASKED_FOR)
    mine = Q(family__guardians__user=user)
    helping = Q(supporter__family__guardians__user=user) | Q(supporter__volunteer__user=user)
    said = Word.objects.filter(link_up=OuterRef("pk"), kind__in=NEXT_STEPS)
    found = (
        LinkUp.objects.filter(near | lately, mine | helping)
        .annotate(
            has_line=Exists(LookBack.objects.filter(link_up=OuterRef("pk"), by=user)),
            is_asked=Q(ended_on__isnull=False, pk__in=LinkUp.objects.filter(mine)) & ~Exists(said),
        )
        .order_by("planned_end_on", "pk")
    )
    for link_up in found:
        if not link_up.has_line:
            return _to_look_back(link_up)
        if link_up.is_asked:
            return _to_say_what_next(link_up)
    return None


def _to_look_back(link_up: LinkUp) -> NextThing:
    words = (
        _("You have come a long way together. Leave each other a line.")
        if link_up.ended_on
        else _("The planned end is on %(day)s. Plan the goodbye, and leave each other a line.")
        % {"day": plain_day(link_up.planned_end_on)}
    )
    return NextThing(
        _("Look back together"),
        words,
        reverse("matching:look_back", kwargs={"id": link_up.pk}),
        _("Look back"),
    )


def _to_say_what_next(link_up: LinkUp) -> NextThing:
    return NextThing(
        _("And now?"),
        _("Some families go on to help another. Some swap hours. Some have had enough of us."),
        reverse("matching:what_next", kwargs={"id": link_up.pk}),
        _("Say what you’d like"),
    )


# --- For the coach's day ----------------------------------------------------------------------


def unheard(user: User, on: date) -> Iterator[Need]:
    """Words that a coach's families or those beside them said and the coach hasn't heard. One query."""
    waiting = (
        Word.objects.unheard()
        .filter(family__coach=user)
        .select_related("family", "link_up__supporter__family", "link_up__supporter__volunteer")
    )
    for word in waiting:
        since = timezone.localdate(word.at)
        who = word.family.display_name
        if word.link_up is not None and word.side == "supporter":
            who = str(word.link_up.supporter)
        yield Need(
            ASKED,
            since,
            "diamond" if word.kind == Word.Kind.STOP else "half",
            _("A word for you"),
            who,
            f"{word.get_kind_display()}." + (f" “{word.words}”" if word.words else ""),
            reverse("matching:family", kwargs={"id": word.family_id}),
            _("Hear them"),
        )


def past_their_end(going: list[LinkUp], on: date) -> Iterator[Need]:
    """Link-ups whose planned end has come and that nobody ended or moved. No query: `going` is at hand."""
    for link_up in going:
        if link_up.planned_end_on >= on:
            continue
        words = _("Their planned end was on %(day)s. End it well, or give it longer with a reason.")
        yield Need(
            DATED,
            link_up.planned_end_on,
            "half",
            _("Past its planned end"),
            _("%(family)s and %(supporter)s")
            % {"family": link_up.family, "supporter": link_up.supporter},
            words % {"day": plain_day(link_up.planned_end_on)},
            reverse("matching:end", kwargs={"id": link_up.pk}),
            _("End it"),
        )
