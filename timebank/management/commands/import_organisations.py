"""`python manage.py import_organisations FILE.csv`: organisations and an account for the hours of each."""

from typing import Any

from people.importing.command import ImportCommand
from people.importing.running import Importer
from timebank.importing import organisations


class Command(ImportCommand):
    """Reads organisations."""

    help = "Bring in organisations from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of organisations."""
        return organisations()
