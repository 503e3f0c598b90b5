"""Tells Django about this app."""

from django.apps import AppConfig


class TimebankConfig(AppConfig):
    """Hours."""

    name = "timebank"
    verbose_name = "Time bank"
