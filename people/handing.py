"""Handing families and volunteers to another coach: for good, or while somebody is away, and back by the clock.

Who sees what follows `Family.coach` and `Volunteer.coach`, and the area's coaches for rounds; so all of them move in
one transaction, and higher floors that hold something of their own (a talk) hear of it inside it (trust.md SG-12).

A newcomer would bring everybody back to whoever gave them. Somebody who was given away for good meanwhile stays there;
and somebody whose stand-in went away too comes back from the stand-in's stand-in.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import areas
from people.letters import tell
from people.models import Area, Family, Handed, HandOver, StaffRole, User, Volunteer
from people.saying import plain_day
from people.signals import coach_changed

LONGEST_LEAVE = timedelta(days=366)
LETTER = "people/handed_over"
Ids = Collection[int]


class HandingError(Exception):
    """It can't be handed over like this; the message is for whoever asked, about the form's `field`."""

    def __init__(self, words: str, *, field: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Reach:
    """Who goes along: everybody, those of an area, or those named by their ids."""

    area: Area | None = None
    family_ids: Ids | None = None
    volunteer_ids: Ids | None = None

    @property
    def kind(self) -> str:
        """The same as a word of HandOver.Reach."""
        if self.area is not None:
            return HandOver.Reach.AREA
        return HandOver.Reach.ALL if self.family_ids is None else HandOver.Reach.SOME

    def of(self, giver: User, to: User) -> tuple[QuerySet[Family], QuerySet[Volunteer]]:
        """Give whom it means today. Nobody looks after their own family, so that one stays where it is."""
        families = Family.objects.looked_after_by(giver).exclude(guardians__user=to)
        volunteers = Volunteer.objects.filter(coach=giver).exclude(user=to)
        if self.area is not None:
            here = Q(place__in=self.area.places.values("pk"))
            return families.filter(here), volunteers.filter(here)
        if self.family_ids is not None:
            return (
                families.filter(pk__in=self.family_ids),
                volunteers.filter(pk__in=self.volunteer_ids or ()),
            )
        return families, volunteers


def coaches() -> QuerySet[User]:
    """Give everybody who may look after families."""
    return User.objects.filter(is_active=True, staff_roles__role=StaffRole.Role.COACH)


@transaction.atomic
def hand_over(
    *,
    giver: User,
    to: User,
    reach: Reach,
    from_on: date,
    back_on: date | None,
    why: str,
    client_id: UUID,
    by: User,
    at: datetime,
) -> HandOver:
    """Hand over from a day on, for good or until the giver's first day back; what begins today moves now.

    The same `client_id` again gives the first one and moves nobody. Raises HandingError for oneself, for somebody who
    is no coach or away themselves, for days that don't fit, and where there is nobody to hand over.
    """
    _lock(giver, to)
    before = HandOver.objects.filter(client_id=client_id).first()
    if before is not None:
        return before
    check(giver=giver, to=to, reach=reach, from_on=from_on, back_on=back_on, at=at)
    made = HandOver.objects.create(
        client_id=client_id,
        giver=giver,
        to=to,
        by=by,
        reach=reach.kind,
        area=reach.area,
        from_on=from_on,
        back_on=back_on,
        why=why,
        made_at=at,
    )
    if reach.kind == HandOver.Reach.SOME:
        families, volunteers = reach.of(giver, to)
        made.families.set(families)
        made.volunteers.set(volunteers)
    _begin_if_due(made, at=at)
    return made


def check(
    *, giver: User, to: User, reach: Reach, from_on: date, back_on: date | None, at: datetime
) -> None:
    """Raise the HandingError that handing over like this would raise, for a page that looks before the last press."""
    _may_take(giver, to, from_on=from_on, back_on=back_on)
    _days_fit(from_on, back_on, today=timezone.localdate(at))
    families, volunteers = reach.of(giver, to)
    if not families.exists() and not volunteers.exists():
        raise HandingError(_("There is nobody to hand over there."), field="which")


@transaction.atomic
def end(*, hand_over: HandOver, by: User | None, at: datetime) -> HandOver:
    """Bring everybody back who is still away because of this leave; one that hasn't begun is called off.

    Nobody (None) ends it when the day has come. Twice changes nothing. Raises HandingError for one that was for good.
    """
    giver, to = _lock(hand_over.giver, hand_over.to)
    locked = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    if locked.ended_at is not None:
        return locked
    if locked.back_on is None and locked.begun_at is not None:
        raise HandingError(_("This was for good. They can be handed over anew."), field="which")
    locked.ended_at, locked.ended_by = at, by
    locked.save(update_fields=["ended_at", "ended_by"])
    # Whoever no longer coaches can't have them back; they stay with whom they know by now.
    if locked.begun_at is not None and coaches().filter(pk=giver.pk).exists():
        _bring_back(locked, at=at)
        areas.give_back(locked, giver, to)
    return locked


def take_turns(at: datetime) -> None:
    """Begin what begins by today and bring back what is over: a deed of the clock (config.clock), safe to run twice."""
    today = timezone.localdate(at)
    for over in HandOver.objects.leaves().filter(back_on__lte=today).order_by("pk"):
        end(hand_over=over, by=None, at=at)
    for due in HandOver.objects.filter(begun_at=None, ended_at=None, from_on__lte=today).order_by(
        "pk"
    ):
        with transaction.atomic():
            _lock(due.giver, due.to)
            _begin_if_due(due, at=at)


def away(coach: User, *, from_on: date, back_on: date | None) -> HandOver | None:
    """Give a leave of this coach that overlaps with these days, or None; without `back_on`, any from then on."""
    leaves = HandOver.objects.leaves().filter(giver=coach, back_on__gt=from_on)
    if back_on is not None:
        leaves = leaves.filter(from_on__lt=back_on)
    return leaves.order_by("from_on").first()


def _lock(giver: User, to: User) -> tuple[User, User]:
    """Let one hand-over at a time touch these two coaches; locked by id, so that two never wait for each other."""
    ids = [giver.pk, to.pk]
    rows = {
        one.pk: one
        for one in User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    }
    return rows[giver.pk], rows[to.pk]


def _may_take(giver: User, to: User, *, from_on: date, back_on: date | None) -> None:
    if giver.pk == to.pk:
        raise HandingError(_("That’s the same coach. Choose somebody else."), field="to")
    if not coaches().filter(pk=to.pk).exists():
        raise HandingError(_("They don’t look after families. Choose a coach."), field="to")
    leave = away(to, from_on=from_on, back_on=back_on)
    if leave is not None and leave.back_on is not None:
        words = _("%(name)s is away from %(first)s and back on %(back)s. Choose somebody else.")
        said = {"first": plain_day(leave.from_on), "back": plain_day(leave.back_on)}
        raise HandingError(words % {"name": to, **said}, field="to")


def _days_fit(from_on: date, back_on: date | None, *, today: date) -> None:
    if from_on < today:
        raise HandingError(_("Choose today or a later day."), field="from_on")
    if from_on - today > LONGEST_LEAVE:
        raise HandingError(_("Choose a day within a year."), field="from_on")
    if back_on is not None and back_on <= from_on:
        raise HandingError(_("The first day back comes after the first day away."), field="back_on")
    if back_on is not None and back_on - from_on > LONGEST_LEAVE:
        words = _("That’s more than a year. Hand them over for good; they can always come back.")
        raise HandingError(words, field="back_on")


def _begin_if_due(hand_over: HandOver, *, at: datetime) -> None:
    """Move everybody it means, once. If the receiver can't take them any more, nobody moves: nobody is left alone."""
    made = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    due = made.from_on <= timezone.localdate(at) and made.begun_at is None and made.ended_at is None
    if not due or not _can_take_now(made.to, at=at):
        return
    giver, to = made.giver, made.to
    families, volunteers = _reach_of(made).of(giver, to)
    family_ids = list(families.order_by("pk").select_for_update().values_list("pk", flat=True))
    helpers = volunteers.order_by("pk").select_for_update().values_list("pk", flat=True)
    if made.reach != HandOver.Reach.SOME:
        areas.move(made, giver, to)
    made.begun_at = at
    made.save(update_fields=["begun_at", "areas_left", "areas_joined"])
    _move(made, family_ids, list(helpers), before=giver, after=to, is_back=False, at=at)
    tell([to], about=LETTER, page=reverse("home"))
    hand_over.begun_at = at


