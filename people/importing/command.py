"""What every import command is: a file, perhaps a dry run, a report in plain words.

A command of a higher floor subclasses this and names its importer; words and exit codes are the same everywhere.
"""

import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from people.importing.running import Importer, run
from people.importing.saying import progress_to, say_faults, say_report, template


class NothingWritten(CommandError):
    """The file was wrong, or could not be read, so the database is as it was."""


class ImportCommand(BaseCommand, ABC):
    """Reads a CSV file: all of it, or none of it."""

    _on_terminal = False

    @abstractmethod
    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer that this command runs."""

    def run_from_argv(self, argv: list[str]) -> None:
        """Run it for somebody who reads what it says."""
        self._on_terminal = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run it. On a terminal a refusal is told in its own words: Django would put its class before them."""
        try:
            return super().execute(*args, **options)
        except CommandError as refusal:
            if not self._on_terminal or options["traceback"]:
                raise
            self.stderr.write(str(refusal))
            sys.exit(refusal.returncode)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, --dry-run, --template and --most-errors."""
        parser.add_argument("file", nargs="?", type=Path, help="a CSV file in UTF-8, with commas")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )
        parser.add_argument(
            "--template", action="store_true", help="print a first line and an example row"
        )
        parser.add_argument(
            "--most-errors", type=int, default=50, help="how many errors to print (50)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import; raises NothingWritten, which ends the command with exit code 1."""
        importer = self.importer(options)
        if options["template"]:
            self.stdout.write(template(importer), ending="")
            return
        if options["file"] is None:
            raise CommandError("Name the CSV file to read, or ask for --template.")
        report = run(
            importer,
            options["file"],
            at=timezone.now(),
            dry_run=options["dry_run"],
            most_faults=options["most_errors"],
            progress=progress_to(lambda says: self.stderr.write(says, str)),
        )
        if not report.is_good:
            say_faults(report, self.stderr.write)
            count = report.faults.count
            wrong = "The file can't be read." if not count else f"Errors: {count:,}."
            raise NothingWritten(f"{wrong} Nothing was written.")
        say_report(importer, report, self.stdout.write)
