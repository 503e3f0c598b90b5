"""What home pages show of hours: a constant few queries an account, whatever its history."""

from dataclasses import dataclass
from datetime import datetime

from timebank import floors
from timebank.limits import Room, room
from timebank.models import Account, Exchange
from timebank.statements import Totals, totals

MOST_WAITING = 3


@dataclass(frozen=True)
class Hours:
    """How somebody's hours stand, all in minutes, and what waits for their yes, oldest first."""

    balance: int
    totals: Totals
    room: Room
    waiting: list[Exchange]


def hours_of(account: Account, *, at: datetime) -> Hours:
    """Give what a home page shows of `account` at `at`, in three queries."""
    return Hours(
        balance=account.balance_minutes,
        totals=totals(account),
        room=room(account, lowest=floors.lowest(account, at=at)),
        waiting=waiting_for(account),
    )


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
