"""Changing what we hold about a family or a volunteer: the same questions as on joining, asked again one at a time.

Moving house changes who looks after a family, so it is the coach who changes the place.
"""

from typing import Any

from django.db import transaction
from django.http import Http404

from people import availability
from people.asking import Kept, Question
from people.models import Child, Family, User, Volunteer
from people.questions import (
    BesideQuestion,
    ChildrenQuestion,
    LanguagesQuestion,
    MeetingQuestion,
    NameQuestion,
    TimesQuestion,
    TravelQuestion,
    YouQuestion,
    display_name,
    travel_km,
)
from people.questions.meeting import TRAVEL, UNSURE

OF_A_FAMILY = (YouQuestion, ChildrenQuestion, LanguagesQuestion, TimesQuestion, MeetingQuestion)
OF_A_VOLUNTEER = (NameQuestion, LanguagesQuestion, TimesQuestion, TravelQuestion)


def changeable(user: User) -> tuple[type[Question], ...]:
    """Give the questions that this person may answer anew: none for somebody who is not a member."""
    if hasattr(user, "guardian"):
        # A family that only shares waits for nobody.
        seeks = user.guardian.family.wants_link_up
        return (*OF_A_FAMILY, BesideQuestion) if seeks else OF_A_FAMILY
    return OF_A_VOLUNTEER if hasattr(user, "volunteer") else ()


def held(user: User) -> dict[str, Kept]:
    """Give what we hold about a member in the shape in which it was told, question by question."""
    member: Family | Volunteer = (
        user.guardian.family if hasattr(user, "guardian") else user.volunteer
    )
    free_times = availability.to_slots(member.free_times)
    told: dict[str, Kept] = {
        "name": {"name": user.name},
        "languages": {"languages": member.languages},
        "times": {"free_times": free_times, "unsure": not free_times},
        "travel": {"travel_km": _nearest_travel(member.travel_km)},
    }
    if isinstance(member, Family):
        told["you"] = {"name": user.guardian.name, "family_name": member.display_name}
        told["children"] = {
            "children": [
                {"age_band": child.age_band, "interests": child.interests}
                for child in member.children.order_by("pk")
            ]
        }
        told["meeting"] = {
            **told["travel"],
            "access_needs": member.access_needs,
            "no_to": member.no_to,
        }
        told["beside"] = {"hopes_for": member.hopes_for}
    return told


def change(*, by: User, slug: str, kept: Kept) -> None:
    """Store one answer anew for the member that `by` is. 404 for somebody who is not one."""
    with transaction.atomic():
        if hasattr(by, "guardian"):
            family = Family.objects.select_for_update().get(pk=by.guardian.family_id)
            _change_family(family, by=by, slug=slug, kept=kept)
        elif hasattr(by, "volunteer"):
            volunteer = Volunteer.objects.select_for_update().get(pk=by.volunteer.pk)
            if slug == "name":
                _rename(by, kept["name"], volunteer)
            _store(volunteer, _columns(slug, kept))
        else:
            raise Http404


def _change_family(family: Family, *, by: User, slug: str, kept: Kept) -> None:
    if slug == "you":
        _rename(by, kept["name"], by.guardian)
        _store(family, {"display_name": display_name(kept)})
    elif slug == "children":
        _change_children(family, kept["children"])
    else:
        _store(family, _columns(slug, kept))


def _change_children(family: Family, told: list[dict[str, Any]]) -> None:
    """Put the told children in the place of the old ones, in order, so that names known by file stay where ages do."""
    names: dict[str, list[str]] = {}
    for before in family.children.order_by("pk"):
        names.setdefault(before.age_band, []).append(before.first_name)
    family.children.all().delete()
    for child in told:
        kept_names = names.get(child["age_band"], [])
        Child.objects.create(
            family=family, first_name=kept_names.pop(0) if kept_names else "", **child
        )


def _columns(slug: str, kept: Kept) -> dict[str, Any]:
    if slug == "languages":
        return {"languages": kept["languages"]}
    if slug == "times":
        return {"free_times": availability.to_bits(kept["free_times"])}
    if slug == "beside":
        return {"hopes_for": kept["hopes_for"]}
    if slug == "travel":
        return {"travel_km": travel_km(kept)}
    if slug == "meeting":
        return {
            "travel_km": travel_km(kept),
            "access_needs": kept["access_needs"],
            "no_to": kept["no_to"],
        }
    return {}


def _store(row: Any, columns: dict[str, Any]) -> None:
    for column, value in columns.items():
        setattr(row, column, value)
    if columns:
        row.save(update_fields=list(columns))


def _rename(user: User, name: str, member: Any) -> None:
    _store(user, {"name": name})
    _store(member, {"name": name})


def _nearest_travel(km: int) -> str:
    """Give the answer nearest to a number of km, which may have come by file."""
    return min((told for told, _ in TRAVEL if told != UNSURE), key=lambda told: abs(int(told) - km))
