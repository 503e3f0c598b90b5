"""Families by file: the family, its adult who signs in, and its children.

The file knows one adult a family. Adults whom it does not name stay as they are, and nobody who has signed in gets
another address from a file: that would hand their account to whoever wrote it.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress

from people.importing import members
from people.importing.columns import Column, email, words
from people.importing.consents import ConsentPart
from people.importing.faults import CellRefused, shown
from people.importing.looking_up import Addresses, new_users
from people.importing.table import Row
from people.models import Child, Family, Guardian, User

Told = tuple[str, list[str]]  # age band, interests

MOST_CHILDREN = 12
FIELDS = (
    "display_name",
    "languages",
    "access_needs",
    "free_times",
    "travel_km",
    "no_to",
    "has",
    "wants_link_up",
    "hopes_for",
    "applied_on",
    "standing",
)


def children(text: str) -> list[Told]:
    """Read "5-7: football, lego | 11-13: drawing" into age bands and interests."""
    told = []
    for part in text.split("|"):
        band, _, liked = part.partition(":")
        band = "-".join(band.replace("–", "-").split("-")).replace(" ", "")
        if band not in Child.AgeBand.values:
            raise CellRefused(
                f"{shown(part.strip())} should begin with an age band ({', '.join(Child.AgeBand.values)}) "
                "and a colon, such as “5-7: football, lego”. Put | between children. (A spreadsheet may "
                "have turned 5-7 into a date; make the column text.)"
            )
        interests = [words(40)(word.strip()) for word in liked.split(",") if word.strip()]
        told.append((band, interests[:20]))
    if len(told) > MOST_CHILDREN:
        raise CellRefused(
            f"names {len(told)} children. Write {MOST_CHILDREN} at the most on a line."
        )
    return told


class FamilyPart:
    """The family itself."""

    def __init__(self, *, seeking: bool) -> None:
        self.seeking = seeking
        self.columns = [
            members.REFERENCE,
            Column("display_name", words(80), required=True, example="Kim and Ade"),
            members.PLACE,
            members.LANGUAGES,
            members.ACCESS_NEEDS,
            members.FREE_TIMES,
            members.TRAVEL_KM,
            members.NO_TO,
            members.HAS,
            members.COACH,
            members.APPLIED_ON,
            members.STANDING,
            *([members.WANTS_LINK_UP, members.HOPES_FOR] if seeking else []),
        ]
        self._settling = members.Settling()

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find the families of these references and compare them."""
        found = members.stored(Family, rows, "guardians__user", "children")
        for row in rows:
            row.subject = found.get(row.values["reference"])
            row.is_new = row.subject is None
            if row.is_new:
                row.subject = Family(reference=row.values["reference"], wants_link_up=self.seeking)
            self._settling.settle(row, FIELDS, at)

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the families."""
        Family.objects.bulk_create([row.subject for row in rows if row.is_new])
        changed = [row.subject for row in rows if row.changes and not row.is_new]
        if changed:
            cell = ("place", "cell_latitude", "cell_longitude", "coach")
            Family.objects.bulk_update(changed, [*FIELDS, *cell])


class GuardianPart:
    """The adult whom the file names."""

    columns = [
        Column("guardian_name", words(80), required=True, example="Kim"),
        Column("guardian_email", email, example="kim@example.org"),
    ]

    def __init__(self) -> None:
        self._addresses = Addresses()

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find each row's adult, or that there is a new one."""
        self._addresses.look(
            [row.get("guardian_email") for row in rows if row.get("guardian_email")]
        )
        for row in rows:
            user = None
            if row.get("guardian_email"):
                user = self._addresses.settle(row, "guardian_email", owner=row.subject)
            if not row.refused:
                self._find(row, user)

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write new adults with their sign-in, new names, and addresses that nobody has used yet."""
        nobody_yet = [row for row in rows if row.pending.get("sign_in") == "new"]
        users = new_users(
            [(row.values["guardian_email"], row.values["guardian_name"]) for row in nobody_yet]
        )
        for row, user in zip(nobody_yet, users, strict=True):
            row.pending["guardian"].user = user
        for row in rows:
            guardian: Guardian = row.pending["guardian"]
            guardian.family = row.subject  # it has its number by now
            if row.pending.get("sign_in") == "moved":
                _move(row.pending["guardian"], row.values["guardian_email"])
        Guardian.objects.bulk_create(
            [row.pending["guardian"] for row in rows if row.pending["guardian"].pk is None]
        )
        changed = [
            row.pending["guardian"]
            for row in rows
            if {"guardian_name", "guardian_email"} & set(row.changes)
        ]
        if changed:
            Guardian.objects.bulk_update(changed, ["name", "user"])

    def _find(self, row: Row, user: User | None) -> None:
        name, address = row.values["guardian_name"], row.get("guardian_email", "")
        there: list[Guardian] = [] if row.is_new else list(row.subject.guardians.all())
        by_address = [one for one in there if address and one.user and one.user.email == address]
        by_name = [one for one in there if one.name == name]
        guardian = next(iter(by_address or by_name), None)
        if guardian is None and not address and len(there) == 1:
            guardian = there[0]  # the only adult: a name put right
        if guardian is None:
            guardian = Guardian(name=name)
            row.note("guardian_name")
        elif guardian.name != name:
            guardian.name = name
            row.note("guardian_name")
        row.pending["guardian"] = guardian
        if address and (guardian.user is None or guardian.user.email != address):
            self._sign_in(row, guardian, user)

    def _sign_in(self, row: Row, guardian: Guardian, user: User | None) -> None:
        row.note("guardian_email")
        if guardian.user is None:
            guardian.user = user
            row.pending["sign_in"] = "new" if user is None else "found"
        elif guardian.user.last_login is None and user is None:
            row.pending["sign_in"] = "moved"
        else:
            row.refuse(
                "guardian_email",
                f"{shown(guardian.name)} signs in with another address already. Only they can change "
                "it, in Kith. Leave the cell as it was.",
            )


class ChildrenPart:
    """The children: age bands and what they like. First names that a family added stay with their child."""

    columns = [Column("children", children, empty=list, example="8-10: football, drawing")]

    def look(self, rows: list[Row], at: datetime) -> None:
        """Pair the children of the file with those stored, the same band first."""
        for row in rows:
            if "children" not in row.values:
                continue
            there = [] if row.is_new else list(row.subject.children.all())
            told: list[Told] = row.values["children"]
            if sorted(told) != sorted((child.age_band, child.interests) for child in there):
                row.note("children")
                row.pending["children"] = there

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the children that differ."""
        new: list[Child] = []
        for row in rows:
            if "children" in row.pending:
                new += _paired(row.subject, row.values["children"], row.pending["children"])
        Child.objects.bulk_create(new)


def family_parts(*, seeking: bool) -> list[Any]:
    """Give the parts of a family that this floor knows, in order."""
    return [
        FamilyPart(seeking=seeking),
        GuardianPart(),
        ChildrenPart(),
        ConsentPart(lambda row: row.pending["guardian"].user),
    ]


def _move(guardian: Guardian, address: str) -> None:
    EmailAddress.objects.filter(user=guardian.user).update(email=address, verified=False)
    User.objects.filter(guardian=guardian).update(email=address)


def _paired(family: Family, told: list[Told], there: list[Child]) -> list[Child]:
    by_band: dict[str, list[Child]] = defaultdict(list)
    for child in there:
        by_band[child.age_band].append(child)
    new: list[Child] = []
    for band, interests in told:
        same = [one for one in by_band[band] if one.interests == interests]
        near = same or by_band[band]
        if not near:
            new.append(Child(family=family, age_band=band, interests=interests))
            continue
        child = near[0]
        by_band[band].remove(child)
        if child.interests != interests:
            child.interests = interests
            child.save(update_fields=["interests"])
    for left in by_band.values():
        for child in left:
            child.delete()
    return new
