"""Putting right a line that no exchange stands behind: time at a gathering, or a gift."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people.models import User
from timebank import accounts, ledger
from timebank.models import Account, Transfer

ALONE = (Transfer.Kind.GATHERING, Transfer.Kind.GIFT)
MOST_SHOWN = 20


class NotTheirs(ledger.Refused):
    """A broker would decide about their own family's hours."""


def that_stand_alone(account: Account) -> list[Transfer]:
    """Give the newest gatherings and gifts of `account` that nobody has put right, in one query."""
    found = Transfer.objects.filter(
        Q(payer=account) | Q(payee=account), kind__in=ALONE, reversed_by__isnull=True
    )
    return list(found.order_by("-id")[:MOST_SHOWN])


def put_right(*, line: Transfer, reason: str, by: User, at: datetime) -> Transfer:
    """Send the hours of a gathering's or a gift's line back; both lines stay. Asked for twice it is done once.

    `by` is a broker of neither side's own people. Raises NotTheirs; NotReversible for a line of another kind.
    """
    if line.kind not in ALONE:
        raise ledger.NotReversible(_("This line is put right where it was agreed on."))
    with transaction.atomic():
        held = ledger.lock([line.payer_id, line.payee_id])
        if not accounts.is_fair_broker(by, *held.values()):
            raise NotTheirs(
                _("Another broker has to decide this: it is your own family’s account.")
            )
        known = Transfer.objects.filter(reverses=line).first()
        return known or ledger.reverse(
            transfer=line, reason=reason, by=by, at=at, key=f"reversal:{line.pk}"
        )
