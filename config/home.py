"""What stands on everybody's home page, put together from what each floor reads out. It decides nothing.

Every read here costs a fixed number of queries, so the page costs the same in its first week and its fifth year.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.reading import coming_events
from goals.drawing import where_it_stands
from goals.reading import GoalRead, goals_of
from goals.web_reading import web_of
from matching.models import Supporter
from matching.path import Walk, link_up_path
from matching.reading import coach_today, link_ups_of, next_thing
from matching.reading.endings import may_come_back
from matching.reading.handing import handing_lines, who_looks_after
from matching.reading.hopes import looking_words
from matching.reading.how_was_it import to_ask
from matching.reading.members import LinkUpRow, Other
from matching.resting import resting_among
from messaging.reading import threads_for
from people.access import roles_of
from people.models import Consent, Family, User, Volunteer
from people.pictures import Picture
from safeguarding.access import not_acted_on, stands_in
from safeguarding.board_reading import waits_words
from safeguarding.clearance_reading import AdultShown, own_steps
from safeguarding.exempting import asked_to_wait_of
from timebank.accounts import account_of, has_met
from timebank.desk import unsettled_for
from timebank.reading import hours_of, not_agreed

MOST_THREADS = 3
MOST_EVENTS = 3


@dataclass(frozen=True)
class Path:
    """A link-up with its picture, from the reader's side; `rests` while its supporter is not cleared."""

    id: int
    other: Other
    picture: Picture
    rests: bool


@dataclass(frozen=True)
class Standing:
    """A goal with the number line of whoever spoke last."""

    read: GoalRead
    picture: Picture


@dataclass(frozen=True)
class Desk:
    """A place where somebody on the staff works; `waits` says in words what waits there, "" for nothing."""

    title: Any
    words: Any
    url: str
    waits: str


DESKS = (
    (
        "broker",
        "timebank:desk",
        _lazy("Hours"),
        _lazy("Write down, settle, and see who only gives"),
    ),
    ("editor", "wagtailadmin_home", _lazy("Pages"), _lazy("Stories, events, guides and services")),
    (
        "manager",
        "insight:numbers",
        _lazy("Numbers"),
        _lazy("Six honest numbers, and how many each counts"),
    ),
    (
        "manager",
        "matching:weights",
        _lazy("What counts in a match"),
        _lazy("Seven numbers that decide who is with whom"),
    ),
    (
        "manager",
        "matching:milestones",
        _lazy("On the way"),
        _lazy("What every link-up is told at which week"),
    ),
    (
        "manager",
        "matching:calls",
        _lazy("Calls and visits"),
        _lazy("How many were made in time, and when the next are planned"),
    ),
    (
        "manager",
        "matching:hand_over",
        _lazy("Hand over families"),
        _lazy("When a coach is away, or has left"),
    ),
    (
        "safeguarding",
        "safeguarding:concerns",
        _lazy("Concerns"),
        _lazy("What people were worried about"),
    ),
    (
        "safeguarding",
        "safeguarding:clearances",
        _lazy("Who is cleared"),
        _lazy("What is missing, and what runs out soon"),
    ),
    (
        "manager",
        "safeguarding:requirements",
        _lazy("What we ask of everybody who helps"),
        _lazy("Checks, references and the rest, by version"),
    ),
    *(
        (
            role,
            "safeguarding:board",
            _lazy("The daily meeting"),
            _lazy("Families somebody is worried about, looked at every week"),
        )
        for role in ("safeguarding", "coach")
    ),
)


def parts_for(user: User, *, at: datetime) -> dict[str, Any]:
    """Give the parts of somebody's home page, first to last, and what each of them shows."""
    roles, on = roles_of(user), timezone.localdate(at)
    parts: list[str] = []
    shown: dict[str, Any] = {}
    if "guardian" in roles:
        parts.append("home_family.html")
        shown |= of_a_family(user, at=at, on=on)
    elif "volunteer" in roles:
        parts.append("home_volunteer.html")
        shown |= of_a_volunteer(user, at=at, on=on)
    if "coach" in roles:
        parts.append("home_coach.html")
        shown |= {"today": coach_today(user, on), "handing": handing_lines(user, at=at)}
    if desks := desks_of(user, roles):
        shown |= {"desks": desks, "is_first": not parts}
        parts.append("home_staff.html")
    return {"parts": parts, **shown}


def desks_of(user: User, roles: set[str]) -> list[Desk]:
    """Give where somebody with these roles works, besides the coach's own page, and what waits there."""
    roles = roles | {"safeguarding"} if stands_in(user) else roles
    desks = {
        name: Desk(title, words, reverse(name), waits_at(name, user))
        for role, name, title, words in DESKS
        if role in roles
    }
    return list(desks.values())


