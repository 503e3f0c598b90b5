"""The programme's own people by file: who they are, what they do, and the areas they look after.

Roles and areas are only added. Taking work away from somebody is a decision, not a missing word in a file.
"""

from datetime import datetime

from people.importing.columns import Column, email, list_of, one_of, words
from people.importing.faults import did_you_mean, shown
from people.importing.looking_up import new_users
from people.importing.running import Importer
from people.importing.table import Row
from people.models import Area, StaffRole, User
from people.roles import give_role


class StaffPart:
    """Somebody who works for the programme."""

    columns = [
        Column("email", email, required=True, example="robin@example.org"),
        Column("name", words(80), required=True, example="Robin Hale"),
        Column(
            "roles",
            list_of(one_of({role: role for role in StaffRole.Role.values})),
            required=True,
            example="coach",
        ),
        Column("areas", list_of(words(80)), empty=list, example="Burntwood and Lichfield"),
    ]

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find the people of these addresses, and which roles and areas they lack."""
        emails = [row.values["email"] for row in rows]
        related = ("staff_roles", "areas", "guardian", "volunteer")
        users = User.objects.filter(email__in=emails).prefetch_related(*related)
        found = {user.email: user for user in users}
        areas = {area.name: area for area in Area.objects.all()}
        for row in rows:
            row.subject = found.get(row.values["email"])
            row.is_new = row.subject is None
            if row.is_new:
                row.subject = User(email=row.values["email"])
            elif hasattr(row.subject, "guardian") or hasattr(row.subject, "volunteer"):
                row.refuse(
                    "email", f"{shown(row.subject.email)} is a member's. Use a work address."
                )
                continue
            row.settle("name")
            self._look_work(row, areas)

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the people, then give each their roles and areas."""
        new = [row for row in rows if row.is_new]
        users = new_users([(row.values["email"], row.values["name"]) for row in new])
        for row, user in zip(new, users, strict=True):
            row.subject = user
        User.objects.bulk_update([row.subject for row in rows if row.changes], ["name"])
        for row in rows:
            for role in row.pending["roles"]:
                give_role(user=row.subject, role=role)
            for area in row.pending["areas"]:
                area.coaches.add(row.subject)

    def _look_work(self, row: Row, areas: dict[str, Area]) -> None:
        has = set() if row.is_new else {role.role for role in row.subject.staff_roles.all()}
        row.pending["roles"] = [role for role in row.values["roles"] if role not in has]
        looks_after = set() if row.is_new else {area.name for area in row.subject.areas.all()}
        row.pending["areas"] = []
        for name in row.get("areas", []):
            if name not in areas:
                hint = did_you_mean(name, list(areas))
                row.refuse("areas", f"{shown(name)} is not an area of your places.{hint}")
            elif name not in looks_after and "coach" in row.values["roles"]:
                row.pending["areas"].append(areas[name])
        for column in ("roles", "areas"):
            if row.pending[column]:
                row.note(column)


def staff() -> Importer:
    """Give the importer of the programme's own people."""
    return Importer(
        one="colleague", many="staff", parts=[StaffPart()], called=lambda row: row.values["name"]
    )
