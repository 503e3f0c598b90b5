"""Django's choices do not bind the database; this constraint does."""

from django.db import models


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """Give a CHECK that `field` holds one of the values of `choices`; `name` must be unique in the database."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)
