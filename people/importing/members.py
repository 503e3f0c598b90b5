"""What families and volunteers have in common: where they live, when they are free, how they stand with us."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from people import words as known_words
from people.importing.columns import (
    YES_NO,
    Column,
    code,
    day,
    email,
    free_times,
    list_of,
    one_of,
    whole_number,
    words,
)
from people.importing.faults import CellRefused, did_you_mean, shown
from people.importing.looking_up import Places, settle_coach
from people.importing.table import Row
from people.models import Family
from people.nearness import cell_of
from people.places import Coaches

FARTHEST_KM = 100


def language(text: str) -> str:
    """Read a language by its code or its English name."""
    by_name = {str(name).casefold(): code for code, name in known_words.LANGUAGES.items()}
    said = text.casefold()
    found = said if said in known_words.LANGUAGES else by_name.get(said)
    if found is None:
        names = [str(name) for name in known_words.LANGUAGES.values()]
        raise CellRefused(
            f"{shown(text)} is no language we know. Write a code such as en, pl or ur, or a name "
            f"such as Polish.{did_you_mean(text, names)}"
        )
    return found


def small_words(text: str) -> str:
    """Read a word or two of things, in lower case: dogs, a garden."""
    return str(words(40)(text)).casefold()


REFERENCE = Column("reference", code, required=True, example="X001")
PLACE = Column("place", words(80), required=True, example="chase-terrace")
LANGUAGES = Column("languages", list_of(language), empty=lambda: ["en"], example="en;pl")
ACCESS_NEEDS = Column(
    "access_needs",
    list_of(one_of({need: need for need in known_words.ACCESS_NEEDS})),
    empty=list,
    example="step-free",
)
FREE_TIMES = Column("free_times", free_times, empty=0, example="tue-evening;sat-morning")
TRAVEL_KM = Column("travel_km", whole_number(0, FARTHEST_KM), empty=5, example="8")
NO_TO = Column("no_to", list_of(small_words), empty=list, example="smoking")
HAS = Column("has", list_of(small_words), empty=list, example="garden;steps")
COACH = Column("coach_email", email, example="")
APPLIED_ON = Column("applied_on", day, required=True, example="2026-09-01")
AGREED_ON = Column("agreed_on", day, empty=None, example="2026-09-01")
STANDING = Column(
    "standing",
    one_of({standing: standing for standing in Family.Standing.values}),
    empty=Family.Standing.APPLIED,
    example="welcomed",
)
HOPES_FOR = Column(
    "hopes_for",
    one_of({hope: hope for hope in Family.Hope.values}),
    empty=Family.Hope.EITHER,
    example="both",
)
WANTS_LINK_UP = Column("wants_link_up", one_of(YES_NO), empty=True, example="yes")


class Settling:
    """Fills a family or a volunteer from a row; reads its books at the first batch."""

    def __init__(self) -> None:
        self._books: tuple[Places, Coaches] | None = None

    def settle(self, row: Row, fields: tuple[str, ...], at: datetime) -> None:
        """Set place, cell, coach and `fields`, noting what differs and refusing what can't be."""
        if self._books is None:
            self._books = Places(), Coaches()
        places, coaches = self._books
        today = timezone.localdate(at)
        for column in ("applied_on", "agreed_on"):
            said = row.get(column)
            if said is not None and said > today:
                row.refuse(column, f"“{said}” has not come yet. Write a day up to today.")
        row.settle(*fields)
        place = places.settle(row)
        if place is None:
            return
        if row.subject.place_id != place.pk:
            row.subject.place = place
            latitude, longitude = cell_of(place.latitude, place.longitude)
            row.subject.cell_latitude, row.subject.cell_longitude = latitude, longitude
            row.note("place")
        settle_coach(row, place, coaches)


def stored(model: Any, rows: list[Row], *related: str) -> Mapping[str, Any]:
    """Give what is stored for the references of a batch, by reference."""
    references = [row.values["reference"] for row in rows]
    found = model.objects.filter(reference__in=references).prefetch_related(*related)
    return {one.reference: one for one in found}
