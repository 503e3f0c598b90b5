"""`python -m bench.ledger`: what posting an hour costs, beside a bare INSERT into the same table.

Budget: flat in history, that is, an account with ten thousand transfers behind it posts as quickly as a new one.
On SQLite writers take turns by design, so only PostgreSQL shows what four at once can do.
"""

import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from bench.database import temporary_database
from bench.table import parser, tell
from people.models import Area, Family, Place, User
from timebank.ledger import transfer
from timebank.models import Account, Transfer
from timebank.reconcile import reconcile

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SHORT_HISTORY = 100
LONG_HISTORY = 10_000
POSTINGS = 300
WRITERS = 4


def accounts(how_many: int, broker: User) -> list[Account]:
    """Open accounts for made-up families, each with a floor far below what is posted here."""
    place, _ = Place.objects.get_or_create(
        reference="bench",
        defaults={"name": "Bench", "kind": "town", "latitude": 52, "longitude": -2},
    )
    Area.objects.get_or_create(name="Bench")
    made = []
    for number in range(how_many):
        family = Family.objects.create(
            display_name=f"Family {number}",
            place=place,
            coach=broker,
            cell_latitude=52,
            cell_longitude=-2,
            applied_on=AT.date(),
        )
        made.append(
            Account.objects.create(
                kind="family", family=family, floor_minutes=-(10**9), opened_at=AT
            )
        )
    return made


def post(payer: Account, payee: Account, broker: User, number: int) -> None:
    """Post one minute through the ledger, under a key of its own."""
    transfer(
        payer_id=payer.pk,
        payee_id=payee.pk,
        minutes=1,
        kind=Transfer.Kind.EXCHANGE,
        reason="bench",
        happened_at=AT + timedelta(minutes=number),
        by=broker,
        at=AT,
        key=f"bench-{uuid.uuid4()}",
    )


def insert(payer: Account, payee: Account, broker: User, number: int) -> None:
    """Write the same row with bare SQL in a transaction: no locks, no floor, no balances. The least it can cost."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO timebank_transfer (payer_id, payee_id, minutes, kind, reason, happened_at, recorded_at,"
            " by_id, key, body_hash, payer_balance_after, payee_balance_after)"
            " VALUES (%s, %s, 1, 'exchange', 'bench', %s, %s, %s, %s, %s, 0, 0)",
            [payer.pk, payee.pk, AT, AT, broker.pk, f"bare-{uuid.uuid4()}", "0" * 64],
        )


def per_second(
    work: Callable[[Account, Account, User, int], None],
    pairs: list[tuple[Account, Account]],
    broker: User,
) -> float:
    """Give how many of `work` a second get done, with one writer for each pair of accounts, all at once."""
    start = threading.Barrier(len(pairs) + 1)
    failed: list[BaseException] = []

    def write(payer: Account, payee: Account) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            for number in range(POSTINGS):
                work(payer, payee, broker, number)
        except BaseException as error:
            failed.append(error)
            start.abort()
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=pair) for pair in pairs]
    for writer in writers:
        writer.start()
    start.wait()
    before = time.perf_counter()
    for writer in writers:
        writer.join()
    spent = time.perf_counter() - before
    if failed:
        raise failed[0]
    return len(pairs) * POSTINGS / spent


def with_history(payer: Account, payee: Account, broker: User, transfers: int) -> None:
    """Give two accounts a past of so many transfers, written through the ledger like any other."""
    for number in range(transfers):
        post(payer, payee, broker, number)


def measured() -> tuple[list[dict[str, object]], dict[str, float]]:
    """Measure in the database at hand; raises AssertionError when the books don't balance afterwards."""
    broker = User.objects.create_user("broker@example.org", "a-long-password", name="Broker")
    opened = accounts(2 * WRITERS + 4, broker)
    short, long = (opened[0], opened[1]), (opened[2], opened[3])
    others = list(zip(opened[4::2], opened[5::2], strict=True))
    with_history(*short, broker, SHORT_HISTORY)
    with_history(*long, broker, LONG_HISTORY)
    crossed = [
        pair if number % 2 else pair[::-1] for number, pair in enumerate([others[0]] * WRITERS)
    ]
    found = {
        f"1 writer, {SHORT_HISTORY} behind": per_second(post, [short], broker),
        f"1 writer, {LONG_HISTORY} behind": per_second(post, [long], broker),
        f"{WRITERS} writers, accounts of their own": per_second(post, others, broker),
        f"{WRITERS} writers, the same two accounts": per_second(post, crossed, broker),
    }
    books = reconcile(at=AT)
    assert books.balances, "The books don't balance."
    # Last, because rows that went round the ledger make the books untrue.
    found["bare INSERT, 1 writer"] = per_second(insert, [short], broker)
    found[f"bare INSERT, {WRITERS} writers"] = per_second(insert, others, broker)
    rows = [{"posting": what, "a second": rate} for what, rate in found.items()]
    new, old, apart, hot, bare, bare_many = found.values()
    return rows, {
        f"time with {LONG_HISTORY} behind / {SHORT_HISTORY} behind (budget: flat)": new / old,
        "time of a posting / bare INSERT, 1 writer": bare / new,
        f"time of a posting / bare INSERT, {WRITERS} writers": bare_many / apart,
        f"throughput of {WRITERS} writers / 1, accounts of their own": apart / new,
        f"throughput of {WRITERS} writers / 1, the same two accounts": hot / new,
    }


def main() -> None:
    """Measure in a temporary database."""
    arguments = parser(__doc__.split("\n")[0]).parse_args()
    with temporary_database() as vendor:
        rows, ratios = measured()
    tell(f"bench.ledger on {vendor}", rows, ratios, as_json=arguments.json)


if __name__ == "__main__":
    main()