def _can_take_now(to: User, *, at: datetime) -> bool:
    today = timezone.localdate(at)
    leave = away(to, from_on=today, back_on=today + timedelta(days=1))
    return leave is None and coaches().filter(pk=to.pk).exists()


def _reach_of(made: HandOver) -> Reach:
    if made.reach != HandOver.Reach.SOME:
        return Reach(area=made.area)
    return Reach(
        family_ids=list(made.families.values_list("pk", flat=True)),
        volunteer_ids=list(made.volunteers.values_list("pk", flat=True)),
    )


def _move(
    made: HandOver,
    family_ids: Ids,
    volunteer_ids: Ids,
    *,
    before: User,
    after: User,
    is_back: bool,
    at: datetime,
) -> None:
    Family.objects.filter(pk__in=family_ids).update(coach=after)
    Volunteer.objects.filter(pk__in=volunteer_ids).update(coach=after)
    told = {"hand_over": made, "before": before, "after": after, "is_back": is_back, "at": at}
    Handed.objects.bulk_create(
        [
            *(Handed(family_id=one, **told) for one in family_ids),
            *(Handed(volunteer_id=one, **told) for one in volunteer_ids),
        ]
    )
    coach_changed.send(
        sender=HandOver,
        families=family_ids,
        volunteers=volunteer_ids,
        before=before,
        after=after,
        at=at,
    )


def _bring_back(made: HandOver, *, at: datetime) -> None:
    """Move back whoever is with the receiver, or with whom the receiver's own leave brought them to."""
    groups: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index, (kind, field) in enumerate(((Family, "family"), (Volunteer, "volunteer"))):
        went = made.handed.filter(is_back=False, **{f"{field}__isnull": False})
        stands_in = _stand_ins(made, field)
        rows = kind._default_manager.filter(pk__in=went.values(field)).order_by("pk")
        for one, coach in rows.select_for_update().values_list("pk", "coach"):
            if coach == stands_in.get(one, made.to_id):
                groups[coach][index].append(one)
    holders = User.objects.in_bulk(list(groups))
    for coach, (families, volunteers) in sorted(groups.items()):
        before, after = holders[coach], made.giver
        _move(made, families, volunteers, before=before, after=after, is_back=True, at=at)
    if groups:
        tell([made.giver], about=LETTER, page=reverse("home"))


def _stand_ins(made: HandOver, field: str) -> dict[int, int]:
    """Give who has whom now because the receiver is away as well, and so on: id of a family or volunteer → coach."""
    leaves = HandOver.objects.going().filter(back_on__isnull=False).exclude(pk=made.pk)
    later = (
        Handed.objects.filter(hand_over__in=leaves, is_back=False, at__gte=made.begun_at)
        .filter(**{f"{field}__in": made.handed.filter(is_back=False).values(field)})
        .order_by("pk")
    )
    found: dict[int, int] = {}
    for one, before, after in later.values_list(field, "before", "after"):
        if before == found.get(one, made.to_id):
            found[one] = after
    return found
