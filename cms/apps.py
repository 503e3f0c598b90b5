"""Tells Django about this app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """What editors publish."""

    name = "cms"
    verbose_name = "Pages"
