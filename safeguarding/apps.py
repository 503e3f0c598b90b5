"""Tells Django about this app."""

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """Checks, concerns and openings."""

    name = "safeguarding"
    verbose_name = "Safeguarding"
