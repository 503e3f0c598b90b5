"""The ledger: the only writer of transfers and of balances (tests/timebank/test_one_writer.py holds it).

A posting locks both accounts in id order before it reads anything, so two postings that meet wait for each other and
never lose an update or deadlock. What a newcomer would get wrong: `payer` is who *received* the help.
docs/algorithms/ledger.md has the guarantees and where each is enforced.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from people.models import User
from timebank.models import Account, Exchange, Transfer


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


@dataclass(frozen=True)
class _Posting:
    """What is posted. Everything in it is part of the body that a key stands for."""

    payer_id: int
    payee_id: int
    minutes: int
    kind: str
    reason: str
    happened_at: str
    by_id: int
    on_behalf_of_id: int | None
    exchange_id: int | None
    stood_in_for_id: int | None
    reverses_id: int | None

    def body_hash(self) -> str:
        """Give the SHA-256 of the body, in hexadecimal; the same body always gives the same."""
        body = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()


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
    exchange: Exchange | None = None,
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
        exchange_id=exchange.pk if exchange else None,
        stood_in_for_id=stood_in_for_id,
        reverses_id=None,
    )
    return _post_once(posting, happened_at=happened_at, at=at, key=key)


def reverse(*, transfer: Transfer, reason: str, by: User, at: datetime, key: str) -> Transfer:
    """Put `transfer` right by sending the same minutes back; both lines stay on both statements.

    Raises NotReversible for a second reversal (under another key) and for the reversal of a reversal, BelowFloor when
    whoever has to give the minutes back can't.
    """
    if transfer.kind == Transfer.Kind.REVERSAL:
        raise NotReversible(
            _("This line is already a putting right. Write the hours down anew instead.")
        )
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
        stood_in_for_id=transfer.stood_in_for_id,
        reverses_id=transfer.pk,
    )
    return _post_once(posting, happened_at=transfer.happened_at, at=at, key=key)


def _post_once(posting: _Posting, *, happened_at: datetime, at: datetime, key: str) -> Transfer:
    if posting.minutes <= 0 or posting.payer_id == posting.payee_id:
        raise NoSuchPosting(
            _("Hours go from one account to another, and at least a minute of them.")
        )
    try:
        with transaction.atomic():
            return _post(posting, happened_at=happened_at, at=at, key=key)
    except IntegrityError as clash:
        # Another posting with this key, between other accounts, came in between our look and our insert.
        first = Transfer.objects.filter(key=key).first()
        if first is not None:
            return _first_answer(first, posting)
        if posting.reverses_id and Transfer.objects.filter(reverses=posting.reverses_id).exists():
            raise NotReversible(_("This line was already put right.")) from clash
        raise


def _post(posting: _Posting, *, happened_at: datetime, at: datetime, key: str) -> Transfer:
    payer, payee = _locked(posting.payer_id, posting.payee_id)
    first = Transfer.objects.filter(key=key).first()
    if first is not None:
        return _first_answer(first, posting)
    if posting.reverses_id and Transfer.objects.filter(reverses=posting.reverses_id).exists():
        raise NotReversible(_("This line was already put right."))
    if payer.closed_at or payee.closed_at:
        raise AccountClosed(_("One of these accounts is closed."))
    payer_after = payer.balance_minutes - posting.minutes
    payee_after = payee.balance_minutes + posting.minutes
    if payer.floor_minutes is not None and payer_after < payer.floor_minutes:
        raise BelowFloor(_("These hours can’t be counted just now. The time broker will help."))
    posted = Transfer.objects.create(
        payer=payer,
        payee=payee,
        minutes=posting.minutes,
        kind=posting.kind,
        reason=posting.reason,
        happened_at=happened_at,
        recorded_at=at,
        by_id=posting.by_id,
        on_behalf_of_id=posting.on_behalf_of_id,
        exchange_id=posting.exchange_id,
        stood_in_for_id=posting.stood_in_for_id,
        reverses_id=posting.reverses_id,
        key=key,
        body_hash=posting.body_hash(),
        payer_balance_after=payer_after,
        payee_balance_after=payee_after,
    )
    _move(payer, to=payer_after)
    _move(payee, to=payee_after)
    return posted


def _locked(payer_id: int, payee_id: int) -> tuple[Account, Account]:
    # NO KEY UPDATE, because rows that merely point at an account need not wait for its balance. SQLite locks the
    # whole file when the transaction begins (IMMEDIATE) and ignores this.
    found = {
        account.pk: account
        for account in Account.objects.select_for_update(no_key=True)
        .filter(pk__in=[payer_id, payee_id])
        .order_by("pk")
    }
    if len(found) != 2:
        raise NoSuchPosting(_("One of these accounts isn’t there."))
    return found[payer_id], found[payee_id]


def _move(account: Account, *, to: int) -> None:
    moved = Account.objects.filter(pk=account.pk).update(balance_minutes=to)
    # An update that finds no row would destroy hours; the transaction is undone instead.
    assert moved == 1, f"account {account.pk} vanished while it was locked"
    account.balance_minutes = to


def _first_answer(first: Transfer, posting: _Posting) -> Transfer:
    if first.body_hash != posting.body_hash():
        raise KeyReused(
            _("This was already sent with something else in it. Look at your hours first.")
        )
    return first
