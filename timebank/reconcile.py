"""Do the books balance? Every balance recomputed another way: in SQL, from the transfers alone, in one pass.

The ledger keeps a balance beside each account and on each line; here neither is believed. timebank.glance says in one
pass whether anything is wrong; then, or when asked to be thorough, each account's lines are followed in their order,
which takes a sort of all of them. A finding is never mended by this module: somebody has to look.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

from people.saying import hours
from timebank.glance import EXCEPTED, glance
from timebank.models import Account

# The public page is open to everybody; it looks again at most once in this time.
PUBLIC_SECONDS = 300
_PUBLIC_KEY = "timebank-books"

# Each transfer is read once and seen from both sides. `gap` follows the chain of balances of one account: a line
# whose balance doesn't follow from the one before means that a line between them is gone or was changed. `low` marks a
# payer's line that goes under the floor although no exception let it.
_QUERY = f"""
WITH legs AS (
    SELECT line.id,
           CASE side.sign WHEN 1 THEN line.payee_id ELSE line.payer_id END AS account_id,
           line.minutes * side.sign AS delta,
           CASE side.sign WHEN 1 THEN line.payee_balance_after ELSE line.payer_balance_after END AS after,
           CASE WHEN side.sign = -1 AND line.payer_balance_after < payer.floor_minutes AND NOT {EXCEPTED}
                THEN 1 ELSE 0 END AS low
    FROM timebank_transfer line
    LEFT JOIN timebank_account payer ON payer.id = line.payer_id
    CROSS JOIN (SELECT 1 AS sign UNION ALL SELECT -1) side
), chained AS (
    SELECT account_id, delta, low,
           CASE WHEN after - delta = COALESCE(LAG(after) OVER (PARTITION BY account_id ORDER BY legs.id), 0)
                THEN 0 ELSE 1 END AS gap
    FROM legs
), summed AS (
    SELECT account_id, SUM(delta) AS total, SUM(gap) AS gaps, SUM(low) AS lows, COUNT(*) AS lines
    FROM chained GROUP BY account_id
)
SELECT known.id, account.id IS NOT NULL, COALESCE(account.balance_minutes, 0), account.closed_at IS NOT NULL,
       COALESCE(summed.total, 0), COALESCE(summed.gaps, 0), COALESCE(summed.lows, 0), COALESCE(summed.lines, 0)
FROM (SELECT id FROM timebank_account UNION SELECT account_id FROM summed) known
LEFT JOIN timebank_account account ON account.id = known.id
LEFT JOIN summed ON summed.account_id = known.id
ORDER BY known.id
"""  # noqa: S608  only words of ours


@dataclass(frozen=True)
class Finding:
    """Something wrong with one account: `kind` is drift or closed (`much` in minutes), gap or floor (in lines).

    Or the account isn't there, and lines name it: kind gone, `much` in lines.
    """

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


def reconcile(
    *, at: datetime, thorough: bool = False, told: Callable[[int, int], None] | None = None
) -> Report:
    """Give what the books look like now. `at` is only written down; `told` hears how far a long look is.

    `thorough` follows the order of every account's lines as well. SQLite always does.
    """
    seen = None if thorough else glance(told)
    if seen is not None:
        return Report(**vars(seen), drift_minutes=0, gaps=0, floors=0, findings=(), checked_at=at)
    with connection.cursor() as cursor:
        cursor.execute(_QUERY)
        rows = [_Row(*(int(value) for value in row)) for row in cursor]
    findings = tuple(finding for row in rows for finding in _findings(row))
    return Report(
        accounts=sum(row.there for row in rows),
        transfers=sum(row.lines for row in rows) // 2,
        sum_minutes=sum(row.balance for row in rows),
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
    if finding.kind == "gone":
        return _("Account %(id)d isn’t there, and %(lines)d lines name it.") % {
            "id": finding.account_id,
            "lines": finding.much,
        }
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


class _Row(NamedTuple):
    account_id: int
    there: int
    balance: int
    closed: int
    total: int
    gaps: int
    lows: int
    lines: int


def _findings(row: _Row) -> list[Finding]:
    if not row.there:
        return [Finding(row.account_id, "gone", row.lines)]
    found = [
        Finding(row.account_id, "drift", row.balance - row.total),
        Finding(row.account_id, "gap", row.gaps),
        Finding(row.account_id, "floor", row.lows),
        Finding(row.account_id, "closed", row.balance if row.closed else 0),
    ]
    return [finding for finding in found if finding.much]
