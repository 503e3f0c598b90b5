"""What a coach and a family read about handing over: what came, what is away, and who looks after whom now.

A newcomer would keep it on the page for ever. A change is news for a week or two; a leave for as long as it lasts.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.handing import Reach, coaches
from people.models import Area, Family, HandOver, User, Volunteer
from people.saying import plain_day

NEWS_TO_COACHES = timedelta(days=7)
NEWS_TO_FAMILIES = timedelta(days=14)
MOST_NAMED = 50


@dataclass(frozen=True)
class HandingLine:
    """One hand-over in a coach's day, and where more about it stands."""

    words: str
    url: str
    label: str


@dataclass(frozen=True)
class HandOverPage:
    """One hand-over: what it is, in `words`, and the first of those who are with the reader now."""

    hand_over: HandOver
    words: str
    families: list[Family]
    volunteers: list[Volunteer]
    more: int
    may_end: bool


@dataclass(frozen=True)
class Giver:
    """A coach, as a manager chooses whose people go to somebody else."""

    user: User
    families: int


def handing_lines(user: User, *, at: datetime) -> list[HandingLine]:
    """Give what a coach should know of hand-overs on a day, newest first; one query."""
    found = _counted(HandOver.objects.filter(Q(giver=user) | Q(to=user)))
    news = Q(begun_at__gte=at - NEWS_TO_COACHES, to=user) | Q(ended_at__gte=at - NEWS_TO_COACHES)
    found = found.filter(news | Q(ended_at=None) & (Q(back_on__isnull=False) | Q(begun_at=None)))
    lines = []
    for one in found:
        words = _in_words(one, user, timezone.localdate(at))
        if words:
            lines.append(HandingLine(words, _address(one), _label(one, user)))
    return lines


def hand_over_page(hand_over: HandOver, *, reader: User, at: datetime) -> HandOverPage:
    """Give one hand-over to somebody who may see it; names only of those whom the reader looks after now."""
    one = _counted(HandOver.objects.filter(pk=hand_over.pk)).get()
    families = Family.objects.looked_after_by(reader).filter(handed__hand_over=one).distinct()
    volunteers = Volunteer.objects.filter(coach=reader, handed__hand_over=one).distinct()
    today = timezone.localdate(at)
    may_end = one.ended_at is None and (one.back_on is not None or one.begun_at is None)
    return HandOverPage(
        hand_over=one,
        words=_in_words(one, reader, today) or _told(one),
        families=list(families.select_related("place")[:MOST_NAMED]),
        volunteers=list(volunteers.select_related("place")[:MOST_NAMED]),
        more=max(0, families.count() - MOST_NAMED),
        may_end=may_end and one.to_id != reader.pk,
    )


def given_so_far(giver: User) -> list[HandingLine]:
    """Give the last ten hand-overs of a coach, for whoever hands over anew; one query."""
    found = _counted(HandOver.objects.filter(giver=giver))[:10]
    return [HandingLine(_told(one), _address(one), "") for one in found]


def givers() -> list[Giver]:
    """Give whose people a manager may hand over: every coach, and whoever still has families."""
    count = Count(
        "coached_families",
        filter=~Q(coached_families__standing=Family.Standing.LEFT),
        distinct=True,
    )
    has = User.objects.filter(Q(pk__in=coaches()) | Q(coached_families__isnull=False))
    found = User.objects.filter(pk__in=has.values("pk")).annotate(many=count).order_by("name", "pk")
    return [Giver(one, one.many) for one in found]


def areas_of(giver: User) -> list[Area]:
    """Give the areas by which a coach's people may go: the coach's own, and those where they live; one query."""
    theirs = Q(coaches=giver) | Q(places__families__coach=giver)
    return list(Area.objects.filter(theirs).distinct())


def reach_in_words(reach: Reach, giver: User, to: User) -> tuple[str, bool]:
    """Say how many go along, and whether somebody can't because it is the other coach's own family."""
    families, volunteers = (
        one.exclude(standing=Family.Standing.LEFT) for one in reach.of(giver, to)
    )
    own = Family.objects.looked_after_by(giver).filter(guardians__user=to).exists()
    return people_in_words(families.count(), volunteers.count()), own


