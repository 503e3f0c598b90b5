"""Raw SQL against accounts: only a transfer moves a balance, and an account stays whose it is."""

import pytest
from django.db import connection

from tests.timebank.raw import refused, run
from timebank.models import Account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", [-601, -46, 0, 45])
def test_it_refuses_a_balance_that_no_transfer_moved(a_lift, neighbours, to) -> None:
    told = refused(
        "UPDATE timebank_account SET balance_minutes = %s WHERE id = %s", [to, neighbours.amara.pk]
    )
    assert "Only a transfer" in told


def test_it_refuses_a_floor_that_is_moved(a_lift, neighbours) -> None:
    for floor in (-6_000, 0, None):
        assert "fixed" in refused("UPDATE timebank_account SET floor_minutes = %s", [floor])


def test_it_refuses_an_account_that_begins_with_hours(neighbours, now) -> None:
    assert "begins" in refused(
        "INSERT INTO timebank_account (kind, balance_minutes, opened_at) VALUES ('mint', 60, %s)",
        [now],
    )


def test_it_refuses_to_close_an_account_with_hours_in_it(a_lift, neighbours, now) -> None:
    assert refused(
        "UPDATE timebank_account SET closed_at = %s WHERE id = %s", [now, neighbours.denise.pk]
    )


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'volunteer'",
        "kind = 'pot', family_id = NULL",
        "family_id = NULL",
        "family_id = family_id + 1000",
        "id = 10000",
    ],
)
def test_it_lets_an_account_stay_whose_it_is(neighbours, change) -> None:
    told = refused(f"UPDATE timebank_account SET {change} WHERE id = %s", [neighbours.nadia.pk])
    assert "stays whose it is" in told


@pytest.mark.parametrize("kind", ["family", "volunteer", "organisation", "bank"])
def test_it_refuses_a_new_account_that_is_nobodys(neighbours, now, kind) -> None:
    assert "as its kind says" in refused(
        "INSERT INTO timebank_account (kind, balance_minutes, opened_at) VALUES (%s, 0, %s)",
        [kind, now],
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO timebank_account"
        " (id, kind, family_id, balance_minutes, floor_minutes, opened_at)"
        " SELECT id, kind, family_id, 0, -9, opened_at FROM timebank_account WHERE id = {amara}",
        "INSERT OR REPLACE INTO timebank_account"
        " (kind, family_id, balance_minutes, floor_minutes, opened_at)"
        " SELECT kind, family_id, 0, -9, opened_at FROM timebank_account WHERE id = {amara}",
        "UPDATE timebank_account SET rowid = 77777 WHERE id = {amara}",
        "UPDATE OR REPLACE timebank_account SET _rowid_ = {amara} WHERE id = {nadia}",
        "UPDATE OR REPLACE timebank_account SET id = {amara} WHERE id = {nadia}",
        "UPDATE OR REPLACE timebank_account SET family_id ="
        " (SELECT family_id FROM timebank_account WHERE id = {amara}) WHERE id = {nadia}",
    ],
)
def test_it_refuses_an_account_in_the_place_of_another(a_lift, neighbours, sql) -> None:
    told = refused(sql.format(amara=neighbours.amara.pk, nadia=neighbours.nadia.pk))
    assert "never replaced" in told or "keeps its number" in told


def test_it_refuses_a_second_pot(neighbours, now) -> None:
    Account.objects.create(kind="pot", opened_at=now)
    assert refused(
        "INSERT INTO timebank_account (kind, balance_minutes, opened_at) VALUES ('pot', 0, %s)",
        [now],
    )


@pytest.mark.parametrize("whose", ["amara", "denise"])
def test_it_keeps_an_account_that_hours_went_through(a_lift, neighbours, whose) -> None:
    told = refused("DELETE FROM timebank_account WHERE id = %s", [getattr(neighbours, whose).pk])
    assert "stays" in told


def test_it_is_not_led_to_another_table(a_lift, neighbours) -> None:
    own, temporary = {"postgresql": ("public", "pg_temp"), "sqlite": ("main", "temp")}[
        connection.vendor
    ]
    run("CREATE TEMP TABLE timebank_transfer (payer_id bigint, payee_id bigint)", [])
    told = refused(f"DELETE FROM {own}.timebank_account WHERE id = %s", [neighbours.amara.pk])
    assert "stays" in told
    run(f"DROP TABLE {temporary}.timebank_transfer", [])


def test_it_lets_an_account_go_that_nothing_went_through(a_lift, neighbours) -> None:
    run("DELETE FROM timebank_account WHERE id = %s", [neighbours.nadia.pk])
    assert not Account.objects.filter(pk=neighbours.nadia.pk).exists()


def test_it_refuses_to_empty_the_table_of_accounts(a_lift) -> None:
    if connection.vendor == "postgresql":
        connection.check_constraints()  # what waits to be checked would forbid it first
        assert "final" in refused("TRUNCATE timebank_account CASCADE")
    else:
        assert "stays" in refused("DELETE FROM timebank_account")
