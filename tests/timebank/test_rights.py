"""PostgreSQL's own rights, as docs/operations.md gives them: what Kith runs as can post an hour and rewrite nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from safeguarding import concerns, timers
from tests.timebank.deeds import confirmed
from timebank import floors, leaving, ledger
from timebank.models import Transfer
from timebank.reconcile import reconcile

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no roles"),
]


@pytest.fixture
def as_the_application(neighbours) -> Iterator[None]:
    """Be the role that Kith runs as, with the rights that the manual gives it; gone when the test is rolled back."""
    manual = (settings.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    taken = re.findall(r"^(?:REVOKE|GRANT) UPDATE.*;$", manual, re.MULTILINE)
    assert len(taken) == 9, taken
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE kith_in_a_test")
        cursor.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO kith_in_a_test"
        )
        cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO kith_in_a_test")
        for statement in taken:
            cursor.execute(re.sub(r"\bkith;$", "kith_in_a_test;", statement))
        cursor.execute("SET ROLE kith_in_a_test")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_it_lets_the_application_do_its_work(neighbours, as_the_application, now) -> None:
    confirmed(neighbours)
    line = Transfer.objects.get()
    ledger.reverse(transfer=line, reason="Wrong", by=neighbours.bea, at=now, key="back")
    floors.revoke(
        exception=floors.grant(
            account=neighbours.amara,
            floor_minutes=-900,
            reason="Ill",
            ends_at=now.replace(year=2027, month=1),
            by=neighbours.bea,
            at=now,
        ),
        by=neighbours.bea,
        at=now,
    )
    assert leaving.close(account=neighbours.denise, by=neighbours.bea, at=now).closed_at
    assert reconcile(at=now).balances


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE timebank_transfer SET reason = ''",
        "UPDATE timebank_transfer SET minutes = 1",
        "DELETE FROM timebank_transfer",
        "TRUNCATE timebank_transfer CASCADE",
        "UPDATE timebank_account SET balance_minutes = 0",
        "UPDATE timebank_account SET floor_minutes = -9000",
        "DELETE FROM timebank_account",
        "UPDATE timebank_seal SET digest = ''",
        "DELETE FROM timebank_seal",
        "INSERT INTO timebank_seal (day, last_id, transfers, digest, sealed_at)"
        " VALUES ('2030-01-01', 0, 0, '', now())",
        "UPDATE timebank_floorexception SET floor_minutes = -9000",
        "DELETE FROM timebank_floorexception",
        "CREATE TEMP TABLE mine (LIKE timebank_transfer);"
        " CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH ROW"
        " EXECUTE FUNCTION timebank_before_posting()",
        "ALTER TABLE timebank_transfer DISABLE TRIGGER ALL",
        "DROP TRIGGER timebank_before_posting ON timebank_transfer",
        "CREATE OR REPLACE FUNCTION timebank_before_posting() RETURNS trigger LANGUAGE sql AS ''",
    ],
)
def test_it_gives_the_application_no_right_to_rewrite_the_books(
    neighbours, as_the_application, sql
) -> None:
    confirmed(neighbours)
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_it_lets_a_lead_deal_with_a_concern(neighbours, as_the_application, now) -> None:
    told = concerns.raise_concern(
        words="I’m worried", about="", reach="", by=neighbours.bea, at=now
    )
    concerns.act(concern=told, words="Rang them", level="silver", by=neighbours.bea, at=now)
    timers.climb_missed(now + timedelta(days=30))
    told.refresh_from_db()
    assert told.level == "gold"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE safeguarding_concern SET words = ''",
        "DELETE FROM safeguarding_concern",
        "UPDATE safeguarding_concernaction SET words = ''",
        "DELETE FROM safeguarding_concernaction",
        "DELETE FROM safeguarding_concernabout",
        "UPDATE safeguarding_concerndecision SET facts = ''",
        "UPDATE safeguarding_accessevent SET page = ''",
        "DELETE FROM safeguarding_accessevent",
    ],
)
def test_it_gives_the_application_no_right_to_rewrite_what_was_told(
    as_the_application, sql
) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
