"""The ledger: the only writer of transfers and of balances (tests/timebank/test_one_writer.py holds it).

A posting is one INSERT of one row. The database's own trigger (migration 0007) locks both accounts in id order, asks
the rules, moves both balances and fills both balances after; here its refusals get their words. What a newcomer would
get wrong: `payer` is who *received* the help.
docs/algorithms/ledger.md has the guarantees and where each is enforced.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict

from django.db import DataError, IntegrityError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import User
from timebank.models import Account, Exchange, FloorException, Gathering, Transfer
from timebank.prepared import returned


class Refused(Exception):
    """Something that can't be done with hours; the message is for the person who asked."""


class KeyReused(Refused):
    """The same key came again with something else in it."""


class BelowFloor(Refused):
    """The payer would go under the lowest it may go."""


class AccountClosed(Refused):
    """One of the accounts takes no more hours."""


class NotReversible(Refused):
    """The transfer was already put right, or is itself a putting right."""


class NoSuchPosting(Refused):
    """A posting that makes no sense: no minutes, or one account on both sides."""


# The first word of the database's refusal, and what it is to people.
_REFUSALS = {
    "minutes": (
        NoSuchPosting,
        gettext_lazy("Hours go from one account to another, and at least a minute of them."),
    ),
    "account": (NoSuchPosting, gettext_lazy("One of these accounts isn’t there.")),
    "mirror": (
        NotReversible,
        gettext_lazy("This line is already a putting right. Write the hours down anew instead."),
    ),
    "reversed": (NotReversible, gettext_lazy("This line was already put right.")),
    "closed": (AccountClosed, gettext_lazy("One of these accounts is closed.")),
    "floor": (
        BelowFloor,
        gettext_lazy("These hours can’t be counted just now. The time broker will help."),
    ),
}
_COLUMNS = (
    *("payer_id", "payee_id", "minutes", "kind", "reason", "happened_at", "recorded_at", "by_id"),
    *("on_behalf_of_id", "exchange_id", "gathering_id", "stood_in_for_id", "reverses_id"),
    *("key", "body_hash"),
)
_AFTER = ("payer_balance_after", "payee_balance_after")
_WRITTEN = ("id", *_COLUMNS, *_AFTER)
_INSERT = (
    # The id is left to the database, which draws it once it holds both accounts.
    f"INSERT INTO timebank_transfer (id, {', '.join(_COLUMNS)}) "  # noqa: S608  only names of ours
    f"VALUES (NULL, {', '.join(['%s'] * len(_COLUMNS))}) RETURNING id, {', '.join(_AFTER)}"
)

_in_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class _Posting(TypedDict):
    """What is posted. All of it is the body that a key stands for; SHA-256 of its JSON tells it from another."""

    payer_id: int
    payee_id: int
    minutes: int
    kind: str
    reason: str
    happened_at: str
    by_id: int
    on_behalf_of_id: int | None
    exchange_id: int | None
    gathering_id: int | None
    stood_in_for_id: int | None
    reverses_id: int | None


def transfer(
    *,
    payer_id: int,
    payee_id: int,
    minutes: int,
    kind: str,
    reason: str,
    happened_at: datetime,
    by: User,
    at: datetime,
    key: str,
    occasion: Exchange | Gathering | None = None,
    stood_in_for_id: int | None = None,
    on_behalf_of: User | None = None,
) -> Transfer:
    """Move whole `minutes` from `payer_id` (who received the help) to `payee_id` (who gave it), once for a `key`.

    The same key with the same body gives the first answer, however often and however many at once; with another body
    it raises KeyReused. Raises BelowFloor, AccountClosed or NoSuchPosting; then nothing was written.
    """
    posting = _Posting(
        payer_id=payer_id,
        payee_id=payee_id,
        minutes=minutes,
        kind=str(kind),
        reason=reason,
        happened_at=happened_at.astimezone(UTC).isoformat(),
        by_id=by.pk,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        exchange_id=occasion.pk if isinstance(occasion, Exchange) else None,
        gathering_id=occasion.pk if isinstance(occasion, Gathering) else None,
        stood_in_for_id=stood_in_for_id,
        reverses_id=None,
    )
    return _post_once(posting, happened_at=happened_at, at=at, key=key)


