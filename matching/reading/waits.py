"""People who wait, for the coach or for each other, one reason a function; matching.reading.today orders them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
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
    """Wishes whose last list is closed without a link-up: none felt right, or nobody could. Two queries."""
    still = {one.pk: one for one in waiting}
    closed = (
        Shortlist.objects.filter(family__in=still, standing=Shortlist.Standing.CLOSED)
        .select_related("family")
        .prefetch_related("choices")
        .order_by("family_id", "-offered_at", "-pk")
    )
    newest = {(one.family_id, one.wish): one for one in reversed(closed)}
    for shortlist in newest.values():
        if shortlist.wish not in wishes_left(still[shortlist.family_id]):
            continue
        last = list(shortlist.choices.all())[-1:]
        none = bool(last) and last[0].entry_id is None
        since = timezone.localdate(
            (last[0].answered_at or last[0].chosen_at) if last else shortlist.offered_at
        )
        yield Need(
            ASKED,
            since,
            "half",
            _waits(on, since),
            shortlist.family.display_name,
            _("They said none of these: “%(words)s”") % {"words": last[0].words}
            if none
            else _("Nobody on their list can just now. They are still waiting."),
            reverse("matching:family", kwargs={"id": shortlist.family_id}),
            _("Look again"),
            "again",
        )


def undecided(user: User, on: date) -> Iterator[Need]:
    """The newest round of each area while pairs wait for a yes or no, or for being sent. One query."""
    done = Round.objects.done().filter(area__coaches=user)
    rounds = (
        Round.objects.filter(pk__in=_newest(done), sent_at=None)
        .select_related("area")
        .light()
        .annotate(
            left=Count(
                "proposals__family",
                filter=~Q(proposals__standing=Proposal.Standing.REFUSED),
                distinct=True,
            )
        )
        .filter(left__gt=0)
    )
    for one in rounds:
        words = ngettext(
            "One family can be matched. Nothing is sent until you say so.",
            "%(left)d families can be matched. Nothing is sent until you say so.",
            one.left,
        )
        yield Need(
            ASKED,
            timezone.localdate(one.opened_at),
            "half",
            _waits(on, timezone.localdate(one.opened_at)),
            one.area.name,
            words % {"left": one.left},
            reverse("matching:round", kwargs={"id": one.pk}),
            _("Open the round"),
        )


def unfinished(user: User, on: date) -> Iterator[Need]:
    """Areas whose newest round came to nothing, or runs since before today: people wait for a match. One query."""
    begun = Q(standing__in=UNDER_WAY, opened_at__date__lt=on)
    newest = _newest(Round.objects.filter(area__coaches=user))
    rounds = Round.objects.filter(begun | Q(standing=Round.Standing.FAILED), pk__in=newest)
    for one in rounds.select_related("area").light():
        since = timezone.localdate(one.opened_at)
        yield Need(
            ASKED,
            since,
            "half",
            _waits(on, since),
            one.area.name,
            _("The round didn’t finish, and nothing of it was kept."),
            reverse("matching:round", kwargs={"id": one.pk}),
            _("See why"),
        )


def newcomers(user: User, on: date) -> Iterator[Need]:
    """Those to whom nobody said hello yet, families and volunteers. Two queries."""
    families = Family.objects.looked_after_by(user).filter(standing=Family.Standing.APPLIED)
    volunteers = Volunteer.objects.filter(coach=user, standing=Volunteer.Standing.APPLIED)
    found: list[tuple[Family | Volunteer, str]] = [
        *((one, "matching:family") for one in families),
        *((one, "matching:volunteer") for one in volunteers),
    ]
    for one, page in found:
        words = _("They joined on %(day)s, and wait for you to get in touch first.")
        yield Need(
            ASKED,
            one.applied_on,
            "half",
            _("Somebody new: say hello"),
            str(one),
            words % {"day": plain_day(one.applied_on)},
            reverse(page, kwargs={"id": one.pk}),
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
