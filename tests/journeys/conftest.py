"""A real server, a real browser, and people who notice what is wrong with a page.

The demonstration community is loaded once into the test database and the whole folder walks in it; the database is
not emptied between tests, because a ledger that could be emptied would not be one.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from io import StringIO

import pytest
import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.journeys.people import Person
from tests.journeys.run import chromium

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # sync Playwright keeps a loop in this thread

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def community(django_db_blocker) -> Iterator[None]:
    """The demonstration community, in a test database, for as long as the tests run."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        call_command("demo", "--force", stdout=StringIO(), stderr=StringIO())
        yield
        hang_up_the_others()
        connections.close_all()
        teardown_databases(made, verbosity=0)


def hang_up_the_others() -> None:
    """Close what the server's threads left open; PostgreSQL keeps a database that somebody is connected to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def address(community: None) -> Iterator[str]:
    """The address of a server of this very code, with sockets, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config("config.asgi:application", host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.05)
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def playwright(address: str) -> Iterator[Playwright]:
    """Playwright, which drives the browser; after the loading, which must not meet its loop in this thread."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The distribution's Chromium."""
    started = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
    yield started
    started.close()


@pytest.fixture
def meet(browser: Browser, address: str) -> Iterator[object]:
    """Give a function that brings in a person with a browser context of their own, on a phone by default."""
    met: list[Person] = []

    def bring_in(name: str, **how: object) -> Person:
        person = Person(name, browser, address, **how)
        met.append(person)
        return person

    yield bring_in
    for person in met:
        person.leave()
    assert [(person.name, person.troubles) for person in met if person.troubles] == []


@pytest.fixture(autouse=True)
def quick_tests_only_here() -> None:
    """Refuse to run against a server's settings: the demonstration has a known password."""
    assert settings.SETTINGS_MODULE == "config.settings_test"
