"""`python manage.py import_postcodes FILE.csv`: a file of Code-Point Open, after the places."""

from typing import Any

from django.core.management.base import CommandError

from people.importing.command import ImportCommand, NothingWritten
from people.importing.postcodes import COLUMNS, IMPORTER, bring_in
from people.importing.running import Importer
from people.importing.saying import progress_to, say_faults


class Command(ImportCommand):
    """Reads postcodes."""

    help = "Bring in postcodes from a file of Code-Point Open: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give what a report calls its rows."""
        return IMPORTER

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import; raises NothingWritten, which ends the command with exit code 1."""
        if options["template"]:
            self.stdout.write(",".join(column.example for column in COLUMNS))
            return
        if options["file"] is None:
            raise CommandError("Name the CSV file to read, or ask for --template.")
        report = bring_in(
            options["file"],
            dry_run=options["dry_run"],
            most_faults=options["most_errors"],
            progress=progress_to(lambda says: self.stderr.write(says, str)),
        )
        if not report.is_good:
            say_faults(report, self.stderr.write)
            count = report.faults.count
            wrong = "The file can't be read." if not count else f"Errors: {count:,}."
            raise NothingWritten(f"{wrong} Nothing was written.")
        self.stdout.write(
            f"Postcodes: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged. "
            f"Left out: {report.elsewhere:,} too far from every place, {report.nowhere:,} without a position."
        )
        if not report.written:
            self.stdout.write("This was a dry run: nothing was written.")
