"""A cursor for a statement that is sent very often: PostgreSQL parses and plans it once a connection.

Django writes values into the text of a statement, so PostgreSQL reads every statement anew. Its other way
(`server_side_binding`) holds for all statements of a connection; this is for one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


class _Prepared(psycopg.Cursor[Any]):
    """Prepares what it executes; psycopg keeps the name of the plan for as long as the connection lasts."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Prepared":
        return super().execute(query, params, **{**options, "prepare": True})


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """Give a cursor like `connection.cursor()`; on SQLite, which has no such statements, exactly that one."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.ensure_connection()
    with connection.wrap_database_errors:
        opened: Any = _Prepared(connection.connection)
    # As Django wraps its own: errors become Django's, and queries are counted where somebody counts them.
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(opened) as cursor:
        yield cursor
