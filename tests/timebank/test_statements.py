"""Statements: opening + lines = closing, at any depth and whatever happened."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from timebank import accounts, ledger, reading
from timebank.models import Transfer
from timebank.statements import GAVE, GOT, balance_at, every_line, span, statement, totals

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(neighbours, now):
    """Amara's account with 45 lines of every kind: given, received, stood in, put right, from the mint."""
    pot, mint = accounts.pot(), accounts.mint()
    people = {"by": neighbours.bea, "reason": "Time", "at": now}
    ledger.transfer(
        payer_id=mint.pk,
        payee_id=neighbours.amara.pk,
        minutes=120,
        kind="opening",
        happened_at=now - timedelta(days=60),
        key="welcome",
        **people,
    )
    for n in range(11):
        when = now - timedelta(days=50 - n)
        ledger.transfer(
            payer_id=neighbours.amara.pk,
            payee_id=neighbours.denise.pk,
            minutes=10 + n,
            kind="exchange",
            happened_at=when,
            key=f"got-{n}",
            **people,
        )
        ledger.transfer(
            payer_id=pot.pk,
            payee_id=neighbours.denise.pk,
            minutes=30,
            kind="link_up",
            stood_in_for_id=neighbours.amara.pk,
            happened_at=when,
            key=f"pot-{n}",
            **people,
        )
        given = ledger.transfer(
            payer_id=neighbours.nadia.pk,
            payee_id=neighbours.amara.pk,
            minutes=20,
            kind="exchange",
            happened_at=when,
            key=f"gave-{n}",
            **people,
        )
        ledger.reverse(
            transfer=given, reason="Wrong day", by=neighbours.bea, at=now, key=f"back-{n}"
        )
    neighbours.amara.refresh_from_db()
    return neighbours.amara


def test_it_adds_up_on_every_page(busy) -> None:
    before, closing = None, busy.balance_minutes
    pages = 0
    while True:
        page = statement(busy, before=before, most=7)
        assert page.closing == closing
        assert page.opening + sum(line.delta for line in page.lines) == page.closing
        closing, before, pages = page.opening, page.next_before, pages + 1
        if before is None:
            break
    assert (closing, pages) == (0, 7)


def test_it_shows_each_line_once_newest_first(busy) -> None:
    ids = [line.transfer.pk for line in every_line(busy, most=4)]
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == 45


def test_it_keeps_the_balance_that_the_ledger_wrote(busy) -> None:
    for line in every_line(busy):
        row = line.transfer
        if row.payer_id == busy.pk:
            assert line.balance == row.payer_balance_after
        elif row.payee_id == busy.pk:
            assert line.balance == row.payee_balance_after


def test_it_shows_help_the_pot_paid_for_with_the_balance_unmoved(busy, neighbours) -> None:
    lines = list(every_line(busy))
    stood_in = [n for n, line in enumerate(lines) if line.stood_in]
    assert len(stood_in) == 11
    for n in stood_in:
        assert (lines[n].delta, lines[n].minutes) == (0, 30)
        assert lines[n].balance == lines[n + 1].balance
        assert lines[n].other == neighbours.denise


def test_it_names_the_family_and_not_the_pot_to_who_helped(busy, neighbours) -> None:
    helped = [line for line in every_line(neighbours.denise) if line.transfer.kind == "link_up"]
    assert {line.other for line in helped} == {busy}


@pytest.mark.parametrize("most", [1, 2, 3])
def test_it_finds_the_opening_of_a_page_of_unmoved_lines(neighbours, now, most) -> None:
    for n in range(5):
        ledger.transfer(
            payer_id=accounts.pot().pk,
            payee_id=neighbours.denise.pk,
            minutes=30,
            kind="link_up",
            stood_in_for_id=neighbours.amara.pk,
            happened_at=now,
            key=f"{n}",
            by=neighbours.bea,
            reason="Park",
            at=now,
        )
    page = statement(neighbours.amara, most=most)
    assert (page.opening, page.closing, len(page.lines)) == (0, 0, most)


@pytest.mark.parametrize(("show", "count"), [(GAVE, 12), (GOT, 33)])
def test_it_shows_one_side_with_true_balances(busy, show, count) -> None:
    whole = {line.transfer.pk: line.balance for line in every_line(busy)}
    chosen = statement(busy, show=show, most=100).lines
    assert len(chosen) == count
    assert all(line.balance == whole[line.transfer.pk] for line in chosen)


def test_it_takes_put_right_lines_out_of_the_totals(busy) -> None:
    assert totals(busy).gave == 0
    assert totals(busy).got == sum(range(10, 21)) + 11 * 30
    assert totals(busy).from_pot == 11 * 30
    assert totals(busy).begun == 120


def test_it_asks_the_database_as_often_for_a_long_history_as_for_a_short_one(
    busy, neighbours, now
) -> None:
    def asked(account, before=None) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            statement(account, before=before)
            reading.hours_of(account, at=now)
        return len(queries)

    middle = Transfer.objects.order_by("pk")[20].pk
    assert asked(busy) == asked(busy, middle) == asked(neighbours.nadia)


@pytest.mark.parametrize("most", [2, 30])
def test_it_asks_as_often_for_a_long_page_of_one_side(
    busy, most, django_assert_num_queries
) -> None:
    with django_assert_num_queries(8):
        page = statement(busy, show=GOT, most=most)
    assert sum(line.stood_in for line in page.lines) > most // 4


def test_it_has_nothing_to_say_before_anything_happened(neighbours) -> None:
    page = statement(neighbours.amara)
    assert (page.lines, page.opening, page.closing, page.next_before) == ([], 0, 0, None)


@pytest.fixture
def over_ten_days(neighbours, now):
    """A line of Amara's on each of ten days; the clock jumped back for the seventh."""
    for day in range(10):
        at = now + timedelta(days=day if day != 6 else 2)
        ledger.transfer(
            payer_id=neighbours.amara.pk,
            payee_id=neighbours.denise.pk,
            minutes=day + 1,
            kind="exchange",
            reason="Lift",
            happened_at=at,
            key=f"day {day}",
            by=neighbours.bea,
            at=at,
        )
    return neighbours.amara


@pytest.mark.parametrize("since", [None, *range(-1, 12)])
def test_it_adds_up_in_any_range_of_days(over_ten_days, now, since) -> None:
    for until in [None, *range(-1, 12)]:
        first, last = (
            (now + timedelta(n)).date() if n is not None else None for n in (since, until)
        )
        within = span(since=first, until=last)
        page = statement(over_ten_days, within=within, most=100)
        lines = list(every_line(over_ten_days, within=within, most=3))
        assert [line.transfer.pk for line in lines] == [line.transfer.pk for line in page.lines]
        assert page.opening + sum(line.delta for line in page.lines) == page.closing
        assert page.closing == (balance_at(over_ten_days, until=last) if last else -55)


def test_it_says_what_somebody_had_on_any_day(over_ten_days, now) -> None:
    had = [balance_at(over_ten_days, until=(now + timedelta(n)).date()) for n in (-1, 0, 1, 4, 20)]
    assert had == [0, -1, -3, -15, -55]


def test_it_finds_any_day_in_a_constant_number_of_queries(
    over_ten_days, now, django_assert_num_queries
) -> None:
    with django_assert_num_queries(4):
        balance_at(over_ten_days, until=now.date())
