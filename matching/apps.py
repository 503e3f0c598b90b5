"""Tells Django about this app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Rounds and link-ups."""

    name = "matching"
    verbose_name = "Matching"

    def ready(self) -> None:
        """Listen for families and volunteers who joined."""
        from matching import joining  # noqa: F401, PLC0415
