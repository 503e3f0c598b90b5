"""Run an importer over a file: look, compare, and write all of it or nothing.

Rows go through in batches, so that memory does not grow with the file, inside one transaction that is undone when any
line is wrong. A dry run only looks. A newcomer would validate in a first reading and write in a second: the file could
change in between.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import transaction

from people.importing.columns import Column
from people.importing.faults import Faults, FileRefused
from people.importing.reading import Lines
from people.importing.table import Row, Table

BATCH = 500
MOST_TOLD = 8  # how many rows a report describes in words
ENOUGH_FAULTS = 2_000  # a file this wrong is another file; reading it to the end helps nobody

Progress = Callable[[int, int, int], None]  # rows so far, bytes read, bytes in all


class Part(Protocol):
    """One app's share of a row. `look` and `write` take a batch and use a fixed number of queries."""

    columns: list[Column]

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find what is stored, set `subject` and `is_new` or read them; note changes, refuse what can't be."""

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the rows, none of which was refused. Rows without changes come too."""


@dataclass
class Importer:
    """What a file of one kind holds: the parts, lowest floor first, and how a row is called in a report."""

    one: str  # "family"
    many: str  # "families"
    parts: list[Part]
    called: Callable[[Row], str]
    batch: int = BATCH

    @property
    def columns(self) -> list[Column]:
        """Give the columns of all parts; the first is the reference."""
        return [column for part in self.parts for column in part.columns]


@dataclass
class Report:
    """What came of a run, or what would come of it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    columns: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    refused: str = ""  # why the file as a whole can't be read
    written: bool = False

    @property
    def is_good(self) -> bool:
        """Say whether nothing was wrong."""
        return not self.refused and not self.faults.count


class _UndoError(Exception):
    """Leaves the transaction so that nothing of it stays."""


def run(
    importer: Importer,
    path: Path,
    *,
    at: datetime,
    dry_run: bool = False,
    most_faults: int = 50,
    progress: Progress | None = None,
) -> Report:
    """Read `path` into the database and give a report; nothing is written unless every line is right."""
    report = Report(faults=Faults(most=most_faults))
    try:
        with transaction.atomic():
            _go_through(importer, path, report, at=at, dry_run=dry_run, progress=progress)
            if not report.is_good:
                raise _UndoError
    except FileRefused as why:
        report.refused = str(why)
    except _UndoError:
        pass
    report.written = report.is_good and not dry_run
    return report


def _go_through(
    importer: Importer,
    path: Path,
    report: Report,
    *,
    at: datetime,
    dry_run: bool,
    progress: Progress | None,
) -> None:
    lines = Lines(path)
    table = Table(lines, importer.columns, report.faults)
    for batch in _batches(table, importer.batch):
        for part in importer.parts:
            part.look([row for row in batch if not row.refused], at)
        for row in batch:
            _count(report, importer, row)
        if not dry_run and report.is_good:
            for part in importer.parts:
                part.write(batch, at)
        if progress:
            progress(
                report.new + report.changed + report.unchanged, lines.bytes_read, lines.bytes_in_all
            )
        if report.faults.count >= ENOUGH_FAULTS:
            raise _UndoError


def _count(report: Report, importer: Importer, row: Row) -> None:
    if row.refused:
        return
    if row.is_new:
        report.new += 1
        _tell(report, f"Line {row.line}: {importer.called(row)}, new")
    elif row.changes:
        report.changed += 1
        report.columns.update(row.changes)
        _tell(report, f"Line {row.line}: {importer.called(row)}, changed: {', '.join(row.changes)}")
    else:
        report.unchanged += 1


def _tell(report: Report, line: str) -> None:
    if len(report.told) < MOST_TOLD:
        report.told.append(line)


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
