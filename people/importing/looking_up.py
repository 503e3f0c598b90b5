"""Whom and where a row means: places by reference or name, the coach it names, addresses already in use.

Each book is read once and asked often, so that ten thousand rows cost no more queries than one.
"""

from collections import defaultdict
from typing import Any

from allauth.account.models import EmailAddress

from people.importing.faults import did_you_mean, shown
from people.importing.table import Row
from people.models import Place, User
from people.places import Coaches

HOMES = {Place.Kind.TOWN, Place.Kind.NEIGHBOURHOOD}


class Places:
    """The programme's places. Somebody lives in a town or a neighbourhood."""

    def __init__(self) -> None:
        self.by_reference: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        for place in Place.objects.order_by("id"):
            self.by_reference[place.reference.casefold()] = place
            if place.kind in HOMES:
                self.by_name[place.name.casefold()].append(place)
        by_id = {place.pk: place for place in self.by_reference.values()}
        for place in by_id.values():
            place.parent = by_id.get(
                place.parent_id or 0
            )  # so that no row asks the database for it

    def settle(self, row: Row) -> Place | None:
        """Give the place that the row's cell names by reference or name; refuse the row when there is none."""
        said = row.values["place"]
        named = self.by_name.get(said.casefold(), [])
        place = self.by_reference.get(said.casefold()) or (named[0] if len(named) == 1 else None)
        if place is None:
            row.refuse("place", self._why_not(said, len(named)))
        elif place.kind not in HOMES:
            row.refuse("place", f"{shown(said)} is a {place.kind}. Write a town or a part of one.")
        else:
            return place
        return None

    def _why_not(self, said: str, named: int) -> str:
        if named:
            return f"{shown(said)} is the name of {named} places. Write the place's reference."
        known = [place.name for place in self.by_reference.values() if place.kind in HOMES]
        hint = did_you_mean(said, known) if known else " There are none yet: run import_places."
        return f"{shown(said)} is not one of your places.{hint}"


def settle_coach(row: Row, place: Place, coaches: Coaches) -> None:
    """Set the coach whom the row names, or give a newcomer one of their area."""
    email = row.get("coach_email", "")
    if email and email not in coaches.by_email:
        hint = did_you_mean(email, list(coaches.by_email))
        row.refuse("coach_email", f"{shown(email)} is not the address of a coach.{hint}")
        return
    coach = coaches.by_email.get(email)
    if coach is None and row.is_new:
        coach = coaches.nearest(place)
    if coach is None or row.subject.coach_id == coach.pk:
        return
    coaches.hand_over(coach, before=row.subject.coach_id)
    row.subject.coach = coach
    row.note("coach_email")


class Addresses:
    """E-mail addresses of one batch: whose they are, and new people to sign in with them."""

    def __init__(self) -> None:
        self.on_line: dict[str, int] = {}  # over the whole file, not only the batch
        self.users: dict[str, User] = {}

    def look(self, emails: list[str]) -> None:
        """Read the users of these addresses, with who they are."""
        found = (
            User.objects.filter(email__in=emails)
            .select_related("guardian__family", "volunteer")
            .prefetch_related("staff_roles")
        )
        self.users = {user.email: user for user in found}

    def settle(self, row: Row, column: str, *, owner: Any) -> User | None:
        """Give the user of the row's address if there is one; refuse it when it is somebody else's.

        `owner` is the guardian's family or the volunteer to whom the address may belong already.
        """
        email = row.values[column]
        first = self.on_line.setdefault(email, row.line)
        if first != row.line:
            row.refuse(column, f"{shown(email)} stands on line {first} already.")
            return None
        user = self.users.get(email)
        if user is None:
            return None
        whose = _whose(user, owner)
        if whose:
            row.refuse(column, f"{shown(email)} is {whose}. One address can't be two people's.")
            return None
        return user


def new_users(wanted: list[tuple[str, str]]) -> list[User]:
    """Give users for (address, name), each able to sign in by a code; they prove the address by doing so."""
    users = [User(email=email, name=name) for email, name in wanted]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=False) for user in users
    )
    return users


def _whose(user: User, owner: Any) -> str:
    guardian = getattr(user, "guardian", None)
    if guardian is not None and guardian.family != owner:
        return "used by another family"
    volunteer = getattr(user, "volunteer", None)
    if volunteer is not None and volunteer != owner:
        return "a volunteer's"
    if user.staff_roles.all():
        return "the address of somebody who works for the programme"
    return ""
