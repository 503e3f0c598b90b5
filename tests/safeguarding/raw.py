"""Raw SQL, for the tests that try what no door of Kith's would let through."""

import pytest
from django.db import DatabaseError, connection, transaction


def refused(sql: str) -> str:
    """Give the database's own words when it refuses, and fail when it doesn't."""
    with pytest.raises(DatabaseError) as told, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(told.value)
