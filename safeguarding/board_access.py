"""The doors to the board: a coach sees the families of their own areas, the safeguarding lead all.

Nobody sees their own family there, whatever they work as. A family's own coach sees it wherever it lives.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, FilteredRelation, Q, QuerySet
from django.http import Http404

from people.access import roles_of
from people.models import Family, Guardian, StaffRole, User
from safeguarding.models import BoardStep, OnBoard


@dataclass(frozen=True)
class Owed:
    """A family whose week on the board is over, or with `step`, something that somebody took on for it."""

    place_id: int
    family: str
    due_on: date
    step: str = ""


def families_for(user: User) -> QuerySet[Family]:
    """Give the families whose place on the board somebody may see, or put them on it."""
    roles = roles_of(user)
    own = Guardian.objects.filter(user=user).values("family")
    if "safeguarding" in roles:
        return Family.objects.exclude(pk__in=own)
    if "coach" not in roles:
        return Family.objects.none()
    places = user.areas.values("places")
    return Family.objects.filter(Q(coach=user) | Q(place__in=places)).exclude(pk__in=own)


def board_for(user: User) -> QuerySet[OnBoard]:
    """Give the families on the board that somebody may see: those whose week runs out first, first."""
    seen = families_for(user).order_by().values("pk")
    return OnBoard.objects.filter(off_at=None, family__in=seen).order_by("review_by", "pk")


def due_for(user: User, on: date) -> QuerySet[OnBoard]:
    """Give those of them whose week is over on a day."""
    return board_for(user).filter(review_by__lte=on)


def owed_by(coach: User, on: date) -> list[Owed]:
    """Give what the board asks of a coach by a day, in one question.

    The due families that stand in their day (their own, and those of their areas without a coach), and each step that
    they took on and said nothing about.
    """
    late = Q(steps__owner=coach, steps__outcome="", steps__due_on__lte=on)
    theirs = Q(review_by__lte=on) & (Q(family__coach=coach) | Q(family__coach=None))
    rows = (
        board_for(coach)
        .annotate(
            late=FilteredRelation("steps", condition=late),
            is_theirs=ExpressionWrapper(theirs, BooleanField()),
        )
        .filter(theirs | Q(late__isnull=False))
        .values_list(
            "pk", "family__display_name", "review_by", "is_theirs", "late__words", "late__due_on"
        )
    )
    found: dict[Owed, None] = {}  # in order, each once
    for place, name, review_by, is_theirs, words, due_on in rows:
        if is_theirs:
            found[Owed(place, name, review_by)] = None
        if words is not None:
            found[Owed(place, name, due_on, words)] = None
    return list(found)


def steps_of(user: User, on: date) -> QuerySet[BoardStep]:
    """Give what somebody took on and hasn't said anything about by its day."""
    return BoardStep.objects.filter(
        owner=user, outcome="", due_on__lte=on, place__in=board_for(user).values("pk")
    ).select_related("place__family")


def place_for(user: User, place_id: int) -> OnBoard:
    """Give one family's place on the board; 404 for any other, and for one that was taken off."""
    place = (
        board_for(user)
        .filter(pk=place_id)
        .select_related("family__place", "family__coach", "put_by")
        .first()
    )
    if place is None:
        raise Http404
    return place


def family_for(user: User, family_id: int) -> Family:
    """Give a family that somebody may put on the board; 404 for any other."""
    family = families_for(user).filter(pk=family_id).select_related("place").first()
    if family is None:
        raise Http404
    return family


def owners_for(place: OnBoard) -> QuerySet[User]:
    """Give who may take on a step for a family: the coaches who see it, and the safeguarding leads; none of its own."""
    family = place.family
    coaches = Q(staff_roles__role=StaffRole.Role.COACH) & (
        Q(pk=family.coach_id) | Q(areas__places=family.place_id)
    )
    leads = Q(staff_roles__role=StaffRole.Role.SAFEGUARDING)
    found = User.objects.filter(coaches | leads, is_active=True)
    return found.exclude(guardian__family=family).distinct().order_by("name", "pk")
