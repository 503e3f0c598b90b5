"""`python manage.py check_ledger`: do the books balance? Exits 0 when they do and 1 when not; changes nothing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from timebank import sealing
from timebank.models import Seal
from timebank.reconcile import Report, in_words, reconcile
from timebank.sealing import BrokenSeal


class Command(BaseCommand):
    """Recomputes every balance from the transfers and says what it found."""

    help = (
        "Recompute every balance from the transfers; exit 1 and name the accounts that don't fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --json for machines, --thorough to follow every line's order, and --seals to check those too."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--thorough",
            action="store_true",
            help="also follow the order of every account's lines; takes ten times as long",
        )
        parser.add_argument(
            "--seals", action="store_true", help="also check every night's seal, from the first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report; leave with 1 when something doesn't fit."""
        report = reconcile(at=timezone.now(), thorough=options["thorough"], told=self._say_how_far)
        broken = list(sealing.broken()) if options["seals"] else []
        if options["json"]:
            told = report.as_json()
            if options["seals"]:
                told["broken_seals"] = [str(one.day) for one in broken]
            self.stdout.write(json.dumps(told, indent=2))
        else:
            self._say(report)
            if options["seals"]:
                self._say_seals(broken)
        if broken or not report.balances:
            raise SystemExit(1)

    def _say_how_far(self, seen: int, newest: int) -> None:
        self.stderr.write(f"{seen:,} of {newest:,} looked at")

    def _say(self, report: Report) -> None:
        self.stdout.write(f"{report.accounts} accounts")
        self.stdout.write(f"{report.transfers} transfers")
        self.stdout.write(f"sum {report.sum_minutes}")
        self.stdout.write(f"{report.drift_minutes} drift")
        self.stdout.write(f"{report.gaps} gaps")
        self.stdout.write(f"{report.floors} floors broken without an exception")
        for finding in report.findings:
            self.stdout.write(self.style.ERROR(in_words(finding)))
        if report.balances:
            self.stdout.write(self.style.SUCCESS("The books balance."))
        elif not report.findings:
            self.stdout.write(self.style.ERROR("The sum over all accounts should be 0."))

    def _say_seals(self, broken: list[BrokenSeal]) -> None:
        self.stdout.write(f"{Seal.objects.count()} seals")
        for one in broken:
            self.stdout.write(
                self.style.ERROR(
                    f"The seal of {one.day} does not fit: a line up to that day was changed, "
                    "added or taken away after it was sealed."
                )
            )
        if not Seal.objects.exists():
            self.stdout.write(self.style.WARNING("Nothing is sealed."))
        elif not broken:
            self.stdout.write(self.style.SUCCESS("Every seal fits."))
