"""What the time broker needs to know: what waits for somebody, who only gives, who only receives, who is low.

Numbers of people, so the lists are short and say why somebody is on them; nobody is scored.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from people.models import User
from timebank import accounts, limits
from timebank.models import Account, Exchange, Transfer, WriteOff
from timebank.models.exchange import ExchangeQuerySet

MOST = 10
MOST_ONE_WAY = 6  # enough for one round of calls
MOST_WAITING = 8
MOST_WAITING_IN_ALL = 200
# A school term: long enough that one busy month doesn't put somebody on a list.
LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True)
class Desk:
    """What lies on the desk. `waiting` has disputes first, then the oldest.

    `write_offs` wait for a second broker; `own` are the ids of the broker's own accounts, which others decide about.
    """

    waiting: list[Exchange]
    waiting_in_all: int
    only_give: list[Account]
    only_receive: list[Account]
    low: list[Account]
    pot: Account
    write_offs: list[WriteOff]
    own: set[int]


def desk(*, by: User, at: datetime, all_that_waits: bool = False) -> Desk:
    """Give the broker's desk in a constant number of queries. What is their own family's is left out of `waiting`."""
    most = MOST_WAITING_IN_ALL if all_that_waits else MOST_WAITING
    waiting = unsettled_for(by)
    own = set(accounts.acted_for_by(by).values_list("pk", flat=True))
    return Desk(
        waiting=list(waiting.with_owners().order_by("standing", "id")[:most]),
        waiting_in_all=waiting.count(),
        only_give=_one_way(at, moved="gave", still="got"),
        only_receive=_one_way(at, moved="got", still="gave"),
        low=list(
            Account.objects.with_owners()
            .filter(floor_minutes__isnull=False, balance_minutes__lte=limits.BROKER_MINUTES)
            .order_by("balance_minutes", "pk")[:MOST]
        ),
        pot=accounts.pot(),
        write_offs=_write_offs(own),
        own=own,
    )


def unsettled_for(by: User) -> ExchangeQuerySet:
    """Give the exchanges that wait for somebody, without those of a broker's own family."""
    return Exchange.objects.unsettled().exclude(_own(by))


def _own(by: User) -> Q:
    return (
        Q(giver__family__guardians__user=by)
        | Q(receiver__family__guardians__user=by)
        | Q(giver__volunteer__user=by)
        | Q(receiver__volunteer__user=by)
    )


def _write_offs(own: set[int]) -> list[WriteOff]:
    asked = WriteOff.objects.filter(agreed_at__isnull=True).exclude(account__in=own)
    named = asked.select_related(
        "asked_by", "account__family", "account__volunteer", "account__organisation"
    )
    return list(named.order_by("asked_at", "id")[:MOST])


def _one_way(at: datetime, *, moved: str, still: str) -> list[Account]:
    """Give the accounts whose hours went one way only in the time looked back on, most first.

    A seeking family's link-up is not counted as getting: the pot stands in so that they need not give back.
    """
    found: QuerySet[Account] = Account.objects.with_owners().annotate(
        gave=_minutes("payee", at, [Transfer.Kind.EXCHANGE, Transfer.Kind.LINK_UP]),
        got=_minutes("payer", at, [Transfer.Kind.EXCHANGE]),
    )
    people = [Account.Kind.FAMILY, Account.Kind.VOLUNTEER]
    one_way = found.filter(**{f"{moved}__gt": 0, still: 0, "kind__in": people})
    return list(one_way.order_by(f"-{moved}", "pk")[:MOST_ONE_WAY])


def _minutes(side: str, at: datetime, kinds: list[str]) -> Coalesce:
    lines = (
        Transfer.objects.filter(
            recorded_at__gt=at - LOOK_BACK,
            kind__in=kinds,
            reversed_by__isnull=True,
            **{side: OuterRef("pk")},
        )
        .order_by()
        .annotate(whose=F(side))
        .values("whose")
        .annotate(sum=Sum("minutes"))
        .values("sum")
    )
    return Coalesce(Subquery(lines), 0)
