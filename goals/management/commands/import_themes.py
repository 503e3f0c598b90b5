"""`python manage.py import_themes FILE.csv`: the words that goals are about, before the families who use them."""

from typing import Any

from goals.importing import themes
from people.importing.command import ImportCommand
from people.importing.running import Importer


class Command(ImportCommand):
    """Reads themes."""

    help = "Bring in themes from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of themes."""
        return themes()
