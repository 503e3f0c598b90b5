"""One look at each line says whether anything is wrong; what it can't see, a thorough look finds."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.timebank.test_reconcile import behind_its_back
from timebank import floors, glance, ledger
from timebank.models import Account
from timebank.reconcile import reconcile

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite always looks thoroughly"),
]


@pytest.fixture
def lines(neighbours, now):
    """Denise gives Amara half an hour and gets it back, and so once more."""
    there, back = neighbours.amara, neighbours.denise
    made = []
    for key in ("out", "back", "out again", "back again"):
        made.append(
            ledger.transfer(
                payer_id=there.pk,
                payee_id=back.pk,
                minutes=30,
                kind="exchange",
                reason="Lift",
                happened_at=now,
                by=neighbours.bea,
                at=now,
                key=key,
            )
        )
        there, back = back, there
    return made


def test_it_counts_what_the_thorough_look_counts(lines, now) -> None:
    seen, report = glance.glance(), reconcile(at=now, thorough=True)
    assert seen == glance.Glance(report.accounts, report.transfers, report.sum_minutes)
    assert (seen.accounts, seen.transfers, seen.sum_minutes) == (3, 4, 0)


@pytest.mark.breaks_the_books
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE timebank_account SET balance_minutes = balance_minutes + 1 WHERE id = {amara}",
        "UPDATE timebank_account SET balance_minutes = balance_minutes + 1",
        "UPDATE timebank_account SET balance_minutes = -balance_minutes + 1 WHERE id <> {nadia}",
        "DELETE FROM timebank_transfer WHERE id = {first}",
        "DELETE FROM timebank_transfer WHERE id = {last}",
        "UPDATE timebank_transfer SET minutes = 29 WHERE id = {last}",
        "UPDATE timebank_transfer SET payer_balance_after = 1 WHERE id = {first}",
        "UPDATE timebank_transfer SET payee_id = {nadia} WHERE id = {first}",
        "UPDATE timebank_transfer SET payer_id = payee_id, payee_id = payer_id WHERE id = {first}",
        "UPDATE timebank_account SET floor_minutes = -29 WHERE id = {amara}",
        "UPDATE timebank_account SET floor_minutes = -29",
    ],
)
def test_it_notices_what_does_not_fit(lines, neighbours, now, sql) -> None:
    told = {"amara": neighbours.amara.pk, "nadia": neighbours.nadia.pk}
    behind_its_back(sql.format(first=lines[0].pk, last=lines[-1].pk, **told), [])
    assert glance.glance() is None
    assert reconcile(at=now).findings


@pytest.mark.breaks_the_books
def test_it_leaves_lines_out_and_back_to_the_thorough_look(lines, now) -> None:
    behind_its_back(
        "DELETE FROM timebank_transfer WHERE id IN (%s, %s)", [lines[0].pk, lines[3].pk]
    )
    assert glance.glance() is not None
    assert reconcile(at=now, thorough=True).gaps == 2


def test_it_knows_an_exception_from_a_floor_that_was_broken(lines, neighbours, now) -> None:
    floors.grant(
        account=neighbours.amara,
        floor_minutes=-700,
        reason="Ill",
        ends_at=now.replace(year=2027, month=1),
        by=neighbours.bea,
        at=now,
    )
    ledger.transfer(
        payer_id=neighbours.amara.pk,
        payee_id=neighbours.nadia.pk,
        minutes=650,
        kind="exchange",
        reason="Care",
        happened_at=now,
        by=neighbours.bea,
        at=now,
        key="under",
    )
    assert glance.glance() is not None


def test_it_takes_no_floor_for_a_broken_one(lines, neighbours, now) -> None:
    mint = Account.objects.create(kind="mint", opened_at=now)
    ledger.transfer(
        payer_id=mint.pk,
        payee_id=neighbours.nadia.pk,
        minutes=6_000,
        kind="opening",
        reason="",
        happened_at=now,
        by=neighbours.bea,
        at=now,
        key="opening",
    )
    assert glance.glance() is not None


def test_it_says_how_far_it_is_in_long_books(lines, monkeypatch) -> None:
    monkeypatch.setattr(glance, "AT_A_TIME", lines[1].pk)
    out, said = StringIO(), StringIO()
    call_command("check_ledger", stdout=out, stderr=said, no_color=True)
    newest = f"{lines[-1].pk:,}"
    assert said.getvalue().splitlines()[0] == f"{lines[1].pk:,} of {newest} looked at"
    assert said.getvalue().splitlines()[-1] == f"{newest} of {newest} looked at"
    assert "4 transfers" in out.getvalue()
