"""`manage.py tick`: what is due because time has passed. From cron, every five minutes; see docs/operations.md."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import clock


class Command(BaseCommand):
    """Does what is due."""

    help = (
        "Remind, escalate and close what is due by now. Safe to run twice, or after a standstill."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick once; exit 1 when a deed went wrong, after all the others."""
        if not clock.tick(timezone.now()):
            raise CommandError("Something went wrong; the log says what. The rest was done.")
