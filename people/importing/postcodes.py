"""Postcodes by file: the Ordnance Survey's Code-Point Open, which is free to use and covers Great Britain.

Its files have no first line of names, and a million and a half rows. Rows go through in batches, so memory doesn't grow
with the file, and only what lies near one of the programme's places is kept: its cell and the nearest place. Northern
Ireland is not in it; people there choose their place from the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.db import transaction

from people.importing.columns import Column, words
from people.importing.faults import Faults, FileRefused, shown
from people.importing.reading import Lines, rows
from people.importing.running import ENOUGH_FAULTS, Importer, Progress, Report
from people.models import Place, Postcode
from people.national_grid import to_degrees
from people.nearness import cell_of, centre_of, distance_km
from people.postcodes import as_code

MOST_POSTCODES = 3_000_000
BATCH = 2_000
CELLS_REMEMBERED = 100_000
# Further than this from every place of the programme, nobody of ours lives there.
REACH_KM = 16.0
NO_POSITION = "90"  # Code-Point Open's quality for a postcode that nobody has placed
WIDTH_M, HEIGHT_M = 700_000, 1_300_000  # the National Grid
EASTINGS, NORTHINGS = 2, 3
IMPORTER = Importer(
    one="postcode",
    many="postcodes",
    parts=[],
    called=lambda row: "",
)
COLUMNS = [
    Column("postcode", words(8), example="WS7 4AA"),
    Column("quality", words(2), example="10"),
    Column("eastings", words(6), example="405830"),
    Column("northings", words(7), example="308610"),
]


class _UndoError(Exception):
    """Leaves the transaction so that nothing of it stays."""


@dataclass
class PostcodesReport(Report):
    """What came of it, and how many lie out of reach or nowhere: those are not kept."""

    elsewhere: int = 0
    nowhere: int = 0


def bring_in(
    path: Path,
    *,
    dry_run: bool = False,
    most_faults: int = 50,
    progress: Progress | None = None,
) -> PostcodesReport:
    """Read a file of Code-Point Open, all of it or nothing, and give a report. Read twice, it changes nothing."""
    report = PostcodesReport(faults=Faults(most=most_faults))
    try:
        with transaction.atomic():
            _go_through(path, report, dry_run=dry_run, progress=progress)
            if not report.is_good:
                raise _UndoError
    except FileRefused as why:
        report.refused = str(why)
    except _UndoError:
        pass
    report.written = report.is_good and not dry_run
    return report


def _go_through(
    path: Path, report: PostcodesReport, *, dry_run: bool, progress: Progress | None
) -> None:
    reach = Reach()
    lines = Lines(path)
    read = _read(lines, reach, report)
    while batch := {one.code: one for one in islice(read, BATCH)}:
        changed = _compare(batch, report)
        if changed and not dry_run and report.is_good:
            Postcode.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=["cell_latitude", "cell_longitude", "place"],
            )
        if progress:
            progress(lines.number, lines.bytes_read, lines.bytes_in_all)
        if report.faults.count >= ENOUGH_FAULTS:
            raise _UndoError


def _compare(batch: dict[str, Postcode], report: PostcodesReport) -> list[Postcode]:
    """Count what is new, changed and the same; give what is to be written."""
    there = Postcode.objects.in_bulk(batch)
    wanted = []
    for code, one in batch.items():
        before = there.get(code)
        if before is None:
            report.new += 1
        elif _told(before) == _told(one):
            report.unchanged += 1
            continue
        else:
            report.changed += 1
        wanted.append(one)
    return wanted


def _told(one: Postcode) -> tuple[Decimal, Decimal, int]:
    return one.cell_latitude, one.cell_longitude, one.place_id


class Reach:
    """Where the programme's places are; a cell's nearest is looked for once."""

    def __init__(self) -> None:
        kinds = [Place.Kind.TOWN, Place.Kind.NEIGHBOURHOOD]  # what people may choose
        self.places = list(Place.objects.filter(kind__in=kinds).order_by("pk"))
        if not self.places:
            raise FileRefused("There are no places yet. Bring in places first: `import_places`.")
        self.nearest = lru_cache(maxsize=CELLS_REMEMBERED)(self._nearest)

    def _nearest(self, cell: tuple[Decimal, Decimal]) -> Place | None:
        """Give the place nearest to the middle of a cell; None where all are too far. Ties go to the older place."""
        here = (float(cell[0]), float(cell[1]))
        away, _pk, place = min(
            (distance_km(here, centre_of(place)), place.pk, place) for place in self.places
        )
        return place if away <= REACH_KM else None


def _read(lines: Lines, reach: Reach, report: PostcodesReport) -> Iterator[Postcode]:
    """Give the postcodes within reach; faults and what is left out are noted in the report."""
    for number, cells in rows(lines, most=MOST_POSTCODES):
        if number == 1 and cells[0].strip().casefold() == "postcode":
            continue  # somebody gave it a first line
        wrong = _what_is_wrong(cells)
        if wrong:
            report.faults.add(number, *wrong)
            if report.faults.count >= ENOUGH_FAULTS:
                return
            continue
        if cells[1].strip() == NO_POSITION:
            report.nowhere += 1
            continue
        latitude, longitude = to_degrees(float(cells[EASTINGS]), float(cells[NORTHINGS]))
        cell = cell_of(Decimal(str(latitude)), Decimal(str(longitude)))
        place = reach.nearest(cell)
        if place is None:
            report.elsewhere += 1
            continue
        yield Postcode(
            code=as_code(cells[0]), cell_latitude=cell[0], cell_longitude=cell[1], place=place
        )


def _what_is_wrong(cells: list[str]) -> tuple[str, str] | None:
    """Give (column, what is wrong) of a row, or None."""
    if len(cells) <= NORTHINGS:
        return "", "has fewer than four columns: postcode, quality, eastings, northings."
    if not as_code(cells[0]):
        return "postcode", f"{shown(cells[0])} is not a postcode, such as WS7 4AA."
    quality = cells[1].strip()
    if not (quality.isascii() and quality.isdecimal() and len(quality) <= len(NO_POSITION)):
        return "quality", f"{shown(cells[1])} is not a quality: a whole number from 10 to 90."
    if quality == NO_POSITION:
        return None
    for column, index, most in (
        ("eastings", EASTINGS, WIDTH_M),
        ("northings", NORTHINGS, HEIGHT_M),
    ):
        told = cells[index].strip()
        if not (told.isascii() and told.isdecimal() and len(told) < 8 and 0 < int(told) < most):
            return column, f"{shown(cells[index])} is not a number of metres on the National Grid."
    return None
