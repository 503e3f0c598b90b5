"""Raw SQL against the books, for the tests that try what no door of Kith's would let through."""

import pytest
from django.db import DatabaseError, connection, transaction

from timebank.models import Account

COLUMNS = (
    "payer_id, payee_id, minutes, kind, reason, happened_at, recorded_at, by_id, key, body_hash, "
    "reverses_id, stood_in_for_id"
)


def refused(sql: str, values: list | None = None) -> str:
    """Give the database's own words when it refuses, and fail when it does not."""
    with pytest.raises(DatabaseError) as told, transaction.atomic():
        run(sql, values or [])
    return str(told.value)


def run(sql: str, values: list) -> None:
    """Run one statement and what the database would check only at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    connection.check_constraints()


def row_of(neighbours, now, **fields) -> dict:
    """Give a row that nothing is wrong with, save for `fields`."""
    return {
        "payer_id": neighbours.amara.pk,
        "payee_id": neighbours.denise.pk,
        "minutes": 30,
        "kind": "exchange",
        "reason": "",
        "happened_at": now,
        "recorded_at": now,
        "by_id": neighbours.amara_user.pk,
        "key": "raw",
        "body_hash": "",
        "reverses_id": None,
        "stood_in_for_id": None,
        **fields,
    }


def into(rows: list[dict], *, then: str = "") -> tuple[str, list]:
    """Give the statement that writes rows, and its values."""
    places = f"({', '.join(['%s'] * len(rows[0]))})"
    sql = (
        f"INSERT INTO timebank_transfer ({COLUMNS}) VALUES {', '.join([places] * len(rows))} {then}"
    )
    return sql, [value for row in rows for value in row.values()]


def insert(neighbours, now, **fields) -> str:
    """Try to slip a row past the ledger."""
    return refused(*into([row_of(neighbours, now, **fields)]))


def balances(*accounts: Account) -> list[int]:
    """Give what the accounts have."""
    return [Account.objects.get(pk=account.pk).balance_minutes for account in accounts]
