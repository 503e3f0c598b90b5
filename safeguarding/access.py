"""The doors to concerns and to clearance.

Concerns are for the safeguarding lead only, and never one that is about their own family. Somebody's clearance is for
their own coach and for the lead; never for the person's own family, who have their own page.
"""

from typing import Literal

from django.db.models import QuerySet
from django.http import Http404

from people.access import roles_of
from people.models import Family, Guardian, StaffRole, User, Volunteer
from safeguarding.models import Approval, Check, Concern, Exemption, Step

Kind = Literal["families", "volunteers"]
ROWS = {"checks": Check, "steps": Step, "exemptions": Exemption, "approvals": Approval}


def concerns_for(user: User) -> QuerySet[Concern]:
    """Give the concerns this lead may read: not those about a family they belong to (trust.md SG-19)."""
    concerns = Concern.objects.select_related("raised_by", "family")
    guardian = getattr(user, "guardian", None)
    return concerns.exclude(family=guardian.family_id) if guardian else concerns


def not_acted_on(user: User) -> QuerySet[Concern]:
    """Give those of them about which nobody has done anything yet."""
    return concerns_for(user).filter(actions__isnull=True)


def concern_for(user: User, concern_id: int) -> Concern:
    """Give one of them; 404 for any other."""
    concern = concerns_for(user).filter(pk=concern_id).first()
    if concern is None:
        raise Http404
    return concern


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
