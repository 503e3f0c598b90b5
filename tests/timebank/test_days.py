"""A statement of chosen days: opening + entries = closing, and every link, the file and a print keep the days."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.timebank.deeds import as_user, confirmed, helped, told_by
from timebank import exchanges, floors, gatherings, leaving, ledger
from timebank.statements import Ends

pytestmark = pytest.mark.django_db

AUTUMN = "since=2026-09-13&until=2026-09-14"


@pytest.fixture
def five_days(neighbours):
    """Denise helped Amara for ten minutes on each of five days, the 12th to the 16th."""
    for n in range(5):
        at = datetime(2026, 9, 12 + n, 12, tzinfo=UTC)
        written = helped(neighbours, words=f"Lift on the {12 + n}th", minutes=10, at=at)
        exchanges.confirm(exchange=written, by=neighbours.amara_user, at=at)
    return as_user(neighbours.amara_user)


def test_it_shows_what_there_was_before_and_after_the_chosen_days(five_days) -> None:
    page = five_days.get(f"/hours/?{AUTUMN}")
    told = told_by(page)
    assert "From 13 September 2026 to 14 September 2026" in told
    assert "Before the first entry</dt><dd>−10 min" in told
    assert "All entries together</dt><dd>−20 min" in told
    assert "After the last entry</dt><dd>−30 min" in told
    assert "Lift on the 13th" in told
    assert "Lift on the 12th" not in told
    assert "Lift on the 15th" not in told


@pytest.mark.parametrize(
    ("query", "opening", "closing", "heading"),
    [
        ("since=15/09/2026", -30, -50, "From 15 September 2026 until today"),
        ("until=13.09.2026&since=", 0, -20, "From the beginning to 13 September 2026"),
        ("since=2027-01-01", -50, -50, "Nothing was counted in these days."),
    ],
)
def test_it_leaves_either_end_open(five_days, query, opening, closing, heading) -> None:
    page = five_days.get(f"/hours/?{query}")
    found = page.context["ends"]
    assert (found.opening, found.closing) == (opening, closing)
    assert heading in told_by(page)
    assert opening + sum(line.delta for line in page.context["page"].lines) == closing


def test_it_shows_all_hours_when_both_are_empty(five_days) -> None:
    page = five_days.get("/hours/?show=all&since=&until=")
    assert page.context["ends"] is None
    assert "Lift on the 12th" in told_by(page)


def test_it_adds_up_over_every_page_of_the_days(neighbours) -> None:
    for n in range(23):
        confirmed(neighbours, words=f"Lift number {n:02d}", minutes=10)
    amara = as_user(neighbours.amara_user)
    newest = amara.get("/hours/?since=2020-01-01")
    before = newest.context["page"].next_before
    assert f'href="?since=2020-01-01&amp;before={before}"' in newest.content.decode()
    older = amara.get(f"/hours/?since=2020-01-01&before={before}")
    assert newest.context["ends"] == older.context["ends"] == Ends(opening=0, closing=-230)
    lines = [*newest.context["page"].lines, *older.context["page"].lines]
    assert sum(line.delta for line in lines) == newest.context["ends"].moved


def test_it_keeps_the_days_in_every_link(five_days) -> None:
    page = five_days.get(f"/hours/?{AUTUMN}").content.decode()
    kept = AUTUMN.replace("&", "&amp;")
    assert f'href="?{kept}&amp;show=gave"' in page
    assert f'href="/hours/file/?{kept}"' in page


def test_it_saves_the_chosen_days_as_a_file(five_days) -> None:
    response = five_days.get(f"/hours/file/?{AUTUMN}")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["What", "Lift on the 14th", "Lift on the 13th"]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("since=yesterday", "Write the day like 14/11/2026."),
        ("until=9999-12-31", "Write the day like 14/11/2026."),
        ("since=0001-01-01", "Write the day like 14/11/2026."),
        ("since=2026-09-14&until=2026-09-13", "This day is before the first one."),
    ],
)
def test_it_says_plainly_what_is_wrong_with_a_day(five_days, query, problem) -> None:
    page = five_days.get(f"/hours/?{query}")
    told = told_by(page)
    assert problem in told
    assert "There is a problem" in told
    assert f'value="{query.rpartition("=")[2]}"' in told
    assert "Lift on the 12th" in told
    assert five_days.get(f"/hours/file/?{query}").url == f"/hours/?{query}"


def test_it_asks_the_database_as_often_for_many_days(five_days, neighbours, now) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            five_days.get(f"/hours/?{AUTUMN}")
        return len(queries)

    few = asked()
    for n in range(8):
        floors.grant(
            account=neighbours.amara,
            floor_minutes=-900,
            reason=f"Reason {n}",
            ends_at=now + timedelta(weeks=n + 1),
            by=neighbours.bea,
            at=now,
        )
    assert asked() == few


def test_it_words_a_gathering_a_gift_and_a_write_off(neighbours, now) -> None:
    gatherings.record(
        words="Tidied the brook",
        held_on=now.date(),
        minutes={neighbours.denise: 90},
        by=neighbours.bea,
        at=now,
        client_id="7b3a0a5e-6f1f-4f8f-9f0e-000000000001",
    )
    leaving.donate(
        account=neighbours.denise,
        to=neighbours.amara,
        minutes=30,
        words="For a good year",
        by=neighbours.denise_user,
        at=now,
        key="gift",
    )
    denise = as_user(neighbours.denise_user)
    told = told_by(denise.get("/hours/"))
    assert "Time with others, out of the community pot" in told
    assert "A gift to Amara’s family" in told
    assert "A gift from Denise’s family" in told_by(as_user(neighbours.amara_user).get("/hours/"))
    assert "A gathering" in denise.get("/hours/file/").content.decode()


def test_it_shows_who_let_the_hours_go_lower_until_when_and_why(neighbours, now) -> None:
    granted = floors.grant(
        account=neighbours.amara,
        floor_minutes=-900,
        reason="Three weeks in hospital",
        ends_at=datetime(2026, 12, 1, tzinfo=UTC),
        by=neighbours.bea,
        at=now,
    )
    assert granted.last_day.isoformat() == "2026-11-30"
    told = told_by(as_user(neighbours.amara_user).get("/hours/"))
    assert "Three weeks in hospital" in told
    assert "Bea, time broker" in told
    assert "Down to −15 h, until the end of 30 November 2026" in told
    assert "Three weeks" not in told_by(as_user(neighbours.denise_user).get("/hours/"))


def test_it_shows_an_exception_that_a_putting_right_wrote(neighbours, now) -> None:
    line = confirmed(neighbours, minutes=60).transfers.get()
    ledger.transfer(
        payer_id=neighbours.denise.pk,
        payee_id=neighbours.nadia.pk,
        minutes=660,
        kind="exchange",
        reason="Painting",
        happened_at=now,
        by=neighbours.bea,
        at=now,
        key="painting",
    )
    ledger.reverse(transfer=line, reason="Another week", by=neighbours.bea, at=now, key="back")
    told = told_by(as_user(neighbours.denise_user).get("/hours/"))
    assert "For one putting right" in told
    assert "Down to −11 h, for one entry on 20 November 2026" in told
    assert "Holds now" not in told
