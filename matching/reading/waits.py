"""People who wait, for the coach or for each other, one reason a function; matching.reading.today orders them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import Choice, Proposal, Round, Shortlist, Supporter, Wish
from matching.models.round import UNDER_WAY
from matching.reading.needs import ASKED, LONGEST, OTHERS, Need
from matching.waiting import seeking, waiting_days, wishes_left, with_wait
from people.models import Family, User, Volunteer
from people.saying import plain_day

TIME_TO_CHOOSE = timedelta(days=7)
TIME_TO_ANSWER = timedelta(days=3)
NEWCOMERS_SHOWN = LONGEST_SHOWN = 5


@dataclass(frozen=True)
class Unanswered:
    """Somebody was asked and has not answered: the family its list, or the supporter a family that chose them."""

    family: Family
    since_on: date
    patience: timedelta
    supporter: Supporter | None = None

    @property
    def due_on(self) -> date:
        """From when on the coach may ask."""
        return self.since_on + self.patience

    @property
    def words(self) -> str:
        """What the coach reads."""
        if self.supporter is None:
            return _("They have not chosen yet. Would it help to look together?")
        words = _("They chose %(supporter)s, who has not answered yet.")
        return words % {"supporter": self.supporter}


def seekers(user: User) -> list[Family]:
    """The families that wait for a link-up, and for which of their wishes a round holds a pair. One query."""
    newest = _newest(Round.objects.done().filter(area__coaches=user))
    found_somebody = Proposal.objects.filter(
        family=OuterRef("pk"), round__in=newest, round__sent_at=None
    ).exclude(standing=Proposal.Standing.REFUSED)
    found = {f"found_{wish}": Exists(found_somebody.filter(wish=wish)) for wish in Wish}
    waiting = with_wait(seeking(Family.objects.looked_after_by(user))).annotate(**found)
    return list(waiting.select_related("place").order_by("applied_on", "pk"))


def without_a_list(waiting: list[Family], on: date) -> Iterator[Need]:
    """Wishes whose last list is closed without a link-up: none felt right, or nobody could. One query."""
    still = {one.pk: one for one in waiting}
    last = Choice.objects.filter(shortlist=OuterRef("pk")).order_by("-chosen_at", "-pk")
    closed = (
        Shortlist.objects.filter(family__in=still, standing=Shortlist.Standing.CLOSED)
        .select_related("family")
        .annotate(
            last_choice=Subquery(last.values("pk")[:1]),
            last_entry=Subquery(last.values("entry")[:1]),
            last_words=Subquery(last.values("words")[:1]),
            last_at=Coalesce(
                Subquery(last.values("answered_at")[:1]), Subquery(last.values("chosen_at")[:1])
            ),
        )
        .order_by("family_id", "-offered_at", "-pk")
    )
    newest = {(one.family_id, one.wish): one for one in reversed(closed)}
    for shortlist in newest.values():
        if shortlist.wish not in wishes_left(still[shortlist.family_id]):
            continue
        none = shortlist.last_choice is not None and shortlist.last_entry is None
        since = timezone.localdate(shortlist.last_at or shortlist.offered_at)
        yield Need(
            ASKED,
            since,
            "half",
            _waits(on, since),
            shortlist.family.display_name,
            _("They said none of these: “%(words)s”") % {"words": shortlist.last_words}
            if none
            else _("Nobody on their list can just now. They are still waiting."),
            reverse("matching:family", kwargs={"id": shortlist.family_id}),
            _("Look again"),
            "again",
        )


def of_rounds(user: User, on: date) -> Iterator[Need]:
    """The newest round of each area while it waits for a yes, or came to nothing. One query.

    While a newer one runs, or has failed, the newest that is done may still be decided on: then both stand here.
    """
    mine = Round.objects.filter(area__coaches=user)
    begun = Q(standing__in=UNDER_WAY, opened_at__date__lt=on)
    stuck = (begun | Q(standing=Round.Standing.FAILED)) & Q(pk__in=_newest(mine))
    rounds = (
        Round.objects.filter(Q(pk__in=_newest(mine.done()), sent_at=None) | stuck)
        .select_related("area")
        .light()
        .annotate(
            left=Count(
                "proposals__family",
                filter=~Q(proposals__standing=Proposal.Standing.REFUSED),
                distinct=True,
            )
        )
    )
    for one in rounds:
        if one.standing != Round.Standing.DONE:
            yield _unfinished(one, on)
        elif one.left:
            yield _undecided(one, on)


def _undecided(one: Any, on: date) -> Need:
    words = ngettext(
        "One family can be matched. Nothing is sent until you say so.",
        "%(left)d families can be matched. Nothing is sent until you say so.",
        one.left,
    )
    return _of_round(one, on, words % {"left": one.left}, _("Open the round"))


def _unfinished(one: Round, on: date) -> Need:
    return _of_round(
        one, on, _("The round didn’t finish, and nothing of it was kept."), _("See why")
    )


def _of_round(one: Round, on: date, words: str, label: str) -> Need:
    since = timezone.localdate(one.opened_at)
    url = reverse("matching:round", kwargs={"id": one.pk})
    return Need(ASKED, since, "half", _waits(on, since), one.area.name, words, url, label)


def newcomers(user: User, on: date) -> Iterator[Need]:
    """Those to whom nobody said hello yet, families and volunteers. One query."""
    families = Family.objects.looked_after_by(user).filter(standing=Family.Standing.APPLIED)
    volunteers = Volunteer.objects.filter(coach=user, standing=Volunteer.Standing.APPLIED)
    found = families.order_by().values_list(Value("family"), "pk", "display_name", "applied_on")
    others = volunteers.order_by().values_list(Value("volunteer"), "pk", "name", "applied_on")
    for page, pk, name, applied_on in found.union(others, all=True):
        words = _("They joined on %(day)s, and wait for you to get in touch first.")
        yield Need(
            ASKED,
            applied_on,
            "half",
            _("Somebody new: say hello"),
            name,
            words % {"day": plain_day(applied_on)},
            reverse(f"matching:{page}", kwargs={"id": pk}),
            _("Say hello"),
            "new",
        )


def unanswered(user: User) -> list[Unanswered]:
    """Lists that a family has yet to choose from, and choices that a supporter has yet to answer. Two queries."""
    offered = Shortlist.objects.filter(
        family__coach=user, standing=Shortlist.Standing.OFFERED
    ).select_related("family")
    once = {one.family_id: one for one in offered}  # even with two lists to choose from
    waiting = Choice.objects.filter(
        shortlist__family__coach=user, answer=Choice.Answer.WAITING, entry__isnull=False
    ).select_related("shortlist__family", "entry__supporter__family", "entry__supporter__volunteer")
    return [
        *(
            Unanswered(one.family, timezone.localdate(one.offered_at), TIME_TO_CHOOSE)
            for one in once.values()
        ),
        *(
            Unanswered(
                one.shortlist.family,
                timezone.localdate(one.chosen_at),
                TIME_TO_ANSWER,
                one.entry.supporter if one.entry else None,
            )
            for one in waiting
        ),
    ]


def not_answered(found: list[Unanswered], on: date) -> Iterator[Need]:
    """Those of them that had time enough: a week to choose, three days to say yes."""
    for one in found:
        if one.due_on <= on:
            yield _quiet(one.family, one.since_on, on, one.words)


def longest(waiting: list[Family], on: date) -> Iterator[Need]:
    """The families of `seekers` with a wish for which no round holds a pair. No query."""
    for family in waiting:
        left = [wish for wish in wishes_left(family) if not getattr(family, f"found_{wish}")]
        if not left:
            continue
        days = max(waiting_days(family, on=on, wish=wish) for wish in left)
        yield Need(
            LONGEST,
            on - timedelta(days=days),
            "dotted",
            ngettext("Waiting, a day", "Waiting, %(days)d days", days) % {"days": days},
            family.display_name,
            _nobody_yet(family, left),
            reverse("matching:family", kwargs={"id": family.pk}),
            _("Open the family"),
            "longest",
        )


def _nobody_yet(family: Family, left: list[Wish]) -> str:
    said = _("Nobody is found yet for this family in %(place)s.")
    if family.hopes_for == Family.Hope.BOTH and len(left) == 1:
        said = _("This family in %(place)s hopes for both. They still need %(whom)s.")
    return said % {"place": family.place, "whom": left[0].label}


def _newest(rounds: QuerySet[Round]) -> QuerySet[Round, Any]:
    """Give the ids of the newest of these in each area; an older round can't be decided on any more."""
    return rounds.order_by().values("area").annotate(newest=Max("pk")).values("newest")


def _quiet(family: Family, since: date, on: date, words: str) -> Need:
    days = (on - since).days
    return Need(
        OTHERS,
        since,
        "dotted",
        _("No answer for %(days)d days") % {"days": days},
        family.display_name,
        words,
        reverse("matching:family", kwargs={"id": family.pk}),
        _("Open the family"),
        "no_answer",
    )


def _waits(on: date, since: date) -> str:
    days = (on - since).days
    if not days:
        return _("Waiting on you, since today")
    return ngettext("Waiting on you, a day", "Waiting on you, %(days)d days", days) % {"days": days}
