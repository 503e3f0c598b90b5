"""Tells Django about this app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Rounds and link-ups."""

    name = "matching"
    verbose_name = "Matching"

    def ready(self) -> None:
        """Listen for who joined, and for who is cleared or no longer."""
        from matching import joining, resting  # noqa: F401, PLC0415
