"""Is anything wrong with the books at all? One look at each transfer, on PostgreSQL, without sorting or grouping.

An account's lines are steps: each goes from the balance before to the balance after. When nothing is missing or
changed, every balance that a step leaves is one that a step reached, save for the nothing it all began with and the
balance the account has now:

    all balances before + the balance now  =  all balances after + 0      (as collections, account by account)

Both sides are added up as 64-bit hashes of (account, balance), so they are equal by chance less than once in 10^18.
Equality proves that every balance is the sum of its lines. It says nothing about their order: lines that together went
out and back to the same balances on both accounts could be missing. timebank.reconcile follows the order when it is
asked to be thorough, and seals cover what is older than a night. Whatever doesn't fit here is looked for there,
account by account.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

AT_A_TIME = 1_000_000  # ids, then whoever waits is told how far it is

# A line under its payer's floor (of `line`) that no exception let through. Where it ends between two lines, the id
# decides: a payment that was decided before may carry a later time.
EXCEPTED = """
    EXISTS (
        SELECT 1 FROM timebank_floorexception granted
        WHERE granted.account_id = line.payer_id AND granted.floor_minutes <= line.payer_balance_after
          AND granted.granted_at <= line.recorded_at AND line.recorded_at < granted.ends_at
          AND (granted.revoked_at IS NULL OR line.recorded_at < granted.revoked_at
               OR line.id <= granted.revoked_after_id)
          AND (granted.reverses_id IS NULL OR granted.reverses_id = line.reverses_id)
    )
"""


def _hashes(balance: str, account: str) -> str:
    return f"COALESCE(SUM(hashint8extended({balance}, {account})), 0)"


_ACCOUNTS = f"""
SELECT COUNT(*), COALESCE(SUM(balance_minutes), 0),
       {_hashes("balance_minutes", "id")} - {_hashes("0", "id")},
       COUNT(*) FILTER (WHERE closed_at IS NOT NULL AND balance_minutes <> 0),
       MAX(floor_minutes),
       ARRAY(SELECT id FROM timebank_account WHERE floor_minutes IS NULL),
       (SELECT COALESCE(MAX(id), 0) FROM timebank_transfer)
FROM timebank_account
"""  # noqa: S608  only words of ours
# No line is under its floor when none is under the highest floor of all; that needs no account beside each line.
_LINES = f"""
SELECT COUNT(*),
       {_hashes("payee_balance_after", "payee_id")}
       - {_hashes("payee_balance_after - minutes", "payee_id")}
       + {_hashes("payer_balance_after", "payer_id")}
       - {_hashes("payer_balance_after + minutes", "payer_id")},
       COUNT(*) FILTER (WHERE payer_balance_after < %(highest)s AND payer_id <> ALL(%(floorless)s::bigint[]))
FROM timebank_transfer
WHERE id > %(above)s AND id <= %(upto)s
"""  # noqa: S608  only words of ours
_UNDER = f"""
SELECT COUNT(*)
FROM timebank_transfer line JOIN timebank_account payer ON payer.id = line.payer_id
WHERE line.payer_balance_after < %(highest)s AND line.payer_balance_after < payer.floor_minutes AND NOT {EXCEPTED}
"""  # noqa: S608  only words of ours


@dataclass(frozen=True)
class Glance:
    """What was counted on the way, when all fits."""

    accounts: int
    transfers: int
    sum_minutes: int


def glance(told: Callable[[int, int], None] | None = None) -> Glance | None:
    """Give what was counted when all fits, None when something doesn't or when this database can't say.

    In books with more than a million ids `told` hears after each million how far it is and where the end is. Nothing is
    written.
    """
    if connection.vendor != "postgresql":
        return None
    with _one_moment(), connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS)
        accounts, total, reached, closed_with_hours, highest, floorless, newest = cursor.fetchone()
        floors = {"highest": highest, "floorless": floorless}
        transfers = stepped = low = 0
        for above in range(0, newest, AT_A_TIME):
            upto = min(above + AT_A_TIME, newest)
            cursor.execute(_LINES, {**floors, "above": above, "upto": upto})
            some, steps, lower = cursor.fetchone()
            transfers, stepped, low = transfers + some, stepped + steps, low + lower
            if told and newest > AT_A_TIME:
                told(upto, newest)
        if low:
            cursor.execute(_UNDER, floors)
            (low,) = cursor.fetchone()
    if closed_with_hours or low or stepped != reached:
        return None
    return Glance(accounts=accounts, transfers=transfers, sum_minutes=int(total))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let every statement see the books of the same moment. In somebody's transaction each sees its own; what doesn't
    fit for that reason is looked at again, account by account, in one statement.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
