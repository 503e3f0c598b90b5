"""Do the books balance? Every balance recomputed another way: in SQL, from the transfers alone, in one pass.

The ledger keeps a balance beside each account and on each line; here neither is believed. A finding is never mended
by this module: somebody has to look.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

from people.saying import hours
from timebank.models import Account

# The public page is open to everybody; it looks again at most once in this time.
PUBLIC_SECONDS = 300
_PUBLIC_KEY = "timebank-books"

# Each transfer is read once and seen from both sides. `gap` follows the chain of balances of one account: a line
# whose balance doesn't follow from the one before means that a line between them is gone or was changed. `low` marks a
# payer's line that goes under the floor although no exception let it.
_QUERY = """
WITH legs AS (
    SELECT transfer.id,
           CASE side.sign WHEN 1 THEN transfer.payee_id ELSE transfer.payer_id END AS account_id,
           transfer.minutes * side.sign AS delta, transfer.recorded_at, transfer.reverses_id,
           CASE side.sign WHEN 1 THEN transfer.payee_balance_after ELSE transfer.payer_balance_after END AS after
    FROM timebank_transfer transfer
    CROSS JOIN (SELECT 1 AS sign UNION ALL SELECT -1) side
), chained AS (
    SELECT account_id, delta,
           CASE WHEN after - delta = COALESCE(LAG(after) OVER (PARTITION BY account_id ORDER BY legs.id), 0)
                THEN 0 ELSE 1 END AS gap,
           CASE WHEN delta < 0 AND after < payer.floor_minutes AND NOT EXISTS (
               SELECT 1 FROM timebank_floorexception granted
               WHERE granted.account_id = legs.account_id AND granted.floor_minutes <= legs.after
                 AND granted.granted_at <= legs.recorded_at AND legs.recorded_at < granted.ends_at
                 AND (granted.revoked_at IS NULL OR legs.recorded_at < granted.revoked_at
                      OR legs.id <= granted.revoked_after_id)
                 AND (granted.reverses_id IS NULL OR granted.reverses_id = legs.reverses_id)
           ) THEN 1 ELSE 0 END AS low
    FROM legs JOIN timebank_account payer ON payer.id = legs.account_id
), summed AS (
    SELECT account_id, SUM(delta) AS total, SUM(gap) AS gaps, SUM(low) AS lows, COUNT(*) AS lines
    FROM chained GROUP BY account_id
)
SELECT account.id, account.balance_minutes, account.closed_at IS NOT NULL,
       COALESCE(summed.total, 0), COALESCE(summed.gaps, 0), COALESCE(summed.lows, 0), COALESCE(summed.lines, 0)
FROM timebank_account account LEFT JOIN summed ON summed.account_id = account.id
ORDER BY account.id
"""


@dataclass(frozen=True)
class Finding:
    """Something wrong with one account: `kind` is drift or closed (`much` in minutes), gap or floor (in lines)."""

    account_id: int
    kind: str
    much: int


@dataclass(frozen=True)
class Report:
    """What was counted and what was found. The books balance when `sum_minutes` is 0 and nothing was found."""

    accounts: int
    transfers: int
    sum_minutes: int
    drift_minutes: int
    gaps: int
    floors: int
    findings: tuple[Finding, ...]
    checked_at: datetime

    @property
    def balances(self) -> bool:
        """Say whether all is well."""
        return self.sum_minutes == 0 and not self.findings

    def as_json(self) -> dict[str, Any]:
        """Give the report for machines; accounts by id, never by name."""
        told = asdict(self)
        return {**told, "checked_at": self.checked_at.isoformat(), "balances": self.balances}


def reconcile(*, at: datetime) -> Report:
    """Give what the books look like now. `at` is only written down."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY)
        rows = [tuple(int(value) for value in row) for row in cursor]
    findings = tuple(finding for row in rows for finding in _findings(*row))
    return Report(
        accounts=len(rows),
        transfers=sum(row[6] for row in rows) // 2,
        sum_minutes=sum(row[1] for row in rows),
        drift_minutes=sum(abs(found.much) for found in findings if found.kind == "drift"),
        gaps=sum(found.much for found in findings if found.kind == "gap"),
        floors=sum(found.much for found in findings if found.kind == "floor"),
        findings=findings,
        checked_at=at,
    )


def latest(*, at: datetime) -> Report:
    """Give a report at most five minutes old, for the public page."""
    kept: Report | None = cache.get(_PUBLIC_KEY)
    if kept is None:
        kept = reconcile(at=at)
        cache.set(_PUBLIC_KEY, kept, PUBLIC_SECONDS)
    return kept


def in_words(finding: Finding) -> str:
    """Give one finding as a sentence that names the account."""
    account = Account.objects.with_owners().get(pk=finding.account_id)
    name = f"Account {account.pk} ({account})"
    if finding.kind == "drift":
        return _("%(name)s: its balance is %(by)s away from its transfers.") % {
            "name": name,
            "by": hours(finding.much, signed=True),
        }
    if finding.kind == "gap":
        return _("%(name)s: %(lines)d of its entries don’t follow from the one before.") % {
            "name": name,
            "lines": finding.much,
        }
    if finding.kind == "floor":
        return _("%(name)s: %(lines)d of its lines go under its floor without an exception.") % {
            "name": name,
            "lines": finding.much,
        }
    return _("%(name)s: it is closed and not at zero.") % {"name": name}


def _findings(
    account_id: int, balance: int, closed: int, total: int, gaps: int, lows: int, _lines: int
) -> list[Finding]:
    found = [
        Finding(account_id, "drift", balance - total),
        Finding(account_id, "gap", gaps),
        Finding(account_id, "floor", lows),
        Finding(account_id, "closed", balance if closed else 0),
    ]
    return [finding for finding in found if finding.much]
