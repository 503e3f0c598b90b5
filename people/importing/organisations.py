"""Organisations by file: a hall, a kitchen, a repair café."""

from datetime import datetime

from people.importing import members
from people.importing.columns import Column, words
from people.importing.looking_up import Places
from people.importing.table import Row
from people.models import Organisation


class OrganisationPart:
    """The organisation itself."""

    columns = [
        members.REFERENCE,
        Column("name", words(120), required=True, example="Chase Line Repair Café"),
        members.PLACE,
        Column("kind", words(40), required=True, example="repair café"),
    ]

    def __init__(self) -> None:
        self._places: Places | None = None

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find the organisations of these references and compare them."""
        self._places = self._places or Places()
        found = members.stored(Organisation, rows)
        for row in rows:
            row.subject = found.get(row.values["reference"])
            row.is_new = row.subject is None
            if row.is_new:
                row.subject = Organisation(reference=row.values["reference"])
            row.settle("name", "kind")
            place = self._places.settle(row)
            if place is not None and row.subject.place_id != place.pk:
                row.subject.place = place
                row.note("place")

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the organisations."""
        Organisation.objects.bulk_create([row.subject for row in rows if row.is_new])
        changed = [row.subject for row in rows if row.changes and not row.is_new]
        if changed:
            Organisation.objects.bulk_update(changed, ["name", "kind", "place"])
