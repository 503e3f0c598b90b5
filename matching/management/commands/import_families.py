"""`python manage.py import_families FILE.csv`: seeking families, with their goals and an account for their hours."""

from typing import Any

from matching.importing import families
from people.importing.command import ImportCommand
from people.importing.running import Importer


class Command(ImportCommand):
    """Reads seeking families."""

    help = "Bring in seeking families from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of seeking families."""
        return families()
