"""`python manage.py import_staff FILE.csv`: coaches, brokers, editors, managers."""

from typing import Any

from people.importing.command import ImportCommand
from people.importing.running import Importer
from people.importing.staff import staff


class Command(ImportCommand):
    """Reads the programme's own people."""

    help = "Bring in the programme's own people from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of the programme's own people."""
        return staff()
