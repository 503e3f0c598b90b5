"""Raw SQL against transfers: whatever door a row comes through, the database says no, or moves the balances."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.timebank.raw import COLUMNS, balances, insert, into, refused, row_of, run
from timebank import ledger
from timebank.models import Transfer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        "minutes = minutes + 1",
        "reason = 'something else'",
        "payer_id = payee_id",
        "payer_balance_after = 0",
        "recorded_at = happened_at, reason = '', key = 'x'",
        "reason = '', minutes = 1",
    ],
)
def test_it_refuses_a_changed_transfer(a_lift, change) -> None:
    assert "final" in refused(f"UPDATE timebank_transfer SET {change}")
    assert Transfer.objects.get().minutes == 45


def test_it_lets_an_erased_persons_words_go_and_nothing_else(a_lift) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timebank_transfer SET reason = ''")
    assert (Transfer.objects.get().reason, Transfer.objects.get().minutes) == ("", 45)


def test_it_refuses_a_deleted_transfer(a_lift) -> None:
    assert "final" in refused("DELETE FROM timebank_transfer")


def test_it_refuses_deletion_through_the_models_too(a_lift) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.all().delete()


@pytest.mark.parametrize("minutes", [0, -30])
def test_it_refuses_no_minutes(a_lift, neighbours, now, minutes) -> None:
    assert insert(neighbours, now, minutes=minutes)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps numbers only")
@pytest.mark.parametrize("minutes", [0.5, 30.5, "30abc", b"1", None])
def test_it_refuses_minutes_that_are_not_whole(a_lift, neighbours, now, minutes) -> None:
    assert "minute" in insert(neighbours, now, minutes=minutes)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL draws the id whatever is said"
)
@pytest.mark.parametrize("column", ["id", "rowid", "oid"])
@pytest.mark.parametrize("number", [0, -5, 9_223_372_036_854_775_807])
def test_it_refuses_an_id_out_of_order(a_lift, neighbours, now, column, number) -> None:
    told = row_of(neighbours, now)
    sql = f"({COLUMNS}, {column}) VALUES ({', '.join(['%s'] * (len(told) + 1))})"
    assert "ids" in refused(f"INSERT INTO timebank_transfer {sql}", [*told.values(), number])


def test_it_refuses_one_account_on_both_sides(a_lift, neighbours, now) -> None:
    assert insert(neighbours, now, payee_id=neighbours.amara.pk)


def test_it_refuses_a_pot_that_stands_in_for_itself(a_lift, neighbours, now) -> None:
    assert insert(neighbours, now, stood_in_for_id=neighbours.amara.pk)


def test_it_refuses_a_kind_that_there_is_not(a_lift, neighbours, now) -> None:
    assert "kind" in insert(neighbours, now, kind="loan")


def test_it_refuses_a_key_twice(a_lift, neighbours, now) -> None:
    assert insert(neighbours, now, key="lift")


def test_it_refuses_a_second_reversal(a_lift, neighbours, now) -> None:
    ledger.reverse(transfer=a_lift, reason="Wrong day", by=neighbours.bea, at=now, key="back")
    assert insert(
        neighbours,
        now,
        kind="reversal",
        minutes=45,
        reverses_id=a_lift.pk,
        payer_id=neighbours.denise.pk,
        payee_id=neighbours.amara.pk,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 44},
        {"payer": "amara", "payee": "denise"},
        {"payer": "nadia"},
        {"payee": "nadia"},
    ],
)
def test_it_refuses_a_reversal_of_another_amount_or_other_accounts(
    a_lift, neighbours, now, wrong
) -> None:
    told = insert(
        neighbours,
        now,
        kind="reversal",
        reverses_id=a_lift.pk,
        minutes=wrong.get("minutes", 45),
        payer_id=getattr(neighbours, wrong.get("payer", "denise")).pk,
        payee_id=getattr(neighbours, wrong.get("payee", "amara")).pk,
    )
    assert "same minutes back" in told


def test_it_refuses_a_reversal_that_reverses_nothing(a_lift, neighbours, now) -> None:
    assert insert(neighbours, now, kind="reversal")


def test_it_refuses_another_kind_that_reverses(a_lift, neighbours, now) -> None:
    assert insert(
        neighbours,
        now,
        minutes=45,
        reverses_id=a_lift.pk,
        payer_id=neighbours.denise.pk,
        payee_id=neighbours.amara.pk,
    )


def test_it_moves_both_balances_whoever_writes_the_row(a_lift, neighbours, now) -> None:
    run(*into([row_of(neighbours, now)]))
    assert balances(neighbours.amara, neighbours.denise) == [-75, 75]
    written = Transfer.objects.get(key="raw")
    assert (written.payer_balance_after, written.payee_balance_after) == (-75, 75)


@pytest.mark.parametrize(
    "then",
    [
        "",
        "ON CONFLICT DO NOTHING",
        "ON CONFLICT (key) DO NOTHING",
        "ON CONFLICT (key) DO UPDATE SET reason = ''",
    ],
)
def test_it_moves_nothing_for_a_row_that_is_not_written(a_lift, neighbours, now, then) -> None:
    again = row_of(neighbours, now, key="lift", body_hash=a_lift.body_hash)
    assert refused(*into([again], then=then))
    assert Transfer.objects.count() == 1
    assert balances(neighbours.amara, neighbours.denise) == [-45, 45]


def test_it_refuses_a_row_in_the_place_of_another(a_lift, neighbours, now) -> None:
    told = row_of(neighbours, now)
    sql = f"({COLUMNS}, id) VALUES ({', '.join(['%s'] * (len(told) + 1))})"
    values = [*told.values(), a_lift.pk]
    if connection.vendor == "postgresql":  # whatever id is asked for, the database draws it
        run(f"INSERT INTO timebank_transfer {sql}", values)
        assert Transfer.objects.get(key="raw").pk > a_lift.pk
    else:
        assert "final" in refused(f"INSERT OR REPLACE INTO timebank_transfer {sql}", values)
    assert Transfer.objects.get(pk=a_lift.pk).key == "lift"


def test_it_reckons_each_row_of_one_statement_from_the_one_before(a_lift, neighbours, now) -> None:
    run(*into([row_of(neighbours, now, key=key) for key in ("one", "two")]))
    assert balances(neighbours.amara, neighbours.denise) == [-105, 105]
    assert Transfer.objects.get(key="two").payer_balance_after == -105


@pytest.mark.parametrize(("minutes", "passes"), [(554, True), (555, True), (556, False)])
def test_it_refuses_a_payer_under_the_floor(a_lift, neighbours, now, minutes, passes) -> None:
    if passes:
        run(*into([row_of(neighbours, now, minutes=minutes)]))
    else:
        assert "lowest" in insert(neighbours, now, minutes=minutes)


def test_it_takes_no_hours_into_or_out_of_a_closed_account(neighbours, now) -> None:
    run("UPDATE timebank_account SET closed_at = %s WHERE id = %s", [now, neighbours.denise.pk])
    assert "closed" in insert(neighbours, now)
    assert "closed" in insert(
        neighbours, now, payer_id=neighbours.denise.pk, payee_id=neighbours.amara.pk
    )


def test_it_refuses_an_account_that_is_not_there(neighbours, now) -> None:
    assert "account" in insert(neighbours, now, payee_id=10**9)


def test_it_lets_nobody_say_what_the_balances_after_are(a_lift, neighbours, now) -> None:
    told = row_of(neighbours, now)
    columns = f"{COLUMNS}, payer_balance_after, payee_balance_after"
    places = ", ".join(["%s"] * (len(told) + 2))
    sql = f"INSERT INTO timebank_transfer ({columns}) VALUES ({places})"
    values = [*told.values(), 5_000, 5_000]
    if connection.vendor == "postgresql":
        run(sql, values)
        assert Transfer.objects.get(key="raw").payer_balance_after == -75
    else:
        assert "fills" in refused(sql, values)


def test_it_refuses_to_empty_the_table(a_lift) -> None:
    if connection.vendor == "postgresql":
        connection.check_constraints()  # what waits to be checked would forbid it first
        assert "final" in refused("TRUNCATE timebank_transfer CASCADE")
    else:
        assert "final" in refused("DELETE FROM timebank_transfer")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM timebank_account",
        "DELETE FROM people_family",
        "DELETE FROM people_user",
    ],
)
def test_it_refuses_to_lose_what_a_transfer_points_to(a_lift, sql) -> None:
    assert refused(sql)
