"""`python manage.py import_supporters FILE.csv --decided-by EMAIL`: sharing families and their checks."""

from typing import Any

from matching.importing import supporters
from people.importing.running import Importer
from safeguarding.importing import CheckedImportCommand


class Command(CheckedImportCommand):
    """Reads sharing families."""

    help = "Bring in sharing families from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of sharing families."""
        return supporters(decided_by=self.decided_by(options))
