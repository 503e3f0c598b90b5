"""The doors to clearance: for somebody's own coach and for the lead; never for the person's own family (SG-05).

They have a page of their own, which says what comes next and nothing about who decided.
"""

from typing import Literal

from django.db.models import QuerySet
from django.http import Http404

from people.access import roles_of
from people.models import Family, Guardian, StaffRole, User, Volunteer
from safeguarding.models import Approval, Check, Exemption, Step

Kind = Literal["families", "volunteers"]
ROWS = {"checks": Check, "steps": Step, "exemptions": Exemption, "approvals": Approval}


def is_lead(user: User) -> bool:
    """Say whether somebody answers for safeguarding."""
    return StaffRole.Role.SAFEGUARDING in roles_of(user)


def families_to_clear(user: User) -> QuerySet[Family]:
    """Give the families whose clearance somebody may see and write: their own as a coach, all as the lead."""
    found = Family.objects.exclude(standing=Family.Standing.LEFT).exclude(guardians__user=user)
    return found if is_lead(user) else found.filter(coach=user)


def volunteers_to_clear(user: User) -> QuerySet[Volunteer]:
    """Give the volunteers, in the same way."""
    found = Volunteer.objects.exclude(standing=Volunteer.Standing.LEFT).exclude(user=user)
    return found if is_lead(user) else found.filter(coach=user)


def to_clear(user: User, kind: str, member_id: int) -> Family | Volunteer:
    """Give one of them; 404 for any other."""
    found: Family | Volunteer | None = None
    if kind == "families":
        found = families_to_clear(user).select_related("coach").filter(pk=member_id).first()
    elif kind == "volunteers":
        found = volunteers_to_clear(user).select_related("coach").filter(pk=member_id).first()
    if found is None:
        raise Http404
    return found


def adult_to_clear(user: User, kind: str, adult_id: int) -> Guardian | Volunteer:
    """Give one adult of them, "adults" being guardians; 404 for any other."""
    if kind == "volunteers":
        member = to_clear(user, kind, adult_id)
        assert isinstance(member, Volunteer), "asked for one"
        return member
    adult = None
    if kind == "adults":
        of_theirs = Guardian.objects.filter(family__in=families_to_clear(user))
        adult = of_theirs.select_related("family__coach").filter(pk=adult_id).first()
    if adult is None:
        raise Http404
    return adult


def row_to_clear(user: User, kind: str, row_id: int) -> Check | Step | Exemption | Approval:
    """Give a row about one of them, "kind" being one of ROWS; 404 for any other."""
    if kind not in ROWS:
        raise Http404
    row = ROWS[kind].objects.select_related("guardian", "volunteer").filter(pk=row_id).first()  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    if row.guardian_id:
        adult_to_clear(user, "adults", row.guardian_id)
    else:
        to_clear(user, "volunteers", row.volunteer_id)
    found: Check | Step | Exemption | Approval = row
    return found
