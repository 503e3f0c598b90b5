"""`python manage.py import_places FILE.csv`: places and the coaches' areas, before anybody who lives there."""

from typing import Any

from people.importing.command import ImportCommand
from people.importing.places import places
from people.importing.running import Importer


class Command(ImportCommand):
    """Reads places."""

    help = "Bring in places from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of places."""
        return places()
