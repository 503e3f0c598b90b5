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

# Each transfer is read once and seen from both sides. `adds_up` follows the chain of balances of one account: a line
# whose balance doesn't follow from the one before means that a line between them is gone or was changed.
_QUERY = """
WITH legs AS (
    SELECT transfer.id,
           CASE side.sign WHEN 1 THEN transfer.payee_id ELSE transfer.payer_id END AS account_id,
           transfer.minutes * side.sign AS delta,
           CASE side.sign WHEN 1 THEN transfer.payee_balance_after ELSE transfer.payer_balance_after END AS after
    FROM timebank_transfer transfer
    CROSS JOIN (SELECT 1 AS sign UNION ALL SELECT -1) side
), chained AS (
    SELECT account_id, delta,
           CASE WHEN after - delta = COALESCE(LAG(after) OVER (PARTITION BY account_id ORDER BY id), 0)
                THEN 0 ELSE 1 END AS gap
    FROM legs
), summed AS (
    SELECT account_id, SUM(delta) AS total, SUM(gap) AS gaps, COUNT(*) AS lines
    FROM chained GROUP BY account_id
)
SELECT account.id, account.balance_minutes, account.floor_minutes, account.closed_at IS NOT NULL,
       COALESCE(summed.total, 0), COALESCE(summed.gaps, 0), COALESCE(summed.lines, 0)
FROM timebank_account account LEFT JOIN summed ON summed.account_id = account.id
ORDER BY account.id
"""


@dataclass(frozen=True)
class Finding:
    """Something wrong with one account. `kind` is drift, gap, floor or closed; `minutes` is by how much."""

    account_id: int
    kind: str
    minutes: int


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
        rows = [
            tuple(int(value or 0) if n != 2 else value for n, value in enumerate(row))
            for row in cursor
        ]
    findings = tuple(finding for row in rows for finding in _findings(*row))
    return Report(
        accounts=len(rows),
        transfers=sum(row[6] for row in rows) // 2,
        sum_minutes=sum(row[1] for row in rows),
        drift_minutes=sum(abs(found.minutes) for found in findings if found.kind == "drift"),
        gaps=sum(found.minutes for found in findings if found.kind == "gap"),
        floors=sum(1 for found in findings if found.kind == "floor"),
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
            "by": hours(finding.minutes, signed=True),
        }
    if finding.kind == "gap":
        return _("%(name)s: %(lines)d of its entries don’t follow from the one before.") % {
            "name": name,
            "lines": finding.minutes,
        }
    if finding.kind == "floor":
        return _("%(name)s: it is %(by)s under its floor.") % {
            "name": name,
            "by": hours(finding.minutes),
        }
    return _("%(name)s: it is closed and not at zero.") % {"name": name}


def _findings(
    account_id: int,
    balance: int,
    floor: int | None,
    closed: int,
    total: int,
    gaps: int,
    _lines: int,
) -> list[Finding]:
    found = []
    if balance != total:
        found.append(Finding(account_id, "drift", balance - total))
    if gaps:
        found.append(Finding(account_id, "gap", gaps))
    if floor is not None and balance < floor:
        found.append(Finding(account_id, "floor", floor - balance))
    if closed and balance:
        found.append(Finding(account_id, "closed", balance))
    return found
