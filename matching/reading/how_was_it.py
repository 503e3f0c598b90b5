"""What pages show of a supporter's weekly answers: the question to the supporter, the answers to the coach.

A newcomer would pass them to the page that both sides read. They come from here only where the reader is known to be
the supporter or the coach.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.how_was_it import said_in, week_of
from matching.models import Contact, HowWasIt, LinkUp
from matching.reading.members import LinkUpRow
from matching.reading.needs import ASKED, Need
from people.models import User

WEEK = timedelta(days=7)
WEEKS_SHOWN = 8
SHAPES = {
    HowWasIt.Answer.GOOD: "full",
    HowWasIt.Answer.SO_SO: "half",
    HowWasIt.Answer.HARD: "diamond",
    HowWasIt.Answer.NOT_MET: "empty",
}
# One such week is ordinary; two in a row is worth a call.
NOT_WELL = {HowWasIt.Answer.SO_SO, HowWasIt.Answer.NOT_MET}


@dataclass(frozen=True)
class Asked:
    """The question about one link-up, as its supporter sees it; `said` is this week's answer, if there is one."""

    link_up_id: int
    name: str
    said: HowWasIt | None
    answers = HowWasIt.Answer.choices


@dataclass(frozen=True)
class WeekRead:
    """One week as the coach reads it, in a shape and a word; `words` is the supporter's line."""

    week: date
    shape: str
    word: str
    words: str


def to_ask(rows: Iterable[LinkUpRow], *, resting: set[int], on: date) -> list[Asked]:
    """Give the questions of somebody's home page: whom they help and haven’t said it of this week. One query."""
    helped = [row for row in rows if row.side == "supporter" and row.id not in resting]
    if not helped:
        return []
    said = HowWasIt.objects.filter(link_up__in=[row.id for row in helped], week=week_of(on))
    answered = set(said.values_list("link_up", flat=True))
    return [Asked(row.id, row.other.name, None) for row in helped if row.id not in answered]


def asked_about(link_up: LinkUp, *, on: date) -> Asked:
    """Give the question about one link-up, with this week's answer. One query."""
    return Asked(link_up.pk, str(link_up.family), said_in(link_up, week_of(on)))


def weeks_of(link_up: LinkUp, *, on: date) -> list[WeekRead]:
    """Give the last eight weeks of a link-up for its coach, newest first; a week nobody spoke of too. One query."""
    last = week_of(link_up.ended_on or on)
    first = max(week_of(link_up.started_on), last - (WEEKS_SHOWN - 1) * WEEK)
    said = {one.week: one for one in link_up.how_it_was.newest().filter(week__gte=first)}
    weeks = (last - n * WEEK for n in range((last - first).days // 7 + 1))
    return [_read(week, said.get(week)) for week in weeks]


def _read(week: date, said: HowWasIt | None) -> WeekRead:
    if said is None:
        return WeekRead(week, "dotted", _("Not said"), "")
    answer = HowWasIt.Answer(said.answer)
    return WeekRead(week, SHAPES[answer], str(answer.label), said.words)


# --- For the coach's day ----------------------------------------------------------------------


def heard(user: User, going: Iterable[LinkUp]) -> Iterator[Need]:
    """Supporters who asked to be rung, and those with two weeks in a row that went not so well. One query.

    A contact with the supporter noted on that day or later clears it.
    """
    with_people = {one.pk: one for one in going}
    calls = Contact.objects.filter(link_up=OuterRef("link_up"), side=Contact.Side.SUPPORTER)
    rows = (
        HowWasIt.objects.newest()
        .filter(link_up__family__coach=user, link_up__ended_on__isnull=True)
        .annotate(
            rung_on=Subquery(
                calls.filter(done_on__isnull=False).order_by("-done_on").values("done_on")[:1]
            ),
            call=Subquery(calls.open().order_by("due_on").values("pk")[:1]),
        )
        .order_by("week")
    )
    told: dict[int, list[HowWasIt]] = defaultdict(list)
    for row in rows:
        told[row.link_up_id].append(row)
    for link_up_id, said in told.items():
        if link_up_id in with_people:
            yield from _needs(with_people[link_up_id], said)


def _needs(link_up: LinkUp, said: list[HowWasIt]) -> Iterator[Need]:
    hard = [one for one in said if one.answer == HowWasIt.Answer.HARD and not _rung_since(one)]
    last, before = said[-1], said[-2] if len(said) > 1 else None
    if hard:
        yield _asks_for_a_ring(link_up, hard)
    elif (
        before is not None
        and {last.answer, before.answer} <= NOT_WELL
        and last.week - before.week == WEEK
        and not _rung_since(last)
    ):
        yield Need(
            ASKED,
            timezone.localdate(last.at),
            "half",
            _("Two weeks that weren’t so good"),
            str(link_up.supporter),
            _("About %(family)s: “%(before)s”, then “%(last)s”. Ask how it goes.")
            % {
                "family": link_up.family,
                "before": before.get_answer_display(),
                "last": last.get_answer_display(),
            },
            reverse("matching:link_up", kwargs={"id": link_up.pk}),
            _("See the link-up"),
        )


def _asks_for_a_ring(link_up: LinkUp, hard: list[HowWasIt]) -> Need:
    """The oldest of them says since when, the newest in which words."""
    words = _("It was hard with %(family)s, and they ask you to ring.") % {"family": link_up.family}
    line = hard[-1].words
    call: int | None = getattr(hard[-1], "call", None)
    return Need(
        ASKED,
        timezone.localdate(hard[0].at),
        "diamond",
        _("Hard. They ask to be rung"),
        str(link_up.supporter),
        f"{words} “{line}”" if line else words,
        reverse("matching:contact", kwargs={"id": call})
        if call
        else reverse("matching:link_up", kwargs={"id": link_up.pk}),
        _("Note the call") if call else _("See the link-up"),
    )


def _rung_since(said: HowWasIt) -> bool:
    rung_on: date | None = getattr(said, "rung_on", None)
    return rung_on is not None and rung_on >= timezone.localdate(said.at)
