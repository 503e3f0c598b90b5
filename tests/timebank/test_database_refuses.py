"""Raw SQL against the books: whatever door a row comes through, the database itself says no, or moves the balances."""

import pytest
from django.db import DatabaseError, connection, transaction

from timebank import ledger
from timebank.models import Account, Transfer

pytestmark = pytest.mark.django_db

COLUMNS = (
    "payer_id, payee_id, minutes, kind, reason, happened_at, recorded_at, by_id, key, body_hash, "
    "reverses_id, stood_in_for_id"
)


@pytest.fixture
def lift(neighbours, now) -> Transfer:
    return ledger.transfer(
        payer_id=neighbours.amara.pk,
        payee_id=neighbours.denise.pk,
        minutes=45,
        kind=Transfer.Kind.EXCHANGE,
        reason="Lift to Rugeley",
        happened_at=now,
        by=neighbours.amara_user,
        at=now,
        key="lift",
    )


def refused(sql: str, values: list | None = None) -> str:
    """Give the database's own words when it refuses, and fail when it does not."""
    with pytest.raises(DatabaseError) as told, transaction.atomic():
        run(sql, values or [])
    return str(told.value)


def run(sql: str, values: list) -> None:
    """Run one statement and what the database would check only at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    connection.check_constraints()


def row_of(neighbours, now, **fields) -> dict:
    """Give a row that nothing is wrong with, save for `fields`."""
    return {
        "payer_id": neighbours.amara.pk,
        "payee_id": neighbours.denise.pk,
        "minutes": 30,
        "kind": "exchange",
        "reason": "",
        "happened_at": now,
        "recorded_at": now,
        "by_id": neighbours.amara_user.pk,
        "key": "raw",
        "body_hash": "",
        "reverses_id": None,
        "stood_in_for_id": None,
        **fields,
    }


def into(rows: list[dict], *, then: str = "") -> tuple[str, list]:
    """Give the statement that writes rows, and its values."""
    places = f"({', '.join(['%s'] * len(rows[0]))})"
    sql = (
        f"INSERT INTO timebank_transfer ({COLUMNS}) VALUES {', '.join([places] * len(rows))} {then}"
    )
    return sql, [value for row in rows for value in row.values()]


def insert(neighbours, now, **fields) -> str:
    """Try to slip a row past the ledger."""
    return refused(*into([row_of(neighbours, now, **fields)]))


def balances(*accounts: Account) -> list[int]:
    """Give what the accounts have."""
    return [Account.objects.get(pk=account.pk).balance_minutes for account in accounts]


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
def test_it_refuses_a_changed_transfer(lift, change) -> None:
    assert "final" in refused(f"UPDATE timebank_transfer SET {change}")
    assert Transfer.objects.get().minutes == 45


def test_it_lets_an_erased_persons_words_go_and_nothing_else(lift) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timebank_transfer SET reason = ''")
    assert (Transfer.objects.get().reason, Transfer.objects.get().minutes) == ("", 45)


def test_it_refuses_a_deleted_transfer(lift) -> None:
    assert "final" in refused("DELETE FROM timebank_transfer")


def test_it_refuses_deletion_through_the_models_too(lift) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.all().delete()


@pytest.mark.parametrize("minutes", [0, -30])
def test_it_refuses_no_minutes(lift, neighbours, now, minutes) -> None:
    assert insert(neighbours, now, minutes=minutes)


def test_it_refuses_one_account_on_both_sides(lift, neighbours, now) -> None:
    assert insert(neighbours, now, payee_id=neighbours.amara.pk)


def test_it_refuses_a_pot_that_stands_in_for_itself(lift, neighbours, now) -> None:
    assert insert(neighbours, now, stood_in_for_id=neighbours.amara.pk)


def test_it_refuses_a_key_twice(lift, neighbours, now) -> None:
    assert insert(neighbours, now, key="lift")


def test_it_refuses_a_second_reversal(lift, neighbours, now) -> None:
    ledger.reverse(transfer=lift, reason="Wrong day", by=neighbours.bea, at=now, key="back")
    assert insert(
        neighbours,
        now,
        kind="reversal",
        minutes=45,
        reverses_id=lift.pk,
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
    lift, neighbours, now, wrong
) -> None:
    told = insert(
        neighbours,
        now,
        kind="reversal",
        reverses_id=lift.pk,
        minutes=wrong.get("minutes", 45),
        payer_id=getattr(neighbours, wrong.get("payer", "denise")).pk,
        payee_id=getattr(neighbours, wrong.get("payee", "amara")).pk,
    )
    assert "same minutes back" in told


def test_it_refuses_a_reversal_that_reverses_nothing(lift, neighbours, now) -> None:
    assert insert(neighbours, now, kind="reversal")


def test_it_refuses_another_kind_that_reverses(lift, neighbours, now) -> None:
    assert insert(
        neighbours,
        now,
        minutes=45,
        reverses_id=lift.pk,
        payer_id=neighbours.denise.pk,
        payee_id=neighbours.amara.pk,
    )


def test_it_moves_both_balances_whoever_writes_the_row(lift, neighbours, now) -> None:
    run(*into([row_of(neighbours, now)]))
    assert balances(neighbours.amara, neighbours.denise) == [-75, 75]
    written = Transfer.objects.get(key="raw")
    assert (written.payer_balance_after, written.payee_balance_after) == (-75, 75)


def test_it_moves_nothing_for_a_row_that_is_not_written(lift, neighbours, now) -> None:
    again = row_of(neighbours, now, key="lift", body_hash=lift.body_hash)
    run(*into([again]))
    run(*into([again], then="ON CONFLICT DO NOTHING"))
    assert Transfer.objects.count() == 1
    assert balances(neighbours.amara, neighbours.denise) == [-45, 45]


def test_it_refuses_another_body_under_a_known_key(lift, neighbours, now) -> None:
    assert "key" in insert(neighbours, now, key="lift", body_hash="another")


def test_it_never_reckons_two_rows_of_one_statement_from_the_same_balance(
    lift, neighbours, now
) -> None:
    rows = [row_of(neighbours, now, key=key) for key in ("one", "two")]
    if connection.vendor == "postgresql":
        assert "one after the other" in refused(*into(rows))
        assert balances(neighbours.amara) == [-45]
    else:
        run(*into(rows))
        assert balances(neighbours.amara) == [-105]


@pytest.mark.parametrize(("minutes", "passes"), [(554, True), (555, True), (556, False)])
def test_it_refuses_a_payer_under_the_floor(lift, neighbours, now, minutes, passes) -> None:
    if passes:
        run(*into([row_of(neighbours, now, minutes=minutes)]))
    else:
        assert "lowest" in insert(neighbours, now, minutes=minutes)


@pytest.mark.parametrize("to", [-601, -46, 0, 45])
def test_it_refuses_a_balance_that_no_transfer_moved(lift, neighbours, to) -> None:
    told = refused(
        "UPDATE timebank_account SET balance_minutes = %s WHERE id = %s", [to, neighbours.amara.pk]
    )
    assert "Only a transfer" in told


def test_it_refuses_a_floor_that_is_moved(lift, neighbours) -> None:
    for floor in (-6_000, 0, None):
        assert "fixed" in refused("UPDATE timebank_account SET floor_minutes = %s", [floor])


def test_it_refuses_an_account_that_begins_with_hours(neighbours, now) -> None:
    assert "begins" in refused(
        "INSERT INTO timebank_account (kind, balance_minutes, opened_at) VALUES ('mint', 60, %s)",
        [now],
    )


def test_it_takes_no_hours_into_or_out_of_a_closed_account(neighbours, now) -> None:
    run("UPDATE timebank_account SET closed_at = %s WHERE id = %s", [now, neighbours.denise.pk])
    assert "closed" in insert(neighbours, now)
    assert "closed" in insert(
        neighbours, now, payer_id=neighbours.denise.pk, payee_id=neighbours.amara.pk
    )


def test_it_refuses_an_account_that_is_not_there(neighbours, now) -> None:
    assert "account" in insert(neighbours, now, payee_id=10**9)


def test_it_lets_nobody_say_what_the_balances_after_are(lift, neighbours, now) -> None:
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


def test_it_refuses_to_empty_the_table(lift) -> None:
    if connection.vendor == "postgresql":
        connection.check_constraints()  # what waits to be checked would forbid it first
        assert "final" in refused("TRUNCATE timebank_transfer CASCADE")
    else:
        assert "final" in refused("DELETE FROM timebank_transfer")


def test_it_refuses_to_close_an_account_with_hours_in_it(lift, neighbours, now) -> None:
    assert refused(
        "UPDATE timebank_account SET closed_at = %s WHERE id = %s", [now, neighbours.denise.pk]
    )


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM timebank_account",
        "DELETE FROM people_family",
        "DELETE FROM people_user",
    ],
)
def test_it_refuses_to_lose_what_a_transfer_points_to(lift, sql) -> None:
    assert refused(sql)


def test_it_refuses_a_second_pot(neighbours, now) -> None:
    Account.objects.create(kind="pot", opened_at=now)
    assert refused(
        "INSERT INTO timebank_account (kind, balance_minutes, opened_at) VALUES ('pot', 0, %s)",
        [now],
    )
