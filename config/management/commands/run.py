"""`manage.py run`: bring the database up to date, load the demonstration once, and serve with live updates.

One process, so that a newcomer's machine needs no server. For the real thing see docs/operations.md.
"""

import os
import socket
from argparse import ArgumentParser
from threading import Event
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import clock
from config.demonstration import loading

HOST = "127.0.0.1"
LAST_PORT = 65_535


class Command(BaseCommand):
    """Serve Kith on this machine."""

    help = "Serve Kith on this machine, with the demonstration community in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port, and whether to leave the database empty of demonstration people."""
        parser.add_argument("--port", default="8000")
        parser.add_argument("--empty", action="store_true", help="load no demonstration")

    def handle(self, *args: Any, port: str, empty: bool, **options: Any) -> None:
        """Say where to open it, then serve until Ctrl-C."""
        if not settings.DEBUG:
            raise CommandError(
                "`run` is for your own machine: set DEBUG=true, or see docs/operations.md."
            )
        number = free_port(port)
        address = f"http://localhost:{number}"
        if "SITE_ADDRESS" not in os.environ:
            settings.SITE_ADDRESS = settings.WAGTAILADMIN_BASE_URL = (
                address  # what links in mail begin with
            )
        call_command("migrate", verbosity=0)
        # Never among a programme's own people.
        if not empty and (loading.is_empty() or loading.is_loaded()):
            call_command("demo", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(
            self.style.SUCCESS(f"\nOpen {address}")
            + "\nMail (sign-in codes too) is printed here. Ctrl-C stops it.\n"
        )
        self.stdout.flush()
        stop = Event()
        ticking = clock.keep_ticking(stop)
        uvicorn.run("config.asgi:application", host=HOST, port=number, log_level="warning")
        stop.set()
        ticking.join(timeout=10)


def free_port(port: str) -> int:
    """Give `port` as a number; raises CommandError in one sentence when it is none or something else answers there."""
    if not (port.isdecimal() and 0 < int(port) <= LAST_PORT):
        raise CommandError(f"“{port}” is not a port. Choose a number: make run PORT=8010")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError as taken:
            raise CommandError(
                f"Port {port} is taken or not allowed. Choose another: make run PORT=8010"
            ) from taken
    return int(port)
