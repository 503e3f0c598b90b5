"""What the matcher is told: families and supporters as the engine's profiles, in a fixed number of queries.

A family that hopes for both a sharing family and a volunteer stands here twice, once for each wish that is still open.

A newcomer would leave out supporters who are full or unchecked. They are in: the engine turns them away with a
reason, and the reason is what a coach reads under "Not yet, and why".
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from matching.engine.terms import Point, SeekingProfile, SupporterProfile
from matching.engine_ids import family_id, supporter_id
from matching.known import Known, Pairs, ruled_out, terms
from matching.models import Proposal, Round, Supporter, Wish
from matching.models.supporter import SupporterQuerySet
from matching.waiting import seeking, waiting_days, wishes_left, with_wait
from people.models import Area, Family, Volunteer
from people.words import ACCESS_NEEDS, LANGUAGES, RATHER_NOT

METRES_IN_A_KM = 1000
ACTIVE = Family.Standing.ACTIVE  # volunteers use the same word


@dataclass(frozen=True)
class Snapshot:
    """Who was there on a day. Everything is kept by the engine's ids (matching.engine_ids).

    `kept`: the pairs that the last round's coach said to keep, and by whom that was said.
    """

    on: date
    seeking: dict[str, SeekingProfile]
    supporters: dict[str, SupporterProfile]
    waiting: dict[str, int]
    ruled_out: Pairs
    wishes: dict[str, Wish]
    families: dict[str, Family]
    helpers: dict[str, Supporter]
    kept: dict[tuple[str, str], int] = field(default_factory=dict)


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all questions asked in it be answered as of one moment, though others write meanwhile.

    Only PostgreSQL can promise that without keeping others from writing; SQLite serves one machine. Inside somebody
    else's transaction it changes nothing: that one has its own moment.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def of_area(area: Area, *, at: datetime) -> Snapshot:
    """Give an area as a round sees it: who seeks there now, and everybody active who might help."""
    waiting = seeking(Family.objects.filter(place__areas=area))
    seen = take(families=waiting, supporters=supporters_of(area), at=at)
    return replace(seen, kept=kept_pairs(area))


def kept_pairs(area: Area) -> dict[tuple[str, str], int]:
    """Give the pairs of the area's newest round that somebody said to keep, and who; none once its offers are sent."""
    newest = Round.objects.done().filter(area=area).order_by("-pk").values("pk")[:1]
    kept = Proposal.objects.filter(round=Subquery(newest), round__sent_at=None).exclude(
        kept_by=None
    )
    return {
        (family_id(row, wish), supporter_id(helper)): by
        for row, wish, helper, by in kept.values_list("family", "wish", "supporter", "kept_by")
        if by is not None
    }


def supporters_of(area: Area) -> SupporterQuerySet:
    """Give everybody active in an area who might help, full or not, checked or not."""
    return Supporter.objects.filter(
        Q(family__standing=Family.Standing.ACTIVE, family__place__areas=area)
        | Q(volunteer__standing=Volunteer.Standing.ACTIVE, volunteer__place__areas=area)
    )


def take(
    *,
    families: QuerySet[Family],
    supporters: SupporterQuerySet,
    at: datetime,
    chosen_counts: bool = True,
    wishes: Callable[[Family], Iterable[Wish]] = wishes_left,
) -> Snapshot:
    """Give these families and supporters as profiles; the same number of queries however many they are.

    `chosen_counts`: whether a choice that waits for the supporter's answer takes one of their places.
    `wishes`: for what each family stands there; what nobody answers yet, unless the caller knows better.
    """
    on = timezone.localdate(at)
    rows = list(with_wait(families).order_by("pk"))
    helpers = list(supporters.with_people().order_by("pk").distinct())
    known = Known(families.values("pk"), supporters.values("pk"), helpers, at, chosen_counts)
    each = {family_id(row.pk, wish): (row, wish) for row in rows for wish in wishes(row)}
    return Snapshot(
        on=on,
        seeking={one: _seeking(one, row, known) for one, (row, _wish) in each.items()},
        supporters={supporter_id(one.pk): _supporter(one, known, on) for one in helpers},
        waiting={one: waiting_days(row, on=on, wish=wish) for one, (row, wish) in each.items()},
        ruled_out=ruled_out(families.values("pk"), at),
        wishes={one: wish for one, (_row, wish) in each.items()},
        families={one: row for one, (row, _wish) in each.items()},
        helpers={supporter_id(one.pk): one for one in helpers},
    )


# --- Rows into profiles -----------------------------------------------------------------------


def _seeking(engine_id: str, row: Family, known: Known) -> SeekingProfile:
    return SeekingProfile(
        id=engine_id,
        point=_point(row),
        travel_m=row.travel_km * METRES_IN_A_KM,
        languages=terms(row.languages, LANGUAGES),
        free_times=row.free_times or None,
        children=known.children.get(row.pk),
        # An empty list in the books may mean "nothing" or "never asked"; saying "not known" is the honest one.
        has=terms(row.has, RATHER_NOT) or None,
        no_to=terms(row.no_to, RATHER_NOT) or None,
        access_needs=terms(row.access_needs, ACCESS_NEEDS) or None,
        paused=row.standing in (Family.Standing.PAUSED, Family.Standing.LEFT),
        consents=("family", row.pk) not in known.withdrawn,
        blocked=frozenset(known.blocked[row.pk]),
        ended_badly=frozenset(known.ended_badly[row.pk]),
        overruled=frozenset(known.overruled[row.pk]),
        goal_themes=frozenset(known.goal_themes[row.pk]),
    )


def _supporter(one: Supporter, known: Known, on: date) -> SupporterProfile:
    who = one.family or one.volunteer
    assert who is not None, "the database holds one of the two"
    party = ("family", one.family_id) if one.family_id else ("volunteer", one.volunteer_id)
    # A volunteer comes alone: no children is known. A family that told us of none has not been asked.
    children = known.children.get(one.family_id) if one.family_id else ()
    return SupporterProfile(
        id=supporter_id(one.pk),
        point=_point(who),
        travel_m=who.travel_km * METRES_IN_A_KM,
        languages=terms(who.languages, LANGUAGES),
        free_times=who.free_times or None,
        children=children,
        has=terms(who.has, RATHER_NOT) or None,
        no_to=terms(one.family.no_to, RATHER_NOT) or None if one.family else None,
        paused=who.standing != ACTIVE or bool(one.paused_until_on and one.paused_until_on > on),
        consents=party not in known.withdrawn,
        lived_through=frozenset(known.lived_through[one.pk]) or None,
        meets=terms([code for code in who.has if code in ACCESS_NEEDS], ACCESS_NEEDS),
        lacks=terms(["step-free"] if "steps" in who.has else [], ACCESS_NEEDS),
        capacity=one.capacity,
        linked=known.linked[one.pk],
        cleared_until=known.cleared[one.pk].until_on,
    )


def _point(who: Family | Volunteer) -> Point:
    return Point(float(who.cell_latitude), float(who.cell_longitude))
