"""Raw SQL against the books: whatever door a row comes through, the database itself says no."""

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


def insert(neighbours, now, **fields) -> str:
    """Try to slip a row past the ledger."""
    row = {
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
    return refused(
        f"INSERT INTO timebank_transfer ({COLUMNS}) VALUES ({', '.join(['%s'] * len(row))})",
        list(row.values()),
    )


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


def test_it_refuses_a_balance_under_its_floor(lift, neighbours) -> None:
    assert refused(
        "UPDATE timebank_account SET balance_minutes = -601 WHERE id = %s", [neighbours.amara.pk]
    )


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
