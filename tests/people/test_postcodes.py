"""Postcodes: the published formulas, a file of Code-Point Open, and a question that lets the postcode go."""

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people import joining
from people.importing import postcodes as importing
from people.importing.postcodes import bring_in
from people.models import Joining, Postcode
from people.national_grid import on_airy, to_degrees
from people.nearness import cell_of
from people.postcodes import as_code
from tests import cast
from tests.people.answers_told import KEPT, SENT

# As the Ordnance Survey writes them: quoted letters, plain numbers, no first line.
ROW = '"{code}",10,{east},{north},"E92000001","E19000001","E18000005","","E07000194","E05006941"\n'
HERE = ("WS7 4AA", 405830, 309610)  # Burntwood
THERE = ("TR19 7AA", 134250, 25050)  # Land's End, far from every place of ours
ADDRESS = reverse("people:question", args=["place"])


def a_file(folder: Path, *rows: tuple[str, int, int], more: str = "") -> Path:
    """A file of Code-Point Open."""
    path = folder / "ws.csv"
    path.write_text(
        "".join(ROW.format(code=code, east=east, north=north) for code, east, north in rows) + more
    )
    return path


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


# --- The grid ---------------------------------------------------------------------------------


def test_it_reckons_as_the_worked_example_of_the_ordnance_survey():
    """Annex C: the point 651 409.903, 313 177.270 is 52° 39′ 27.2531″ N, 1° 43′ 4.5177″ E on Airy's ellipsoid."""
    latitude, longitude = on_airy(651409.903, 313177.270)
    assert latitude == pytest.approx(degrees(52, 39, 27.2531), abs=3e-8)
    assert longitude == pytest.approx(degrees(1, 43, 4.5177), abs=3e-8)


def test_it_goes_on_to_the_degrees_of_gps():
    latitude, longitude = to_degrees(651409.903, 313177.270)
    assert latitude == pytest.approx(degrees(52, 39, 28.723), abs=1e-6)
    assert longitude == pytest.approx(degrees(1, 42, 57.787), abs=1e-6)


# --- The file ---------------------------------------------------------------------------------


def test_it_keeps_the_cell_and_the_nearest_place_and_nothing_finer(town, tmp_path):
    unplaced = '"WS7 9ZZ",90,0,0,"E92000001","","","","",""\n'
    report = bring_in(a_file(tmp_path, HERE, THERE, more=unplaced))
    assert (report.new, report.elsewhere, report.nowhere, report.written) == (1, 1, 1, True)
    kept = Postcode.objects.get()
    assert (kept.code, kept.place) == ("WS74AA", town.burntwood)
    latitude, longitude = to_degrees(*HERE[1:])
    cell = cell_of(Decimal(str(latitude)), Decimal(str(longitude)))
    assert (kept.cell_latitude, kept.cell_longitude) == cell


def test_it_changes_nothing_when_read_twice_and_says_what_differs(town, tmp_path):
    path = a_file(tmp_path, HERE)
    assert bring_in(path).new == 1
    again = bring_in(path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    moved = bring_in(a_file(tmp_path, ("WS7 4AA", 404000, 317500)))
    assert (moved.new, moved.changed, moved.unchanged) == (0, 1, 0)
    assert Postcode.objects.get().place == town.rugeley


def test_it_writes_nothing_on_trial_or_when_a_line_is_wrong(town, tmp_path):
    assert bring_in(a_file(tmp_path, HERE), dry_run=True).new == 1
    bad = '"WS7",10,1,2\n"WS7 4AB",10,no,308610\n"WS7 4AC",x,405830,308610\n"WS7 4AD",10\n"WS7 4AE",10,9,9999999\n'
    report = bring_in(a_file(tmp_path, HERE, more=bad))
    assert not report.written
    assert [str(fault) for fault in report.faults.in_order()] == [
        "Line 2, postcode: “WS7” is not a postcode, such as WS7 4AA.",
        "Line 3, eastings: “no” is not a number of metres on the National Grid.",
        "Line 4, quality: “x” is not a quality: a whole number from 10 to 90.",
        "Line 5: has fewer than four columns: postcode, quality, eastings, northings.",
        "Line 6, northings: “9999999” is not a number of metres on the National Grid.",
    ]
    assert not Postcode.objects.exists()


def test_it_wants_the_places_first(db, tmp_path):
    assert "Bring in places first" in bring_in(a_file(tmp_path, HERE)).refused


def test_it_asks_a_fixed_number_of_questions_a_batch(town, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 50)

    def asked(many: int) -> int:
        rows = [
            (f"WS7 {n // 20 % 10}{'ABDEFGHJLNPQRSTUWXYZ'[n % 20]}A", 405830, 309610)
            for n in range(many)
        ]
        with CaptureQueriesContext(connection) as told:
            bring_in(a_file(tmp_path, *rows))
        return len(told)

    one, two = asked(50), asked(100)
    assert two - one <= one  # twice the rows, at most twice the questions, however wide a batch


def test_the_command_says_what_it_did(town, tmp_path):
    said = StringIO()
    call_command("import_postcodes", str(a_file(tmp_path, HERE, THERE)), stdout=said)
    assert "Postcodes: 1 new, 0 changed, 0 unchanged." in said.getvalue()
    assert "1 too far from every place" in said.getvalue()
    with pytest.raises(CommandError, match=r"Errors: 1\. Nothing was written"):
        call_command(
            "import_postcodes", str(a_file(tmp_path, more='"X",10,1,1\n')), stderr=StringIO()
        )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ws7 4aa", "WS74AA"),
        (" WS7-4AA ", "WS74AA"),
        ("sw1a1aa", "SW1A1AA"),
        ("WS7", ""),
        ("12345", ""),
        ("WS7 4AA; --", ""),
        ("ＷＳ７４ＡＡ", ""),
        ("x" * 5000, ""),
    ],
)
def test_it_reads_a_postcode_however_it_is_written(written, code):
    assert as_code(written) == code


