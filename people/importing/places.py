"""Places by file: counties, districts, towns, neighbourhoods, and the coach's area each belongs to.

A parent may stand further down the file than its parts, so the file is one batch and is written in two steps.
"""

from datetime import datetime

from people.importing.columns import Column, code, degrees, one_of, words
from people.importing.faults import did_you_mean, shown
from people.importing.reading import MOST_ROWS
from people.importing.running import Importer
from people.importing.table import Row
from people.models import Area, Place
from people.models.place import Nation

SIZES = list(Place.Kind.values)  # biggest first


class PlacePart:
    """The place itself."""

    columns = [
        Column("reference", code, required=True, example="chasetown"),
        Column("name", words(80), required=True, example="Chasetown"),
        Column(
            "kind",
            one_of({kind: kind for kind in SIZES}),
            required=True,
            example="neighbourhood",
        ),
        Column("parent", code, example="burntwood"),
        Column("nation", one_of({nation: nation for nation in Nation.values})),
        Column("latitude", degrees(90), required=True, example="52.6715"),
        Column("longitude", degrees(180), required=True, example="-1.9360"),
        Column("area", words(80), example="Burntwood and Lichfield"),
    ]

    def __init__(self) -> None:
        self.known: dict[str, Place] = {}

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find the places of these references, and check every parent."""
        places = Place.objects.select_related("parent").prefetch_related("areas")
        self.known = {place.reference: place for place in places}
        for row in rows:
            row.subject = self.known.get(row.values["reference"])
            row.is_new = row.subject is None
            if row.is_new:
                row.subject = Place(reference=row.values["reference"], latitude=0, longitude=0)
                self.known[row.subject.reference] = row.subject
            row.settle("name", "kind", "nation", "latitude", "longitude")
        for row in rows:
            self._look_parent(row)
            self._look_area(row)

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the places, then whom they belong to, then their areas."""
        Place.objects.bulk_create([row.subject for row in rows if row.is_new])
        for row in rows:
            if "parent" in row.pending:
                row.subject.parent = row.pending["parent"]
        fields = ["name", "kind", "nation", "latitude", "longitude", "parent"]
        touched = [row.subject for row in rows if row.is_new or row.changes]
        if touched:
            Place.objects.bulk_update(touched, fields)
        for row in rows:
            if "area" in row.pending:
                name = row.pending["area"]
                areas = [Area.objects.get_or_create(name=name)[0]] if name else []
                row.subject.areas.set(areas)

    def _look_parent(self, row: Row) -> None:
        if "parent" not in row.values:
            return
        reference = row.values["parent"]
        parent = self.known.get(reference) if reference else None
        if reference and parent is None:
            hint = did_you_mean(reference, list(self.known))
            row.refuse(
                "parent", f"{shown(reference)} is the reference of none of your places.{hint}"
            )
            return
        if parent is not None and SIZES.index(parent.kind) >= SIZES.index(row.subject.kind):
            row.refuse(
                "parent",
                f"{shown(reference)} is a {parent.kind}, and a {row.subject.kind} can't be part of that.",
            )
            return
        before = row.subject.parent.reference if row.subject.parent else ""
        if before != reference:
            row.note("parent")
            row.pending["parent"] = parent

    def _look_area(self, row: Row) -> None:
        if "area" not in row.values:
            return
        before = [] if row.is_new else [area.name for area in row.subject.areas.all()]
        name = row.values["area"]
        if before != ([name] if name else []):
            row.note("area")
            row.pending["area"] = name


def places() -> Importer:
    """Give the importer of places."""
    return Importer(
        one="place",
        many="places",
        parts=[PlacePart()],
        called=lambda row: row.values["name"],
        batch=MOST_ROWS,  # a parent may stand anywhere in the file
    )
