"""Registers the house's own checks and closes the side doors when Django starts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The app that wires the others together."""

    name = "config"
    verbose_name = "Wiring"

    def ready(self) -> None:
        """Load the system checks; importing them registers them."""
        from config import checks  # noqa: F401, PLC0415
