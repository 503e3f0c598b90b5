"""Going lower than one's floor for a time: a broker lets an account do so, says why and until when, and may end it.

The database asks for such a row before it lets a balance under its floor (migration 0007); here is who may write one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from people.models import User
from timebank import accounts, ledger
from timebank.models import Account, FloorException, Transfer

# Half a year: whoever needs longer is spoken with again.
LONGEST = timedelta(weeks=26)
MOST_SHOWN = 10


@dataclass(frozen=True)
class Shown:
    """An exception as a page shows it; `holds` says whether the account may go lower by it now."""

    exception: FloorException
    holds: bool


class NotGranted(ledger.Refused):
    """The exception can't be as it was asked for."""


@transaction.atomic
def grant(
    *, account: Account, floor_minutes: int, reason: str, ends_at: datetime, by: User, at: datetime
) -> FloorException:
    """Let `account` go down to `floor_minutes` until `ends_at`, or until `revoke`. Asked for twice it is there once.

    Raises NotGranted for a broker of the account's own people, a floor that isn't lower, or too long a time.
    """
    if not accounts.is_fair_broker(by, account):
        raise NotGranted(_("Another broker has to decide this: it is your own family’s account."))
    if not reason.strip():
        raise NotGranted(_("Write why, so that they understand."))
    if not at < ends_at <= at + LONGEST:
        raise NotGranted(_("Choose an end within half a year."))
    # The lock makes a posting that is on its way be decided before or after, never in between.
    held = ledger.lock([account.pk])[account.pk]
    if held.floor_minutes is None or floor_minutes >= held.floor_minutes:
        raise NotGranted(_("That is no lower than they may go already."))
    told = {"floor_minutes": floor_minutes, "reason": reason.strip(), "ends_at": ends_at}
    again = active(account, at=at).filter(**told).first()
    return again or FloorException.objects.create(
        account=account, granted_by=by, granted_at=at, **told
    )


@transaction.atomic
def revoke(*, exception: FloorException, by: User, at: datetime) -> FloorException:
    """End an exception now; the account stays where it is and can't go lower. Twice changes nothing."""
    if not accounts.is_fair_broker(by, exception.account):
        raise NotGranted(_("Another broker has to decide this: it is your own family’s account."))
    ledger.lock([exception.account_id])
    held = FloorException.objects.get(pk=exception.pk)
    if held.revoked_at is None:
        held.revoked_by, held.revoked_at = by, at
        held.revoked_after = Transfer.objects.filter(payer_id=held.account_id).order_by("id").last()
        held.save(update_fields=["revoked_by", "revoked_at", "revoked_after"])
    return held


def active(account: Account, *, at: datetime) -> QuerySet[FloorException]:
    """Give the exceptions by which `account` may go lower at `at`; those for one putting right are not among them."""
    return FloorException.objects.filter(
        Q(revoked_at__isnull=True) | Q(revoked_at__gt=at),
        account=account,
        granted_at__lte=at,
        ends_at__gt=at,
        reverses__isnull=True,
    )


def shown(account: Account, *, at: datetime) -> list[Shown]:
    """Give the newest exceptions of `account`, those of a putting right among them, in two queries."""
    newest = FloorException.objects.filter(account=account).select_related(
        "granted_by", "revoked_by"
    )
    holding = set(active(account, at=at).values_list("pk", flat=True))
    return [Shown(one, one.pk in holding) for one in newest[:MOST_SHOWN]]


def lowest(account: Account, *, at: datetime) -> int | None:
    """Give the lowest that `account` may go at `at`, in minutes; None when it has no floor."""
    if account.floor_minutes is None:
        return None
    granted = active(account, at=at).aggregate(lowest=Min("floor_minutes"))["lowest"]
    return min(account.floor_minutes, account.floor_minutes if granted is None else granted)
