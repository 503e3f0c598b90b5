"""`python manage.py demo`: the demonstration community, loaded into an empty database.

DATABASE_URL chooses which. A server refuses it unless told --force: invented people don't belong among real ones.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from config.demonstration import loading, people
from people.models import Family


class Command(BaseCommand):
    """Loads the demonstration."""

    help = "Load the demonstration community into an empty database, and say whom to sign in as."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the size, --people and --force."""
        parser.add_argument(
            "--families", type=int, default=60, help="how many seeking families (60)"
        )
        parser.add_argument(
            "--people", action="store_true", help="only say whom to sign in as; load nothing"
        )
        parser.add_argument("--force", action="store_true", help="load it although DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say why not."""
        if options["people"]:
            self._say_people()
            return
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "This is a server (DEBUG is off), and everybody in the demonstration is invented. "
                "If you mean it, say --force."
            )
        if options["families"] < 1:
            raise CommandError("Ask for at least one family.")
        if Family._meta.db_table not in connection.introspection.table_names():
            call_command("migrate", verbosity=0)  # an empty database may be as empty as that
        if loading.is_loaded():
            self.stdout.write("The demonstration community is here already; nothing was changed.\n")
        else:
            self._load(options["families"])
        self._say_people()

    def _load(self, size: int) -> None:
        logging.disable(logging.INFO)  # the editor's log of each page would hide what we say
        try:
            loading.load(
                size=size,
                at=timezone.now(),
                say=lambda words: self.stderr.write(words, str),
            )
        except loading.NotEmpty:
            raise CommandError(
                "There are people in this database already, so the demonstration was not loaded. "
                "Set DATABASE_URL to an empty one, such as sqlite:///var/demonstration.sqlite3."
            ) from None
        except loading.NotRight as wrong:
            raise CommandError(f"The files of demo/ are not right. {wrong}") from None
        finally:
            logging.disable(logging.NOTSET)

    def _say_people(self) -> None:
        self.stdout.write("Sign in as:\n\n" + people.table() + "\n")
        self.stdout.write(
            "Give the address and type the code. On your own machine the code stands in the terminal, "
            "where all mail goes."
        )
