"""Tells Django about this app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Numbers."""

    name = "insight"
    verbose_name = "Insight"
