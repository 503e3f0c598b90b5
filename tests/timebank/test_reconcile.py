"""The books are recomputed another way; what was changed behind the ledger's back is found and named."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from timebank import ledger, reconcile, sealing
from timebank.models import Seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(neighbours, now):
    """Three transfers between Amara and Denise."""
    return [
        ledger.transfer(
            payer_id=neighbours.amara.pk,
            payee_id=neighbours.denise.pk,
            minutes=10 * n + 5,
            kind="exchange",
            reason="Lift",
            happened_at=now,
            by=neighbours.bea,
            at=now,
            key=f"{n}",
        )
        for n in range(3)
    ]


def check(*options: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("check_ledger", *options, stdout=out, no_color=True)
    except SystemExit as left:
        return out.getvalue(), int(left.code)
    return out.getvalue(), 0


def behind_its_back(sql: str, values: list) -> None:
    """Do what only a thief with the owner's password could do: take the triggers away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The tables can't be altered while checks wait.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE timebank_transfer DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE timebank_account DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(sql, values)


def test_it_says_that_all_is_well(lines) -> None:
    told, code = check()
    assert code == 0
    for words in ("3 accounts", "3 transfers", "sum 0", "0 drift"):
        assert words in told


def test_it_says_so_of_empty_books(db) -> None:
    assert check()[1] == 0


@pytest.mark.breaks_the_books
def test_it_names_the_account_whose_balance_was_changed(lines, neighbours) -> None:
    behind_its_back(
        "UPDATE timebank_account SET balance_minutes = balance_minutes + 60 WHERE id = %s",
        [neighbours.denise.pk],
    )
    told, code = check()
    assert code == 1
    assert f"Account {neighbours.denise.pk} (Denise’s family)" in told
    assert "+1 h away" in told
    assert "sum 60" in told
    assert f"Account {neighbours.amara.pk} " not in told


@pytest.mark.breaks_the_books
def test_it_finds_two_changes_that_cancel_out(lines, neighbours) -> None:
    for account, by in [(neighbours.amara, 30), (neighbours.denise, -30)]:
        behind_its_back(
            "UPDATE timebank_account SET balance_minutes = balance_minutes + %s WHERE id = %s",
            [by, account.pk],
        )
    told, code = check("--json")
    report = json.loads(told)
    assert code == 1
    assert (report["sum_minutes"], report["drift_minutes"]) == (0, 60)
    assert {finding["account_id"] for finding in report["findings"]} == {
        neighbours.amara.pk,
        neighbours.denise.pk,
    }


@pytest.mark.breaks_the_books
def test_it_finds_a_line_that_is_gone(lines, neighbours, now) -> None:
    behind_its_back("DELETE FROM timebank_transfer WHERE id = %s", [lines[1].pk])
    behind_its_back(
        "UPDATE timebank_account SET balance_minutes = balance_minutes - %s WHERE id = %s",
        [lines[1].minutes, neighbours.denise.pk],
    )
    behind_its_back(
        "UPDATE timebank_account SET balance_minutes = balance_minutes + %s WHERE id = %s",
        [lines[1].minutes, neighbours.amara.pk],
    )
    report = reconcile.reconcile(at=now)
    assert (report.drift_minutes, report.gaps) == (0, 2)
    assert not report.balances


@pytest.mark.breaks_the_books
def test_it_finds_minutes_that_were_changed(lines, neighbours, now) -> None:
    behind_its_back("UPDATE timebank_transfer SET minutes = 1 WHERE id = %s", [lines[2].pk])
    report = reconcile.reconcile(at=now)
    assert {finding.kind for finding in report.findings} == {"drift", "gap"}


@pytest.mark.breaks_the_books
def test_it_finds_a_line_that_went_under_the_floor(lines, neighbours, now) -> None:
    behind_its_back(
        "UPDATE timebank_account SET floor_minutes = -10 WHERE id = %s", [neighbours.amara.pk]
    )
    report = reconcile.reconcile(at=now)
    assert [(one.kind, one.much) for one in report.findings] == [("floor", 2)]
    assert "2 of its lines go under its floor" in check()[0]


@pytest.mark.breaks_the_books
def test_it_names_an_account_that_lines_name_and_that_is_gone(lines, neighbours, now) -> None:
    behind_its_back("DELETE FROM timebank_account", [])
    report = reconcile.reconcile(at=now)
    assert {(one.kind, one.much) for one in report.findings} == {("gone", 3)}
    assert (report.accounts, report.transfers, report.balances) == (0, 3, False)
    assert f"Account {neighbours.amara.pk} isn’t there, and 3 lines name it" in check()[0]


def test_it_says_that_nothing_is_sealed(lines) -> None:
    assert "Nothing is sealed." in check("--seals")[0]


def test_it_prints_one_object_for_machines(lines) -> None:
    told, code = check("--json")
    report = json.loads(told)
    assert (code, report["balances"], report["accounts"], report["transfers"]) == (0, True, 3, 3)
    assert "family" not in told


def test_it_reads_the_books_once(lines, now, django_assert_num_queries) -> None:
    glances = 2 if connection.vendor == "postgresql" else 1  # at the accounts, and at the lines
    with django_assert_num_queries(glances):
        assert reconcile.reconcile(at=now).accounts == 3
    with django_assert_num_queries(1):
        assert reconcile.reconcile(at=now, thorough=True).accounts == 3


def test_it_checks_the_seals_too(lines, now) -> None:
    sealing.seal(at=now + timedelta(days=1))
    told, code = check("--seals")
    assert code == 0
    assert "Every seal fits" in told


@pytest.mark.breaks_the_books
def test_it_names_the_day_whose_seal_is_broken(lines, now) -> None:
    sealing.seal(at=now + timedelta(days=1))
    behind_its_back("UPDATE timebank_transfer SET recorded_at = happened_at, kind = 'gift'", [])
    told, code = check("--seals")
    assert code == 1
    assert "The seal of 2026-11-20 does not fit" in told
    assert json.loads(check("--seals", "--json")[0])["broken_seals"] == ["2026-11-20"]


def test_it_seals_by_night_and_only_books_that_balance(lines) -> None:
    out = StringIO()
    call_command("seal_books", stdout=out)
    call_command("seal_books", stdout=out)
    assert "Sealed" in out.getvalue()
    assert "already" in out.getvalue()


@pytest.mark.breaks_the_books
def test_it_puts_no_seal_on_books_that_do_not_balance(lines) -> None:
    behind_its_back("UPDATE timebank_account SET balance_minutes = balance_minutes + 1", [])
    with pytest.raises(CommandError, match="nothing was sealed"):
        call_command("seal_books")
    assert not Seal.objects.exists()


def test_it_shows_the_newest_seal_to_everybody(lines, client, now) -> None:
    made = sealing.seal(at=now + timedelta(days=1))
    assert made.digest in client.get("/hours/books/").content.decode()
