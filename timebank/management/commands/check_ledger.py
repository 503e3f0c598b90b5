"""`python manage.py check_ledger`: do the books balance? Exits 0 when they do and 1 when not; changes nothing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from timebank.reconcile import Report, in_words, reconcile


class Command(BaseCommand):
    """Recomputes every balance from the transfers and says what it found."""

    help = (
        "Recompute every balance from the transfers; exit 1 and name the accounts that don't fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --json for machines."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report; leave with 1 when something doesn't fit."""
        report = reconcile(at=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2))
        else:
            self._say(report)
        if not report.balances:
            raise SystemExit(1)

    def _say(self, report: Report) -> None:
        self.stdout.write(f"{report.accounts} accounts")
        self.stdout.write(f"{report.transfers} transfers")
        self.stdout.write(f"sum {report.sum_minutes}")
        self.stdout.write(f"{report.drift_minutes} drift")
        self.stdout.write(f"{report.gaps} gaps")
        self.stdout.write(f"{report.floors} floors broken")
        for finding in report.findings:
            self.stdout.write(self.style.ERROR(in_words(finding)))
        if report.balances:
            self.stdout.write(self.style.SUCCESS("The books balance."))
        elif not report.findings:
            self.stdout.write(self.style.ERROR("The sum over all accounts should be 0."))
