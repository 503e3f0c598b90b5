"""Volunteers by file: who they are, where they live and how they sign in."""

from datetime import datetime
from typing import Any

from people.importing import members
from people.importing.columns import Column, email, words
from people.importing.consents import ConsentPart
from people.importing.faults import shown
from people.importing.looking_up import Addresses, new_users
from people.importing.table import Row
from people.models import Volunteer

FIELDS = ("name", "languages", "free_times", "travel_km", "has", "applied_on", "standing")


class VolunteerPart:
    """The volunteer and their sign-in."""

    columns = [
        members.REFERENCE,
        Column("name", words(80), required=True, example="Lou"),
        members.PLACE,
        members.LANGUAGES,
        members.FREE_TIMES,
        members.TRAVEL_KM,
        members.HAS,
        Column("email", email, example="lou@example.org"),
        members.COACH,
        members.APPLIED_ON,
        members.STANDING,
    ]

    def __init__(self) -> None:
        self._addresses = Addresses()
        self._settling = members.Settling()

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find the volunteers of these references and compare them."""
        found = members.stored(Volunteer, rows, "user")
        self._addresses.look([row.get("email") for row in rows if row.get("email")])
        for row in rows:
            row.subject = found.get(row.values["reference"])
            row.is_new = row.subject is None
            if row.is_new:
                row.subject = Volunteer(reference=row.values["reference"])
            self._settling.settle(row, FIELDS, at)
            if row.get("email") and not row.refused:
                self._sign_in(row)

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the volunteers, and users for those who have none."""
        nobody_yet = [row for row in rows if row.pending.get("sign_in") == "new"]
        users = new_users([(row.values["email"], row.values["name"]) for row in nobody_yet])
        for row, user in zip(nobody_yet, users, strict=True):
            row.subject.user = user
        Volunteer.objects.bulk_create([row.subject for row in rows if row.is_new])
        changed = [row.subject for row in rows if row.changes and not row.is_new]
        if changed:
            cell = ("place", "cell_latitude", "cell_longitude", "coach", "user")
            Volunteer.objects.bulk_update(changed, [*FIELDS, *cell])

    def _sign_in(self, row: Row) -> None:
        user = self._addresses.settle(row, "email", owner=row.subject)
        has = row.subject.user
        if row.refused or (has is not None and has.email == row.values["email"]):
            return
        if has is not None:
            row.refuse(
                "email",
                f"{shown(row.subject.name)} has another address in Kith. Only they can change it "
                "there. Leave the cell as it was.",
            )
            return
        row.subject.user = user
        row.pending["sign_in"] = "new" if user is None else "found"
        row.note("email")


def volunteer_parts() -> list[Any]:
    """Give the parts of a volunteer that this floor knows, in order."""
    return [VolunteerPart(), ConsentPart(lambda row: row.subject.user)]
