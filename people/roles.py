"""Giving somebody work to do for the programme."""

from django.contrib.auth.models import Group
from django.db import transaction

from people.models import StaffRole, User

# Wagtail makes this group; it may write and publish pages but not manage people.
EDITORS_GROUP = "Moderators"


def give_role(*, user: User, role: str) -> StaffRole:
    """Give the role, once however often it is asked; editors may then open the editor. ValueError for no role."""
    if role not in StaffRole.Role.values:
        raise ValueError(role)
    with transaction.atomic():
        given, _ = StaffRole.objects.get_or_create(user=user, role=role)
        if role == StaffRole.Role.EDITOR:
            user.groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
    if hasattr(user, "_roles"):
        del user._roles
    return given