# --- The question -----------------------------------------------------------------------------


@pytest.fixture
def newcomer(client, town):
    person = cast.user("new@example.org", "")
    client.force_login(person)
    joining.keep(by=person, slug="you", kept=KEPT["you"], at=_now())
    return person


def _now():
    from django.utils import timezone  # noqa: PLC0415

    return timezone.now()


def test_it_is_not_asked_before_the_file_was_brought_in(client, newcomer):
    assert "postcode" not in client.get(ADDRESS).content.decode().lower()


def test_it_takes_a_postcode_and_lets_it_go(client, newcomer, town, tmp_path):
    bring_in(a_file(tmp_path, HERE))
    assert "Or write your postcode" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {"place": "", "postcode": "ws7 4aa"}).status_code == 302
    kept = joining.answers_of(newcomer)["place"]
    assert kept["place"] == "burntwood"
    assert "WS7" not in str(Joining.objects.values_list("answers", flat=True))
    assert "ws7" not in client.get(ADDRESS).content.decode().lower()
    family = joining.join(by=newcomer, answers={**KEPT, "place": kept}, at=_now())
    there = Postcode.objects.get()
    assert (family.cell_latitude, family.cell_longitude) == (
        there.cell_latitude,
        there.cell_longitude,
    )
    assert family.place == town.burntwood


def test_the_place_that_was_chosen_stands_and_the_list_still_works(
    client, newcomer, town, tmp_path
):
    bring_in(a_file(tmp_path, HERE))
    client.post(ADDRESS, {"place": "rugeley", "postcode": "WS7 4AA"})
    kept = joining.answers_of(newcomer)["place"]
    assert (kept["place"], "cell" in kept) == ("rugeley", True)
    client.post(ADDRESS, SENT["place"])
    assert joining.answers_of(newcomer)["place"] == KEPT["place"]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("WS7 4ZZ", "We don’t know that postcode here"),
        ("Burntwood", "A postcode looks like WS7 4AA"),
        ("9" * 4000, "A postcode looks like WS7 4AA"),
        ("", "Choose a place from the list, or write your postcode below."),
    ],
)
def test_it_says_kindly_what_to_do_and_loses_nothing(client, newcomer, tmp_path, written, says):
    bring_in(a_file(tmp_path, HERE))
    page = client.post(ADDRESS, {"place": "", "postcode": written}).content.decode()
    assert says in page
    assert f'value="{written}"' in page or not written
    assert "place" not in joining.answers_of(newcomer)


def test_no_address_takes_a_postcode(client, newcomer, tmp_path):
    bring_in(a_file(tmp_path, HERE))
    page = client.get(ADDRESS, {"postcode": "WS7 4AA"}).content.decode()
    assert "WS7 4AA" not in page
    assert 'method="post"' in page
    assert "place" not in joining.answers_of(newcomer)
