"""`python manage.py import_volunteers FILE.csv --decided-by EMAIL`: volunteers, what they offer, and their checks."""

from typing import Any

from matching.importing import volunteers
from people.importing.running import Importer
from safeguarding.importing import CheckedImportCommand


class Command(CheckedImportCommand):
    """Reads volunteers."""

    help = "Bring in volunteers from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of volunteers."""
        return volunteers(decided_by=self.decided_by(options))
