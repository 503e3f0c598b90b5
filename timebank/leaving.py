"""Leaving with hours: give them away, have them written off by two people, and close the account at nothing.

Every way out is an ordinary transfer, so the books stay at zero. A newcomer would let a leaver's debt simply vanish.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User
from timebank import accounts, ledger
from timebank.models import Account, Exchange, Transfer, WriteOff


class CannotLeave(ledger.Refused):
    """The account can't be emptied or closed like this; the message says what to do instead."""


def donate(
    *, account: Account, to: Account, minutes: int, words: str, by: User, at: datetime, key: str
) -> Transfer:
    """Give `minutes` of what `account` has to the pot or to somebody else; nobody gives what they don't have.

    `by` acts for the account. The same `key` gives the first answer.
    """
    if not accounts.acts_for(by, account):
        raise CannotLeave(_("You can give away your own hours, not somebody else’s."))
    with transaction.atomic():
        held = ledger.lock([account.pk, to.pk])[account.pk]
        known = Transfer.objects.filter(key=key).first()
        if known is None and minutes > held.balance_minutes:
            raise CannotLeave(_("You can give away what you have, and no more."))
        return ledger.transfer(
            payer_id=account.pk,
            payee_id=to.pk,
            minutes=minutes,
            kind=Transfer.Kind.GIFT,
            reason=words,
            # A second sending comes later; it is the same gift all the same.
            happened_at=known.happened_at if known else at,
            by=by,
            at=at,
            key=key,
        )


@transaction.atomic
def ask_to_write_off(*, account: Account, reason: str, by: User, at: datetime) -> WriteOff:
    """Ask that all of an account's balance, above or below nothing, be written off; asking again gives the first."""
    _must_be_fair(account, by)
    held = ledger.lock([account.pk])[account.pk]
    waiting = WriteOff.objects.filter(account=account, agreed_at__isnull=True).first()
    if waiting is not None:
        return waiting
    if held.balance_minutes == 0:
        raise CannotLeave(_("There is nothing to write off."))
    if not reason.strip():
        raise CannotLeave(_("Write why, so that the second person understands."))
    return WriteOff.objects.create(
        account=account,
        minutes=held.balance_minutes,
        reason=reason.strip(),
        asked_by=by,
        asked_at=at,
    )


@transaction.atomic
def agree_to_write_off(*, write_off: WriteOff, by: User, at: datetime) -> Transfer:
    """Agree, as the second broker, and post it. Agreeing again gives the same line.

    Raises CannotLeave when hours have moved since it was asked: then it is asked anew for what there is now.
    """
    _must_be_fair(write_off.account, by)
    pot = accounts.pot()
    held = ledger.lock([write_off.account_id, pot.pk])[write_off.account_id]
    asked = WriteOff.objects.select_for_update().get(pk=write_off.pk)
    key = f"write-off:{asked.pk}"
    if asked.agreed_at is not None:
        return Transfer.objects.get(key=key)
    if asked.asked_by_id == by.pk:
        raise CannotLeave(_("Somebody else has to agree: two people write hours off."))
    if held.balance_minutes != asked.minutes:
        raise CannotLeave(_("Their hours have changed since this was asked. Ask again."))
    asked.agreed_by, asked.agreed_at = by, at
    asked.save(update_fields=["agreed_by", "agreed_at"])
    owed = asked.minutes < 0
    return ledger.transfer(
        payer_id=pot.pk if owed else held.pk,
        payee_id=held.pk if owed else pot.pk,
        minutes=abs(asked.minutes),
        kind=Transfer.Kind.WRITE_OFF,
        reason=asked.reason,
        happened_at=at,
        by=by,
        at=at,
        key=key,
    )


@transaction.atomic
def take_back_write_off(*, write_off: WriteOff, by: User, at: datetime) -> None:
    """Take back what was asked and nobody has agreed to yet; what was agreed stands."""
    _must_be_fair(write_off.account, by)
    WriteOff.objects.filter(pk=write_off.pk, agreed_at__isnull=True).delete()


@transaction.atomic
def close(*, account: Account, by: User, at: datetime) -> Account:
    """Close an account that stands at nothing and has nothing waiting; closing it again changes nothing.

    `by` acts for it, or is a broker who doesn't.
    """
    if not accounts.acts_for(by, account):
        _must_be_fair(account, by)
    held = ledger.lock([account.pk])[account.pk]
    if held.closed_at is not None:
        return held
    if held.balance_minutes > 0:
        raise CannotLeave(
            _("There are hours left. Give them to the community pot or to somebody first.")
        )
    if held.balance_minutes < 0:
        raise CannotLeave(_("There are hours to give back. Two brokers can write them off."))
    if Exchange.objects.of(held).unsettled().exists():
        raise CannotLeave(_("An exchange still waits for an answer. It has to be settled first."))
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    return held


def _must_be_fair(account: Account, by: User) -> None:
    if not accounts.is_fair_broker(by, account):
        raise CannotLeave(_("Only a broker who isn’t of this family can decide this."))