def people_in_words(families: int, volunteers: int) -> str:
    """Give "24 families and 3 volunteers"; either may be missing."""
    said = []
    if families or not volunteers:
        said.append(ngettext("%(many)d family", "%(many)d families", families) % {"many": families})
    if volunteers:
        said.append(
            ngettext("%(many)d volunteer", "%(many)d volunteers", volunteers) % {"many": volunteers}
        )
    if len(said) == 1:
        return said[0]
    return _("%(first)s and %(last)s") % {"first": said[0], "last": said[1]}


def who_looks_after(member: Family | Volunteer, *, at: datetime) -> str:
    """Say in a line who looks after somebody now, while that is news; "" when all is as it was. One query."""
    newest = (
        member.handed.select_related("hand_over__giver", "after", "before").order_by("-pk").first()
    )
    if newest is None or newest.after_id != member.coach_id:
        return ""
    over, is_news = newest.hand_over, newest.at > at - NEWS_TO_FAMILIES
    if newest.is_back:
        return (
            _("%(coach)s is back, and looks after you again.") % {"coach": newest.after}
            if is_news
            else ""
        )
    if over.back_on is not None and over.ended_at is None:
        words = _("%(before)s is away until %(day)s. %(coach)s looks after you till then.")
        return words % {
            "before": newest.before,
            "day": plain_day(over.back_on),
            "coach": newest.after,
        }
    words = _("%(coach)s looks after you now, instead of %(before)s.")
    return words % {"coach": newest.after, "before": newest.before} if is_news else ""


def _counted(found: QuerySet[HandOver]) -> QuerySet[HandOver]:
    out = Q(handed__is_back=False)
    return found.select_related("giver", "to", "area").annotate(
        many_families=Count("handed__family", filter=out),
        many_volunteers=Count("handed__volunteer", filter=out),
    )


def _address(one: HandOver) -> str:
    return reverse("matching:handed", kwargs={"id": one.pk})


def _label(one: HandOver, reader: User) -> str:
    if one.to_id == reader.pk:
        return _("See who came")
    return _("More about it") if one.ended_at else _("I’m back, or not going")


def _in_words(one: HandOver, reader: User, on: date) -> str:
    """Say a hand-over from the reader's side; "" where it tells them nothing."""
    said = {
        "who": people_in_words(one.many_families, one.many_volunteers),  # type: ignore[attr-defined]
        "giver": one.giver,
        "to": one.to,
        "first": plain_day(one.from_on),
        "back": plain_day(one.back_on) if one.back_on else "",
    }
    if one.begun_at is None:
        return "" if one.ended_at else _planned(one, reader, on) % said
    if one.to_id == reader.pk:
        return _came(one) % said
    return _went(one) % said if one.giver_id == reader.pk and one.back_on else ""


def _came(one: HandOver) -> str:
    if one.ended_at:
        return _("%(giver)s is back. Their people went back with them.")
    if one.back_on:
        return _("From %(giver)s, who is away and back on %(back)s: %(who)s.")
    return _("From %(giver)s, for good: %(who)s.")


def _went(one: HandOver) -> str:
    if one.ended_at:
        return _("Welcome back. Those who were with %(to)s are with you again.")
    return _("%(to)s looks after %(who)s for you. You’re back on %(back)s.")


def _planned(one: HandOver, reader: User, on: date) -> str:
    if one.from_on <= on:
        return _("%(to)s can’t take your people just now, so they are still with you.")
    if one.to_id == reader.pk:
        return (
            _("On %(first)s people come to you from %(giver)s, until %(back)s.")
            if one.back_on
            else _("On %(first)s people come to you from %(giver)s, for good.")
        )
    return (
        _("From %(first)s until %(back)s, %(to)s looks after people of yours.")
        if one.back_on
        else _("From %(first)s on, %(to)s looks after people of yours.")
    )


def _told(one: HandOver) -> str:
    """Say a hand-over as the record tells it to anybody who may read it."""
    said = {
        "who": people_in_words(one.many_families, one.many_volunteers),  # type: ignore[attr-defined]
        "to": one.to,
        "first": plain_day(one.from_on, with_year=True),
        "back": plain_day(one.back_on, with_year=True) if one.back_on else "",
    }
    if one.begun_at is None:
        called_off, planned = _("Called off: to %(to)s"), _("Planned from %(first)s: to %(to)s")
        return (called_off if one.ended_at else planned) % said
    if one.back_on:
        return _("%(who)s to %(to)s, from %(first)s to %(back)s") % said
    return _("%(who)s to %(to)s for good, on %(first)s") % said
