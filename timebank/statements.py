"""A statement: every line of one account with its running balance, newest first, a page at a time.

A line where the pot stood in for a family stands on the family's statement too, and its balance doesn't move there.
Three short reads by index give the ids of a page at any depth, one more its lines; adding them up again is what
timebank.reconcile is for.

A range of days is a range of ids: the lines of an account stand in the order of their ids, and a clock that jumped
must not pull one out of the chain. So opening + lines = closing holds for every range.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from timebank.models import Account, Transfer

PAGE = 20
ALL, GAVE, GOT = "all", "gave", "got"
_HELP = [Transfer.Kind.LINK_UP, Transfer.Kind.EXCHANGE]
_OWN = ("payer", "payee")  # the sides that move a balance


@dataclass(frozen=True)
class Line:
    """One line as its account sees it. `delta` is what it moved, in minutes; `minutes` how long it took.

    `stood_in` marks help that the pot paid for: delta is 0. `other` is whoever was on the other side of the help.
    """

    transfer: Transfer
    minutes: int
    delta: int
    balance: int
    other: Account
    stood_in: bool
    gave: bool

    @property
    def counted_at(self) -> datetime:
        """Give when it happened; of a putting right, when it was put right and not when the mistake was made."""
        row = self.transfer
        return row.recorded_at if row.kind == Transfer.Kind.REVERSAL else row.happened_at


@dataclass(frozen=True)
class Span:
    """Which lines: those with ids above `after` up to `up_to`; everything there is when both are left alone."""

    after: int = 0
    up_to: int | None = None


EVERYTHING = Span()


@dataclass(frozen=True)
class Ends:
    """What an account stood at before the first line of some days and after the last, in minutes."""

    opening: int
    closing: int

    @property
    def moved(self) -> int:
        """Give what the lines between come to."""
        return self.closing - self.opening


@dataclass(frozen=True)
class Statement:
    """A page of lines, newest first. `opening` stood before the oldest line, `closing` after the newest."""

    lines: list[Line]
    opening: int
    closing: int
    next_before: int | None


@dataclass(frozen=True)
class Totals:
    """What an account gave and got in all, put-right lines taken out again, and what came from the programme.

    `from_pot` is the part of `got` for which the community pot stood in: it never moved the balance.
    """

    gave: int
    got: int
    from_pot: int
    begun: int


def span(*, since: date | None, until: date | None) -> Span:
    """Give the span of what was written down from `since` to the end of `until`; either may be left open."""
    after = _newest_before(since) if since else 0
    if until is None:
        return Span(after)
    up_to = _newest_before(until + timedelta(days=1))
    return Span(min(after, up_to), up_to)


def statement(
    account: Account,
    *,
    before: int | None = None,
    most: int = PAGE,
    show: str = ALL,
    within: Span = EVERYTHING,
) -> Statement:
    """Give `most` lines of `account` in a span, older than the transfer `before`: all, or only help it gave or got.

    With `show` other than "all" the lines are a selection, so opening + lines = closing holds for "all" only.
    """
    below = min(
        (end for end in (before, within.up_to + 1 if within.up_to is not None else None) if end),
        default=None,
    )
    ids = [_ids(account, side, below, within.after, most + 1) for side in _sides(show)]
    newest_first = sorted((pk for some in ids for pk in some), reverse=True)
    page = _rows(newest_first[:most])
    opening = _opening(account, page[-1].pk if page else within.after + 1)
    lines = _lines(account, page, opening) if show == ALL else _selected(account, page)
    return Statement(
        lines=lines,
        opening=opening,
        closing=lines[0].balance if lines else opening,
        next_before=page[-1].pk if len(newest_first) > most else None,
    )


def balance_at(account: Account, *, until: date) -> int:
    """Give what `account` stood at when the day `until` was over, in minutes; flat in time, whatever came since."""
    return _opening(account, _newest_before(until + timedelta(days=1)) + 1)


def ends(account: Account, *, within: Span) -> Ends:
    """Give what `account` stood at before and after a span, flat in time, however many pages the span has."""
    return Ends(
        opening=_opening(account, within.after + 1),
        closing=_opening(account, within.up_to + 1)
        if within.up_to is not None
        else account.balance_minutes,
    )


def every_line(account: Account, *, within: Span = EVERYTHING, most: int = 500) -> Iterator[Line]:
    """Give all lines of `account` in a span, newest first, reading `most` at a time; for the file people download."""
    before: int | None = None
    while True:
        page = statement(account, before=before, most=most, within=within)
        yield from page.lines
        if page.next_before is None:
            return
        before = page.next_before


def totals(account: Account) -> Totals:
    """Give what `account` gave, got and began with, in one query."""
    first, back = Q(kind__in=_HELP), Q(reverses__kind__in=_HELP)
    mine = Q(payee=account), Q(payer=account), Q(stood_in_for=account)
    sums = Transfer.objects.filter(mine[0] | mine[1] | mine[2]).aggregate(
        gave=Sum("minutes", filter=first & mine[0]),
        gave_back=Sum("minutes", filter=back & mine[1]),
        got=Sum("minutes", filter=first & (mine[1] | mine[2])),
        got_back=Sum("minutes", filter=back & (mine[0] | mine[2])),
        from_pot=Sum("minutes", filter=first & mine[2]),
        from_pot_back=Sum("minutes", filter=back & mine[2]),
        begun=Sum("minutes", filter=Q(kind=Transfer.Kind.OPENING) & mine[0]),
        begun_back=Sum("minutes", filter=Q(reverses__kind=Transfer.Kind.OPENING) & mine[1]),
    )
    number = {name: value or 0 for name, value in sums.items()}
    return Totals(
        gave=number["gave"] - number["gave_back"],
        got=number["got"] - number["got_back"],
        from_pot=number["from_pot"] - number["from_pot_back"],
        begun=number["begun"] - number["begun_back"],
    )


def _sides(show: str) -> list[str]:
    return {GAVE: ["payee"], GOT: ["payer", "stood_in_for"]}.get(
        show, ["payee", "payer", "stood_in_for"]
    )


def _newest_before(day: date) -> int:
    """Give the id of the newest transfer written down before a day begins; 0 when there is none."""
    midnight = timezone.make_aware(datetime.combine(day, time(0)))
    older = Transfer.objects.filter(recorded_at__lt=midnight).order_by("-recorded_at", "-id")
    return older.values_list("id", flat=True).first() or 0


def _ids(account: Account, side: str, below: int | None, after: int, most: int) -> list[int]:
    """Give ids only, because those stand in the index of the account: whole rows PostgreSQL might look for through all
    lines of everybody, newest first, until there are enough, which on the last page there never are.
    """
    found = Transfer.objects.filter(**{side: account}, pk__gt=after)
    if below is not None:
        found = found.filter(pk__lt=below)
    return list(found.order_by("-pk").values_list("pk", flat=True)[:most])


def _rows(ids: list[int]) -> list[Transfer]:
    """Give the transfers with what their lines name, newest first, in one query."""
    found = Transfer.objects.filter(pk__in=ids).order_by("-pk")
    return list(_with_names(found)) if ids else []


def _with_names(found: QuerySet[Transfer]) -> QuerySet[Transfer]:
    return found.select_related(
        "exchange",
        "reverses",
        "on_behalf_of",
        *(
            f"{side}__{owner}"
            for side in ("payer", "payee", "stood_in_for")
            for owner in ("family", "volunteer", "organisation")
        ),
    )


def _opening(account: Account, first_id: int) -> int:
    """Give the balance before the transfer `first_id`: what the newest older line left behind."""
    newest = max((pk for side in _OWN for pk in _ids(account, side, first_id, 0, 1)), default=0)
    row = Transfer.objects.filter(pk=newest).first()
    return _own_balance(account, row) if row else 0


def _lines(account: Account, page: list[Transfer], opening: int) -> list[Line]:
    lines: list[Line] = []
    balance = opening
    for row in reversed(page):
        balance += _delta(account, row)
        lines.append(_line(account, row, balance))
    return lines[::-1]


def _selected(account: Account, page: list[Transfer]) -> list[Line]:
    """A selection leaves lines out, so each takes its balance from its own row."""
    stood_in = [row.pk for row in page if row.stood_in_for_id == account.pk]
    before = _before(account, stood_in) if stood_in else {}
    return [
        _line(account, row, before[row.pk] if row.pk in before else _own_balance(account, row))
        for row in page
    ]


def _before(account: Account, ids: list[int]) -> dict[int, int]:
    """Give what `account` stood at before each of these transfers, which don't move it; two queries, however many."""
    newest = [
        Transfer.objects.filter(pk__lt=OuterRef("pk"), **{side: account}).order_by("-pk")
        for side in _OWN
    ]
    found = {
        pk: max((one for one in own if one is not None), default=None)
        for pk, *own in Transfer.objects.filter(pk__in=ids).values_list(
            "pk", *(Subquery(own.values("pk")[:1]) for own in newest)
        )
    }
    lines = Transfer.objects.in_bulk({pk for pk in found.values() if pk is not None})
    return {pk: _own_balance(account, lines[own]) if own else 0 for pk, own in found.items()}


def _own_balance(account: Account, row: Transfer) -> int:
    """Give what `account`, which paid or received in `row`, had after it."""
    return row.payee_balance_after if row.payee_id == account.pk else row.payer_balance_after


def _delta(account: Account, row: Transfer) -> int:
    if row.payee_id == account.pk:
        return row.minutes
    return -row.minutes if row.payer_id == account.pk else 0


def _line(account: Account, row: Transfer, balance: int) -> Line:
    stood_in = row.stood_in_for_id == account.pk
    gave = row.payee_id == account.pk
    other = row.payer if gave else row.payee
    if stood_in and row.kind == Transfer.Kind.REVERSAL:
        other = row.payer  # the hours went back from the helper to the pot
    elif row.stood_in_for is not None and not stood_in:
        # The helper reads whom they helped, not the pot that paid.
        other = row.stood_in_for
    return Line(
        transfer=row,
        minutes=row.minutes,
        delta=_delta(account, row),
        balance=balance,
        other=other,
        stood_in=stood_in,
        gave=gave,
    )
