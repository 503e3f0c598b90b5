"""What every test is given: a quiet clock to pass in, and the cast."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from tests import cast


@pytest.fixture
def now() -> datetime:
    """A Friday morning in November; domain functions are told the time, so tests tell it too."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def town(db) -> cast.Town:
    """Two areas with a coach each, and a few named people in them."""
    return cast.town()


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A page read in another language leaves it switched on in this thread; the next test begins in English."""
    yield
    translation.deactivate()


@pytest.fixture
def four_languages(settings) -> None:
    """The pages offered in four languages, one of them read from the right, as if all were translated."""
    settings.LANGUAGES = [
        ("en-gb", "English"),
        ("cy", "Cymraeg"),
        ("pl", "Polski"),
        ("ur", "اردو"),
    ]


@pytest.fixture(scope="session", autouse=True)
def flush_may_empty_the_books(django_db_setup):
    """Tests of several connections end by emptying every table, which the ledger's own triggers refuse."""
    plainly = connection.ops.sql_flush

    def flush(style, tables, **options):
        if connection.vendor == "postgresql":
            # As a replica does: no trigger, no foreign key asked. TRUNCATE, which Django would send, takes most of a
            # second for a hundred tables that are nearly all empty.
            names = (connection.ops.quote_name(table) for table in tables)
            return [
                "SET LOCAL session_replication_role = replica",
                *(f"DELETE FROM {name}" for name in names),
            ]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_kept'"
            )
            triggers = cursor.fetchall()
        return [
            *(f'DROP TRIGGER "{name}"' for name, _made in triggers),
            *plainly(style, tables, **options),
            *(made for _name, made in triggers),
        ]

    connection.ops.sql_flush = flush
    yield
    connection.ops.sql_flush = plainly


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that commit start from what the migrations wrote, not from an empty database."""
    for item in items:
        if _commits(item):
            item.fixturenames.append("django_db_serialized_rollback")  # type: ignore[attr-defined]
            for marker in item.iter_markers("django_db"):
                marker.kwargs["serialized_rollback"] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put back what the migrations wrote (the first pages, the pot) after a test that emptied every table.

    Django orders its own tests so that nobody notices; tests spread over processes come in any order.
    """
    yield
    if nextitem is not None and _commits(item):  # after the last, the database itself is gone
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = getattr(item, "fixturenames", [])
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in asked
