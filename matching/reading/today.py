"""Who needs this coach today, in order, and why. Clearing it is the job, so every row has one thing to do.

A newcomer would sort by date alone. Safety comes first; then people who wait for an answer from the coach; then
promises with a date; then what others have not answered, or not been
heard of; then those who have waited longest, and the quiet ones. Inside each, the oldest.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.models import Contact, LinkUp
from matching.reading import endings, how_was_it, needs, quiet, waits, worries
from matching.reading.folding import More, fold
from matching.reading.needs import Need
from people.models import Family, User

AHEAD = timedelta(days=7)
MOST_COMING = 6


@dataclass(frozen=True)
class Coming:
    """Something due in the next seven days."""

    on: date
    title: str
    words: str
    url: str


@dataclass(frozen=True)
class Today:
    """A coach's day. `on_time` of `due` contacts of the last seven days were made by the day they were due.

    `needs` are the first of `all_needs`; `more` says how many further there are, and why. So with what is coming.
    """

    on: date
    needs: list[Need]
    more: list[More]
    all_needs: list[Need]
    coming: list[Coming]
    all_coming: list[Coming]
    families: int
    on_time: int
    due: int


def coach_today(user: User, on: date) -> Today:
    """Give who needs this coach on a day, in order, in the same number of queries whatever the caseload."""
    going = list(
        quiet.with_signs(LinkUp.objects.going().filter(family__coach=user))
        .with_people()
        .order_by("started_on", "pk")
    )
    contacts = list(_contacts(user, on))
    seekers, unanswered = waits.seekers(user), waits.unanswered(user)
    found = [
        *worries.asked_by_lead(user),
        *needs.not_cleared(going, on),
        *needs.fallen(user, on),
        *endings.unheard(user, on),
        *how_was_it.heard(user, going),
        *endings.past_their_end(going, on),
        *waits.without_a_list(seekers, on),
        *waits.of_rounds(user, on),
        *waits.newcomers(user, on),
        *worries.on_board(user, on),
        *needs.due(contacts, on),
        *waits.not_answered(unanswered, on),
        *quiet.silent(going, contacts, on),
        *waits.longest(seekers, on),
        *quiet.not_talked_with(user, on),
    ]
    week = Q(link_ups__contacts__due_on__gt=on - AHEAD, link_ups__contacts__due_on__lte=on)
    by_their_day = Q(link_ups__contacts__done_on__lte=F("link_ups__contacts__due_on"))
    counted = Family.objects.looked_after_by(user).aggregate(
        families=Count("pk", filter=~Q(standing=Family.Standing.LEFT), distinct=True),
        due=Count("link_ups__contacts", filter=week, distinct=True),
        on_time=Count("link_ups__contacts", filter=week & by_their_day, distinct=True),
    )
    all_needs = _once(sorted(found, key=lambda need: (need.group, need.since_on, need.who)))
    shown, more = fold(all_needs)
    coming = _coming(contacts, unanswered, on)
    return Today(
        on=on,
        needs=shown,
        more=more,
        all_needs=all_needs,
        coming=coming[:MOST_COMING],
        all_coming=coming,
        **counted,
    )


def _contacts(user: User, on: date) -> list[Contact]:
    """Give what is open and due until next week, oldest first, in one query."""
    return list(
        Contact.objects.open()
        .filter(link_up__family__coach=user, due_on__lte=on + AHEAD)
        .select_related(
            "link_up__family", "link_up__supporter__family", "link_up__supporter__volunteer"
        )
        .order_by("due_on", "pk")
    )


def _once(found: list[Need]) -> list[Need]:
    """Give each family once among those who wait, and each call once: the gravest reason is the one to act on."""
    urls: set[str] = set()
    kept = []
    for need in found:
        page = need.url.partition("#")[0]
        if (need.group >= needs.LONGEST or need.kind == "due") and page in urls:
            continue
        urls.add(page)
        kept.append(need)
    return kept


def _coming(contacts: list[Contact], unanswered: list[waits.Unanswered], on: date) -> list[Coming]:
    """Give a row a link-up and day, and one for each answer that may still come by itself; soonest first."""
    days: dict[tuple[date, int], list[Contact]] = {}
    for contact in contacts:
        if contact.due_on > on:
            days.setdefault((contact.due_on, contact.link_up_id), []).append(contact)
    calls = [
        Coming(
            on=due_on,
            title=_("%(family)s and %(supporter)s")
            % {"family": found[0].link_up.family, "supporter": found[0].link_up.supporter},
            words=needs.sides_in_words({contact.side for contact in found}),
            url=reverse("matching:contact", kwargs={"id": found[0].pk}),
        )
        for (due_on, _link_up), found in days.items()
    ]
    answers = [
        Coming(
            on=one.due_on,
            title=str(one.family),
            words=_("They are choosing. Ask from this day on, if they haven’t chosen.")
            if one.supporter is None
            else one.words,
            url=reverse("matching:family", kwargs={"id": one.family.pk}),
        )
        for one in unanswered
        if one.due_on > on
    ]
    return sorted([*calls, *answers], key=lambda one: one.on)
