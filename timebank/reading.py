"""What home pages and the broker's page show of one account: a constant few queries, whatever its history."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from timebank import accounts, floors, lines
from timebank.limits import Room, room
from timebank.models import Account, Exchange, Transfer, WriteOff
from timebank.statements import Totals, totals

MOST_WAITING = 3
MOST_UNSETTLED = 20
TOLD = timedelta(days=14)  # long enough for who looks in once a week


@dataclass(frozen=True)
class Hours:
    """How somebody's hours stand, all in minutes; what waits for their yes, oldest first; what was put right lately."""

    balance: int
    totals: Totals
    room: Room
    waiting: list[Exchange]
    put_right: list[Transfer]


@dataclass(frozen=True)
class Kept:
    """How an account stands to a broker: the lowest it may go now, in minutes, what let it go lower, what waits.

    `alone` are gatherings and gifts, which a broker may put right.
    """

    lowest: int | None
    exceptions: list[floors.Shown]
    waiting: list[Exchange]
    waiting_in_all: int
    write_off: WriteOff | None
    is_written_for: bool
    alone: list[Transfer]


def kept(account: Account, *, at: datetime) -> Kept:
    """Give what a broker sees of `account` at `at`. `is_written_for`: they said yes to a broker writing for them."""
    waiting = Exchange.objects.of(account).unsettled()
    asked = account.write_offs.filter(agreed_at__isnull=True).select_related("asked_by")
    return Kept(
        lowest=floors.lowest(account, at=at),
        exceptions=floors.shown(account, at=at),
        waiting=list(waiting.with_owners().order_by("standing", "id")[:MOST_UNSETTLED]),
        waiting_in_all=waiting.count(),
        write_off=asked.first(),
        is_written_for=accounts.willing(at=at).filter(pk=account.pk).exists(),
        alone=lines.that_stand_alone(account),
    )


def hours_of(account: Account, *, at: datetime) -> Hours:
    """Give what a home page shows of `account` at `at`, in three queries, a fourth for whoever is at their floor."""
    lowest = account.floor_minutes
    if lowest is not None and account.balance_minutes <= lowest:
        lowest = floors.lowest(
            account, at=at
        )  # above it, an exception changes nothing that is shown
    return Hours(
        balance=account.balance_minutes,
        totals=totals(account),
        room=room(account, lowest=lowest),
        waiting=waiting_for(account),
        put_right=put_right_lately(account, at=at),
    )


def put_right_lately(account: Account, *, at: datetime) -> list[Transfer]:
    """Give what a broker put right on `account` in the last two weeks, newest first: both sides are told by it."""
    mine = Q(payer=account) | Q(payee=account) | Q(stood_in_for=account)
    lately = Transfer.objects.filter(mine, kind=Transfer.Kind.REVERSAL, recorded_at__gt=at - TOLD)
    return list(lately.order_by("-id")[:MOST_WAITING])


def waiting_for(account: Account, *, most: int = MOST_WAITING) -> list[Exchange]:
    """Give what the other side wrote down and `account` has not answered, oldest first."""
    return list(Exchange.objects.waiting_for(account).with_owners().order_by("id")[:most])


def not_agreed(account: Account, *, most: int = MOST_WAITING) -> list[Exchange]:
    """Give what one side wrote down and the other told differently, oldest first: a broker settles it."""
    disputed = Exchange.objects.of(account).filter(standing=Exchange.Standing.DISPUTED)
    return list(disputed.order_by("id")[:most])


def waits_on_others(account: Account, *, most: int = MOST_WAITING) -> list[Exchange]:
    """Give what `account` takes part in and somebody else has to settle, oldest first."""
    found = Exchange.objects.of(account).unsettled().with_owners()
    mine = Exchange.objects.waiting_for(account).values("pk")
    return list(found.exclude(pk__in=mine).order_by("id")[:most])
