"""A statement that is sent very often, which PostgreSQL parses and plans once a connection.

Django writes values into the text of a statement, so PostgreSQL reads every statement anew. Its other way
(`server_side_binding`) holds for all statements of a connection; this is for one.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper


class _Prepared(psycopg.Cursor[Any]):
    """Prepares what it executes; psycopg keeps the name of the plan for as long as the connection lasts."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Prepared":
        return super().execute(query, params, **{**options, "prepare": True})


def returned(database: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Execute `sql`, which returns one row, and give that row. SQLite has no such statements and does it as always."""
    if database.vendor != "postgresql":
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            return tuple(cursor.fetchone())
    database.ensure_connection()
    opened: Any = _of(database.connection)
    # As Django wraps its own: errors become Django's, and queries are counted where somebody counts them. It is the
    # connection's, so nobody closes it; and the row is here already, so fetching it needs no wrapping.
    wrap = database.make_debug_cursor if database.queries_logged else database.make_cursor
    wrap(opened).execute(sql, values)
    row: tuple[Any, ...] = opened.fetchone()
    return row


def _of(connection: Any) -> _Prepared:
    """Give the connection's own cursor: one that has learnt already how each of the values is written."""
    kept: _Prepared | None = vars(connection).get("kith_prepared")
    if kept is None:
        kept = connection.kith_prepared = _Prepared(connection)
    return kept
