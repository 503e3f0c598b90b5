"""The door to concerns: for the safeguarding lead only, and never to one that is about their own family."""

from django.db.models import QuerySet
from django.http import Http404

from people.models import User
from safeguarding.models import Concern


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
