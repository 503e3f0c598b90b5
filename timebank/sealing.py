"""Seals: a digest over the transfers of the days gone by, chained to the one before, so that nothing changes unseen.

Whoever wrote a seal down somewhere else can later show that a line was changed, added in between or taken away. What
people wrote is not in it, nor its hash, so that erasing somebody leaves every seal whole.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from timebank.models import Seal, Transfer

FIRST = "0" * 64  # what the first seal is chained to
AT_A_TIME = 2_000
# In this order for good: another order, or another column, is another digest.
SEALED = (
    *("id", "payer_id", "payee_id", "minutes", "kind", "happened_at", "recorded_at", "by_id"),
    *("on_behalf_of_id", "exchange_id", "gathering_id", "stood_in_for_id", "reverses_id", "key"),
    *("payer_balance_after", "payee_balance_after"),
)


@dataclass(frozen=True)
class BrokenSeal:
    """A seal that doesn't fit the transfers below it any more."""

    day: date
    stands: str
    should_be: str


def seal(*, at: datetime) -> Seal | None:
    """Seal every transfer written before today and not sealed yet; None when yesterday has its seal already.

    Writers wait while the newest id is read, so that no line with a lower id is still on its way.
    """
    yesterday = timezone.localdate(at) - timedelta(days=1)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE timebank_transfer IN SHARE MODE")
        last = Seal.objects.select_for_update().order_by("day").last()
        if last is not None and last.day >= yesterday:
            return None
        midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time(0)))
        older = Transfer.objects.filter(recorded_at__lt=midnight)
        first_id = last.last_id if last else 0
        # An id, not a date, is the border: clocks have been known to jump.
        newest: int = older.aggregate(newest=Max("id"))["newest"] or 0
        last_id = max(newest, first_id)
        count, digest = _digest(first_id, last_id, before=last.digest if last else FIRST)
        return Seal.objects.create(
            day=yesterday, last_id=last_id, transfers=count, digest=digest, sealed_at=at
        )


def broken() -> Iterator[BrokenSeal]:
    """Give each seal that no longer fits, oldest first; a seal is checked against the one that stands before it."""
    for before, one in pairwise([None, *Seal.objects.order_by("day")]):
        assert one is not None, "only the first of the row is none"
        _count, digest = _digest(
            before.last_id if before else 0,
            one.last_id,
            before=before.digest if before else FIRST,
        )
        if digest != one.digest:
            yield BrokenSeal(one.day, one.digest, digest)


def _digest(first_id: int, last_id: int, *, before: str) -> tuple[int, str]:
    """Give how many transfers have ids above `first_id` up to `last_id`, and SHA-256 over `before` and a line each."""
    sha, count = hashlib.sha256(before.encode()), 0
    lines = Transfer.objects.filter(id__gt=first_id, id__lte=last_id).order_by("id")
    for values in lines.values_list(*SEALED).iterator(chunk_size=AT_A_TIME):
        told = [_plain(value) for value in values]
        sha.update(b"\n" + json.dumps(told, separators=(",", ":")).encode())
        count += 1
    return count, sha.hexdigest()


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
