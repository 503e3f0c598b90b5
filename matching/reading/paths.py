"""One link-up as its page shows it: the path, the goals, what they did. The same for both sides and for the coach."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Sum
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from goals.drawing import since_hello
from goals.models import Goal
from matching.linkups import side_of
from matching.milestones import dated
from matching.models import Contact, LinkUp, Milestone, Together
from matching.path import Stage, Walk, link_up_path
from matching.reading.endings import EndingRead, ending_of
from matching.reading.members import Other, other_of, walk_of
from people.models import User
from people.pictures import Picture
from people.saying import plain_day
from timebank.models import Exchange

MOST_SHOWN = 12


@dataclass(frozen=True)
class Did:
    """One thing that they did together. `answer` is whether this reader is asked to confirm it."""

    on: date
    words: str
    minutes: int
    settled: bool
    exchange_id: int
    answer: bool


@dataclass(frozen=True)
class Call:
    """A contact with where it stands, in a shape and a word."""

    contact: Contact
    shape: str
    standing: str


@dataclass(frozen=True)
class LinkUpPage:
    """Everything on the page of a link-up, from one reader's side."""

    link_up: LinkUp
    side: str
    other: Other
    family: Other
    walk: Walk
    path: Picture
    goals: list[tuple[Goal, Picture]]
    did: list[Did]
    minutes: int
    times: int
    calls: list[Call]
    ending: EndingRead


def link_up_page(link_up: LinkUp, *, reader: User, on: date) -> LinkUpPage:
    """Give the page of a link-up in eleven queries at most, however long it lasted."""
    side = side_of(link_up, reader)
    contacts = list(link_up.contacts.all())
    did = _did(link_up, side)
    counted = link_up.times_together.exclude(exchange__standing=Exchange.Standing.WITHDRAWN)
    total = counted.aggregate(
        claimed=Sum("exchange__claimed_minutes"), confirmed=Sum("exchange__confirmed_minutes")
    )
    times = counted.count()
    milestones = list(Milestone.objects.filter(in_use=True))
    walk = _with_stages(walk_of(link_up, on=on), dated(link_up, milestones), times)
    return LinkUpPage(
        link_up=link_up,
        side=side,
        other=other_of(link_up.family if side == "supporter" else link_up.supporter),
        family=other_of(link_up.family),
        walk=walk,
        path=link_up_path(walk, mirrored=get_language_bidi()),
        goals=_goals(link_up, walk, reader),
        did=did,
        minutes=total["confirmed"] or 0,
        times=times,
        calls=[] if side else _calls(link_up, contacts, on),
        ending=ending_of(link_up, milestones, side=side, on=on),
    )


def _calls(link_up: LinkUp, contacts: list[Contact], on: date) -> list[Call]:
    waiting = set(link_up.contacts.open().values_list("pk", flat=True))
    return [Call(one, *_standing(one, waiting, on)) for one in contacts]


def _standing(contact: Contact, waiting: set[int], on: date) -> tuple[str, str]:
    if contact.done_on:
        return "full", _("Done")
    if contact.pk not in waiting:
        return "dotted", _("Missed") if contact.due_on <= on else _("Not needed")
    return ("half", _("Due")) if contact.due_on <= on else ("empty", _("To come"))


def _goals(link_up: LinkUp, walk: Walk, reader: User) -> list[tuple[Goal, Picture]]:
    return since_hello(
        link_up.goals.prefetch_related("ratings__by"),
        viewer=reader,
        started_on=link_up.started_on,
        weeks=walk.weeks,
        week=walk.week,
        until_on=link_up.ended_on,
    )


def _did(link_up: LinkUp, side: str) -> list[Did]:
    rows = Together.objects.filter(link_up=link_up).select_related("exchange")
    own = {"family": Exchange.Side.RECEIVER, "supporter": Exchange.Side.GIVER}.get(side)
    shown = rows.exclude(exchange__standing=Exchange.Standing.WITHDRAWN)[:MOST_SHOWN]
    return [
        Did(
            on=row.exchange.happened_on,
            words=row.exchange.words,
            minutes=row.exchange.confirmed_minutes or row.exchange.claimed_minutes,
            settled=row.exchange.standing == Exchange.Standing.CONFIRMED,
            exchange_id=row.exchange_id,
            answer=bool(side)
            and row.exchange.standing == Exchange.Standing.WAITING
            and row.exchange.recorded_side != own,
        )
        for row in shown
    ]


def _with_stages(walk: Walk, reached: list[tuple[date, Milestone]], times: int) -> Walk:
    """The programme's milestones between hello and the planned end, with what the last of them is called there."""
    stages = [
        Stage(walk.started_on, _("Hello"), plain_day(walk.started_on)),
        *(Stage(day, one.name, f"{plain_day(day)}: {one.words}") for day, one in reached),
    ]
    if not any(day == walk.ends_on for day, _one in reached):
        stages.append(Stage(walk.ends_on, _("Well done"), plain_day(walk.ends_on)))
    said = (
        _("%(times)d times together so far") % {"times": times}
        if times != 1
        else _("Once together so far")
    )
    return replace(walk, stages=tuple(stages), today_words=said)