def waits_at(desk: str, user: User) -> str:
    """Say how much waits for somebody at a desk; never whom or what it is about."""
    if desk == "safeguarding:board" and "safeguarding" in roles_of(
        user
    ):  # a coach's own day says it
        return waits_words(user, timezone.localdate())
    if desk == "timebank:desk" and (many := unsettled_for(user).count()):
        words = ngettext(
            "%(many)d exchange waits for somebody", "%(many)d exchanges wait for somebody", many
        )
        return words % {"many": many}
    if desk == "safeguarding:concerns" and (many := not_acted_on(user).count()):
        words = ngettext(
            "%(many)d concern nobody has acted on yet",
            "%(many)d concerns nobody has acted on yet",
            many,
        )
        return words % {"many": many}
    if desk == "safeguarding:clearances" and (many := asked_to_wait_of(user)):
        words = ngettext(
            "%(many)d step that somebody asks may wait",
            "%(many)d steps that somebody asks may wait",
            many,
        )
        return words % {"many": many}
    return ""


def of_a_family(user: User, *, at: datetime, on: date) -> dict[str, Any]:
    """Give the context of templates/home_family.html."""
    family = user.guardian.family
    goals = goals_of(family, viewer=user)
    return {
        **_of_a_member(user, family, at=at, on=on),
        "goals": [Standing(read, where_it_stands(read)) for read in goals],
        "may_come_back": may_come_back(family),
        "web": web_of(family, viewer=user),
        "asks_for_consent": family.wants_link_up
        and not Consent.objects.holds(user=user, purpose=Consent.Purpose.LINK_UP, at=at),
    }


def of_a_volunteer(user: User, *, at: datetime, on: date) -> dict[str, Any]:
    """Give the context of templates/home_volunteer.html."""
    return _of_a_member(user, user.volunteer, at=at, on=on)


def waiting_words(member: Family | Volunteer) -> list[str]:
    """Say what somebody is waiting for, a line a wish."""
    coach = str(member.coach) if member.coach else _("Your coach")
    if member.standing == Family.Standing.APPLIED:
        if member.coach is None:
            return [_("A coach will get in touch with you first.")]
        return [_("%(coach)s will get in touch with you first.") % {"coach": coach}]
    if member.standing in (Family.Standing.PAUSED, Family.Standing.LEFT):
        words = _("You’re taking a break. Tell %(coach)s when you’d like to go on.")
        return [words % {"coach": coach}]
    if isinstance(member, Family) and member.wants_link_up:
        return looking_words(member, coach=coach)
    if isinstance(member, Family) and may_come_back(member) and not hasattr(member, "supporter"):
        return []  # its link-up is behind it, and nobody is looked for
    return [_("Nobody just now. We’ll ask you when a family would like to meet you.")]


def _of_a_member(
    user: User, member: Family | Volunteer, *, at: datetime, on: date
) -> dict[str, Any]:
    account, ahead = account_of(user), next_thing(user)
    rows = link_ups_of(user)
    resting = resting_among(row.id for row in rows)
    paths = [_path(row, member, on, rests=row.id in resting) for row in rows]
    is_meeting = ahead is not None and ahead.is_meeting
    # Whoever said whom they hope for may be with somebody already, and still wait.
    hopes = (
        isinstance(member, Family)
        and member.wants_link_up
        and member.hopes_for != Family.Hope.EITHER
    )
    return {
        "next_thing": ahead,
        "helps": Supporter.objects.filter(
            Q(family__guardians__user=user) | Q(volunteer__user=user)
        ).exists(),
        "looked_after": who_looks_after(member, at=at),
        # Who may choose or was chosen must not read below that nobody is found yet.
        "waits_for_coach": waiting_words(member) if hopes or not (paths or is_meeting) else [],
        "paths": paths,
        "how_was_it": to_ask(rows, resting=resting, on=on),
        "getting_ready": _getting_ready(member, user, on),
        "hours": hours_of(account, at=at),
        "not_agreed": not_agreed(account),
        "knows_somebody": has_met(account),
        "threads": threads_for(user, MOST_THREADS),
        "events": coming_events(place=member.place, at=at, most=MOST_EVENTS),
    }


def _getting_ready(member: Family | Volunteer, user: User, on: date) -> AdultShown | None:
    """Give a supporter's own steps while one of them is next, or nobody has said yes yet."""
    if isinstance(member, Family) and not hasattr(member, "supporter"):
        return None
    own = own_steps(user, member, on=on)
    return own if own and (own.told.next_task or not own.told.is_approved) else None


def _path(row: LinkUpRow, member: Family | Volunteer, on: date, *, rests: bool) -> Path:
    walk = Walk(
        started_on=row.started_on,
        ends_on=row.planned_end_on,
        today=on,
        ours=member.pk,
        theirs=row.other.key,
    )
    return Path(row.id, row.other, link_up_path(walk, mirrored=get_language_bidi()), rests)
