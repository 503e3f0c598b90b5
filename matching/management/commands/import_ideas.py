"""`python manage.py import_ideas FILE.csv`: what linked families could do together, by theme."""

from typing import Any

from matching.importing_ideas import ideas
from people.importing.command import ImportCommand
from people.importing.running import Importer


class Command(ImportCommand):
    """Reads ideas."""

    help = "Bring in ideas from a CSV file: all of it, or nothing when a line is wrong."

    def importer(self, options: dict[str, Any]) -> Importer:
        """Give the importer of ideas."""
        return ideas()
