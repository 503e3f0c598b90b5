"""Seals: what was written up to last night can't be changed unseen, and erasing a person breaks none."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.timebank.test_reconcile import behind_its_back
from timebank import ledger, sealing
from timebank.models import Seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def nights(neighbours, now):
    """Three days with two transfers each, and a seal after each."""
    for day in range(3):
        for n in range(2):
            at = now + timedelta(days=day, minutes=n)
            ledger.transfer(
                payer_id=neighbours.amara.pk,
                payee_id=neighbours.denise.pk,
                minutes=10 + n,
                kind="exchange",
                reason="Lift to the clinic",
                happened_at=at,
                by=neighbours.bea,
                at=at,
                key=f"{day}-{n}",
            )
        sealing.seal(at=now + timedelta(days=day, hours=20))
    return list(Seal.objects.all())


def test_it_seals_each_day_once_and_chains_it(nights, now) -> None:
    assert [(one.day, one.transfers) for one in nights] == [
        (date(2026, 11, 20), 2),
        (date(2026, 11, 21), 2),
        (date(2026, 11, 22), 2),
    ]
    assert len({one.digest for one in nights}) == 3
    assert sealing.seal(at=now + timedelta(days=2, hours=20)) is None
    assert list(sealing.broken()) == []


def test_it_seals_quiet_days_too(nights, now) -> None:
    quiet = sealing.seal(at=now + timedelta(days=9))
    assert quiet is not None
    assert (quiet.transfers, quiet.last_id) == (0, nights[-1].last_id)
    assert quiet.digest != nights[-1].digest
    assert list(sealing.broken()) == []


def test_it_seals_empty_books(db, now) -> None:
    made = sealing.seal(at=now)
    assert made is not None
    assert (made.transfers, made.last_id) == (0, 0)


@pytest.mark.breaks_the_books
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE timebank_transfer SET minutes = 99 WHERE key = '1-0'",
        "UPDATE timebank_transfer SET happened_at = recorded_at, by_id = by_id, kind = 'gift' WHERE key = '1-0'",
        "DELETE FROM timebank_transfer WHERE key = '1-1'",
    ],
)
def test_it_finds_the_day_on_which_something_was_changed(nights, change) -> None:
    behind_its_back(change, [])
    assert [one.day for one in sealing.broken()] == [date(2026, 11, 21)]


def test_it_stays_whole_when_a_persons_words_are_erased(nights) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timebank_transfer SET reason = ''")
    assert list(sealing.broken()) == []