def reverse(*, transfer: Transfer, reason: str, by: User, at: datetime, key: str) -> Transfer:
    """Put `transfer` right by sending the same minutes back; both lines stay on both statements.

    Whoever has to give the minutes back may go under their floor by it; then an exception for this one line says so on
    their statement. Raises NotReversible for a second reversal (under another key) and for the reversal of a reversal.
    """
    posting = _Posting(
        payer_id=transfer.payee_id,
        payee_id=transfer.payer_id,
        minutes=transfer.minutes,
        kind=Transfer.Kind.REVERSAL.value,
        reason=reason,
        happened_at=transfer.happened_at.astimezone(UTC).isoformat(),
        by_id=by.pk,
        on_behalf_of_id=None,
        exchange_id=transfer.exchange_id,
        gathering_id=transfer.gathering_id,
        stood_in_for_id=transfer.stood_in_for_id,
        reverses_id=transfer.pk,
    )
    with transaction.atomic():
        held = lock([posting["payer_id"], posting["payee_id"]])
        try:
            return _post_once(posting, happened_at=transfer.happened_at, at=at, key=key)
        except BelowFloor:
            FloorException.objects.create(
                account_id=posting["payer_id"],
                floor_minutes=held[posting["payer_id"]].balance_minutes - posting["minutes"],
                reason=reason,
                granted_by=by,
                granted_at=at,
                ends_at=at + timedelta(seconds=1),
                reverses=transfer,
            )
            return _post_once(posting, happened_at=transfer.happened_at, at=at, key=key)


def lock(account_ids: Iterable[int]) -> dict[int, Account]:
    """Give these accounts by id, held until the transaction ends, the lowest id first.

    For whoever posts several transfers at once, or looks at a balance before deciding. A posting by itself needs none.
    """
    # NO KEY UPDATE, because rows that merely point at an account need not wait for its balance. SQLite locks the
    # whole file when the transaction begins (IMMEDIATE) and ignores this.
    held = Account.objects.select_for_update(no_key=True).filter(pk__in=account_ids)
    return {account.pk: account for account in held.order_by("pk")}


def _post_once(posting: _Posting, *, happened_at: datetime, at: datetime, key: str) -> Transfer:
    database = transaction.get_connection()
    told = {
        **posting,
        "happened_at": database.ops.adapt_datetimefield_value(happened_at),
        "recorded_at": database.ops.adapt_datetimefield_value(at),
        "key": key,
        "body_hash": hashlib.sha256(_in_json(posting).encode()).hexdigest(),
    }
    try:
        if not database.in_atomic_block:
            return _insert(told, database)
        with transaction.atomic():  # a refusal undoes this one only, and the caller may go on
            return _insert(told, database)
    except (DataError, OverflowError) as too_large:  # PostgreSQL's column, SQLite's largest integer
        raise NoSuchPosting(_("That’s more time than can be counted.")) from too_large
    except IntegrityError as clash:
        # First of all, because what was posted once may be refused today: the account was closed since.
        first = Transfer.objects.filter(key=key).first()
        if first is not None:
            return _answer_again(first, told["body_hash"])
        refusal = _REFUSALS.get(str(clash).partition(":")[0])
        if refusal is None:
            raise
        kind, words = refusal
        raise kind(words) from clash


def _insert(told: dict[str, Any], database: BaseDatabaseWrapper) -> Transfer:
    values = [told[name] for name in _COLUMNS]
    pk, *after = returned(database, _INSERT, values)
    if None in after:  # SQLite answers before its trigger has filled them in
        return Transfer.objects.get(pk=pk)
    return Transfer.from_db(database.alias, _WRITTEN, [pk, *values, *after])


def _answer_again(first: Transfer, body_hash: str) -> Transfer:
    if first.body_hash != body_hash:
        raise KeyReused(
            _("This was already sent with something else in it. Look at your hours first.")
        )
    return first
