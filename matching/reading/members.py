"""What a family or a volunteer finds on its home page: its link-ups, and the one next thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.models import Choice, LinkUp, Plan, Shortlist, Supporter, Together
from matching.models.linkup import LinkUpQuerySet
from matching.path import Walk
from matching.reading import endings
from matching.reading.ahead import NextThing
from matching.reading.plans import asked_of
from people.models import Family, User
from timebank.models import Exchange

# After this many days without a line we ask whether something went unwritten.
QUIET = timedelta(days=8)


@dataclass(frozen=True)
class Other:
    """The other side, as a page draws it: what it is called, and the id and kind its door is drawn from."""

    name: str
    key: int
    kind: str
    place: str


@dataclass(frozen=True)
class LinkUpRow:
    """One going link-up of a person, from their side."""

    id: int
    other: Other
    side: str
    week: int
    weeks: int
    started_on: date
    planned_end_on: date
    conversation_id: int


def other_of(party: Family | Supporter) -> Other:
    """Give a family, or whoever a supporter is, as pages draw it."""
    who = (party.family or party.volunteer) if isinstance(party, Supporter) else party
    assert who is not None, "a supporter is one of the two"
    kind = "family" if isinstance(who, Family) else "volunteer"
    return Other(name=str(who), key=who.pk, kind=kind, place=who.place.name)


def families_among(supporters: Iterable[Supporter]) -> list[Family]:
    """Give the families among supporters: a page that shows their names opens their records too."""
    return [one.family for one in supporters if one.family is not None]


def walk_of(link_up: LinkUp, *, on: date) -> Walk:
    """Give a link-up as its path: where on it `on` is."""
    supporter = link_up.supporter
    return Walk(
        started_on=link_up.started_on,
        ends_on=link_up.planned_end_on,
        today=on,
        ours=link_up.family_id,
        theirs=supporter.family_id or supporter.volunteer_id,
    )


def link_ups_of(user: User) -> list[LinkUpRow]:
    """Give the going link-ups in which a signed-in adult takes part, on either side, in one query."""
    on = timezone.localdate()
    return [_row(link_up, user, on) for link_up in _mine(user).with_people().order_by("started_on")]


def next_thing(user: User) -> NextThing | None:
    """Give the one thing that matching waits for from this person, the other side's wait first; None for none."""
    return (
        _to_choose(user)
        or _to_answer(user)
        or _to_confirm(user)
        or endings.at_the_end(user)
        or _to_plan(user)
        or _to_write_down(user)
    )


def _mine(user: User) -> LinkUpQuerySet:
    return (
        LinkUp.objects.going()
        .filter(
            Q(family__guardians__user=user)
            | Q(supporter__family__guardians__user=user)
            | Q(supporter__volunteer__user=user)
        )
        .distinct()
    )


def _row(link_up: LinkUp, user: User, on: date) -> LinkUpRow:
    guardian = getattr(user, "guardian", None)
    ours = guardian is not None and guardian.family_id == link_up.family_id
    walk = walk_of(link_up, on=on)
    return LinkUpRow(
        id=link_up.pk,
        other=other_of(link_up.supporter if ours else link_up.family),
        side="family" if ours else "supporter",
        week=walk.week,
        weeks=walk.weeks,
        started_on=link_up.started_on,
        planned_end_on=link_up.planned_end_on,
        conversation_id=link_up.conversation_id,
    )


def _to_choose(user: User) -> NextThing | None:
    offered = Shortlist.objects.filter(
        family__guardians__user=user, standing=Shortlist.Standing.OFFERED
    )
    if not offered.exists():
        return None
    return NextThing(
        _("Somebody could walk with you"),
        _("Have a look at who they are. You pick, and you can say that none feels right."),
        reverse("matching:shortlist"),
        _("See who they are"),
        is_meeting=True,
    )


def _to_answer(user: User) -> NextThing | None:
    waiting = (
        Choice.objects.filter(answer=Choice.Answer.WAITING)
        .filter(
            Q(entry__supporter__family__guardians__user=user)
            | Q(entry__supporter__volunteer__user=user)
        )
        .order_by("chosen_at")
        .first()
    )
    if waiting is None:
        return None
    return NextThing(
        _("A family would like to meet you"),
        _("Read what they hope for, then say yes or not now. Both are fine."),
        reverse("matching:choice", kwargs={"id": waiting.pk}),
        _("Read and answer"),
        is_meeting=True,
    )


def _to_confirm(user: User) -> NextThing | None:
    told = (
        Together.objects.filter(
            link_up__in=_mine(user).values("pk"), exchange__standing=Exchange.Standing.WAITING
        )
        .exclude(_own_side(user))
        .order_by("exchange__happened_on")
        .select_related("exchange")
        .first()
    )
    if told is None:
        return None
    return NextThing(
        _("Was it as they wrote it down?"),
        told.exchange.words,
        reverse("timebank:exchange", args=[told.exchange_id]),
        _("Have a look"),
    )


def _own_side(user: User) -> Q:
    """What this person's own side wrote down: the receiver's for the family, the giver's for the supporter."""
    family_side = Q(exchange__recorded_side=Exchange.Side.RECEIVER) & Q(
        link_up__family__guardians__user=user
    )
    helping = Q(exchange__recorded_side=Exchange.Side.GIVER) & (
        Q(link_up__supporter__family__guardians__user=user)
        | Q(link_up__supporter__volunteer__user=user)
    )
    return family_side | helping


def _to_plan(user: User) -> NextThing | None:
    plan = asked_of(user, _mine(user), on=timezone.localdate())
    if plan is None:
        return None
    if plan.standing == Plan.Standing.SUGGESTED:
        where = reverse("matching:link_up", kwargs={"id": plan.link_up_id}) + "#plans"
        return NextThing(
            _("Would that day suit you?"), plan.what, where, _("Say yes, or another day")
        )
    where = reverse("matching:together", kwargs={"id": plan.link_up_id})
    return NextThing(_("Did you do it?"), plan.what, f"{where}?plan={plan.pk}", _("Have a look"))


def _to_write_down(user: User) -> NextThing | None:
    before = timezone.localdate() - QUIET
    quiet = (
        _mine(user)
        .filter(started_on__lte=before)
        .annotate(last_on=Max("times_together__exchange__happened_on"))
        .filter(Q(last_on__lt=before) | Q(last_on__isnull=True))
        .order_by("started_on")
        .first()
    )
    if quiet is None:
        return None
    return NextThing(
        _("Have you met lately?"),
        _("Nothing is written down for this week or last. It doesn’t take long."),
        reverse("matching:together", kwargs={"id": quiet.pk}),
        _("Write it down"),
    )
