"""Whom matching writes to, and the pages its letters point to. The letters themselves are people.letters'."""

from collections.abc import Iterable

from django.urls import reverse

from matching.models import Supporter
from people.models import Family, User


def adults_of(families: Iterable[Family]) -> list[User]:
    """Give everybody of these families who can sign in, in one query."""
    return list(User.objects.filter(guardian__family__in=families, is_active=True).order_by("pk"))


def helpers_of(supporter: Supporter) -> list[User]:
    """Give everybody of the sharing family, or the volunteer, who can sign in."""
    people = User.objects.filter(is_active=True).order_by("pk")
    if supporter.family_id:
        return list(people.filter(guardian__family=supporter.family_id))
    return list(people.filter(volunteer=supporter.volunteer_id))


def to(name: str, **kwargs: int) -> str:
    """Give the path of one of our pages."""
    return reverse(f"matching:{name}", kwargs=kwargs or None)
