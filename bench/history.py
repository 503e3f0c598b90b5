"""A long history: written in bulk, then posting on top of it, statements into its depth, and checking all of it."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import connection, transaction

from bench.table import Row, seconds
from bench.writers import AT, Load
from people.models import Area, Family, Place, User
from timebank.models import Account, Transfer
from timebank.reconcile import reconcile
from timebank.statements import PAGE, statement

FLOOR = -(10**9)  # far below what is posted here
AT_A_TIME = 100_000
PAGES_READ = 15  # a page takes about as long as a clock is coarse
COLUMNS = (
    "payer_id, payee_id, minutes, kind, reason, happened_at, recorded_at, by_id, key, body_hash"
)
# Row k goes from one payer to the payees in turn; each begins with what it has.
FILL = f"""
INSERT INTO timebank_transfer ({COLUMNS}, payer_balance_after, payee_balance_after)
SELECT %(payer)s, account.id, 1, 'exchange', 'bench', %(at)s, %(at)s, %(by)s,
       'history:' || %(payer)s || ':' || k, repeat('0', 64),
       %(had)s - k - 1, account.balance_minutes + k / %(payees)s - %(first)s / %(payees)s + 1
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS k
JOIN (SELECT id, balance_minutes, row_number() OVER (ORDER BY id) - 1 AS place
      FROM timebank_account WHERE id = ANY(%(ids)s)) account ON account.place = k %% %(payees)s
ORDER BY k
"""
MOVE = """
UPDATE timebank_account SET balance_minutes = moved.after
FROM (SELECT DISTINCT ON (payee_id) payee_id, payee_balance_after AS after FROM timebank_transfer
      WHERE payer_id = %(payer)s ORDER BY payee_id, id DESC) moved
WHERE timebank_account.id = moved.payee_id
"""


def open_accounts(how_many: int, broker: User) -> tuple[int, ...]:
    """Open accounts for made-up families and give their ids, which have no gaps."""
    place, _ = Place.objects.get_or_create(
        reference="bench",
        defaults={"name": "Bench", "kind": "town", "latitude": 52, "longitude": -2},
    )
    Area.objects.get_or_create(name="Bench")
    families = Family.objects.bulk_create(
        Family(
            display_name=f"Family {number}",
            place=place,
            coach=broker,
            cell_latitude=52,
            cell_longitude=-2,
            applied_on=AT.date(),
        )
        for number in range(how_many)
    )
    opened = Account.objects.bulk_create(
        Account(kind="family", family=family, floor_minutes=FLOOR, opened_at=AT)
        for family in families
    )
    return tuple(account.pk for account in opened)


def fill(load: Load, transfers: int) -> None:
    """Give the payer of `load` a past of so many transfers to its payees in turn.

    On PostgreSQL the owner of the tables writes them with the triggers off, and the balances beside them, which
    takes far less time. SQLite can't switch a trigger off, so there each row is a posting like any other.
    """
    (payer,) = load.payers
    if connection.vendor == "postgresql":
        with _triggers_off():
            _fill_beside_the_triggers(load, transfers)
        return
    rows = (
        (
            *(payer, load.payees[k % len(load.payees)], 1, "exchange", "bench", AT, AT),
            *(load.by_id, f"history:{payer}:{k}", "0" * 64),
        )
        for k in range(transfers)
    )
    places = ", ".join(["%s"] * len(COLUMNS.split(",")))
    with transaction.atomic(), connection.cursor() as cursor:
        while some := list(islice(rows, AT_A_TIME)):
            cursor.executemany(f"INSERT INTO timebank_transfer ({COLUMNS}) VALUES ({places})", some)


def settle() -> None:
    """Let the database look at what was written, as it would have done over the years."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def pages(account_id: int, transfers: int) -> list[Row]:
    """Time the first, the middle and the last page of the statement of an account with so many transfers."""
    account = Account.objects.get(pk=account_id)
    lines = Transfer.objects.filter(payer_id=account_id).order_by("id").values_list("id", flat=True)
    found = []
    for name, before in (
        ("first", None),
        ("middle", lines[transfers // 2]),
        ("last", lines[PAGE]),
    ):
        page = statement(account, before=before)
        assert len(page.lines) == PAGE
        spent = seconds(lambda before=before: statement(account, before=before), times=PAGES_READ)
        found.append({"what": f"statement, {name} page of {transfers:,}", "p50 ms": 1000 * spent})
    return found


def checking(*, times: int) -> tuple[list[Row], float]:
    """Time check_ledger beside reading the table once from end to end, by turns; give the ratio of the two."""
    reconciled, read = [], []
    for _ in range(times):
        reconciled.append(seconds(lambda: reconcile(at=AT), times=1))
        with _only_sequential_scans():
            read.append(seconds(_read_all, times=1))
    report = reconcile(at=AT)
    assert report.balances, f"The books don't balance: {report.findings[:5]}"
    middle = [statistics.median(spent) for spent in (reconciled, read)]
    ratio = statistics.median(slow / quick for slow, quick in zip(reconciled, read, strict=True))
    rows = [
        {"what": f"{name}, {report.transfers:,} transfers", "p50 ms": 1000 * spent}
        for name, spent in zip(("check_ledger", "sequential scan"), middle, strict=True)
    ]
    return rows, ratio


def _fill_beside_the_triggers(load: Load, transfers: int) -> None:
    (payer,) = load.payers
    with connection.cursor() as cursor:
        for first in range(0, transfers, AT_A_TIME):
            last = min(first + AT_A_TIME, transfers) - 1
            told = {
                "payer": payer,
                "had": 0,
                "at": AT,
                "by": load.by_id,
                "first": first,
                "last": last,
                "ids": list(load.payees),
                "payees": len(load.payees),
            }
            cursor.execute(FILL, told)
            cursor.execute(MOVE, told)
        cursor.execute(
            "UPDATE timebank_account SET balance_minutes = %s WHERE id = %s", [-transfers, payer]
        )


def _read_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(minutes) FROM timebank_transfer")
        cursor.fetchone()


@contextmanager
def _triggers_off() -> Iterator[None]:
    tables = ("timebank_transfer", "timebank_account")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@contextmanager
def _only_sequential_scans() -> Iterator[None]:
    """SQLite reads a table from end to end by itself, because no index holds the minutes."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in ("enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan"):
            cursor.execute(f"SET LOCAL {setting} = off")
        yield
