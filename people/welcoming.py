"""Saying hello: a coach talks with everybody new before strangers can meet them.

A newcomer would let any coach do it. The promise on the family's page names its own, who is the one that waits for it.
"""

from people.models import Family, User, Volunteer


def say_hello(*, member: Family | Volunteer, by: User) -> bool:
    """Move somebody who applied to "welcomed", and say whether it did.

    Nothing changes for anybody who is further along, so a second press is safe, nor for a coach who isn't theirs.
    """
    newcomers = type(member).objects.filter(
        pk=member.pk, coach=by, standing=member.Standing.APPLIED
    )
    return bool(newcomers.update(standing=member.Standing.WELCOMED))


def people_of(member: Family | Volunteer) -> list[tuple[User, str]]:
    """Give everybody of a family who can sign in, or the volunteer: the user, and the name that others read."""
    if isinstance(member, Volunteer):
        return [(member.user, member.name)] if member.user else []
    adults = member.guardians.filter(user__isnull=False).select_related("user").order_by("pk")
    return [(adult.user, adult.name) for adult in adults if adult.user]
