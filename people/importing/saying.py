"""What an import says on the terminal: the template, the progress, the faults and the report."""

import csv
import io
from collections.abc import Callable

from people.importing.faults import many
from people.importing.running import Importer, Progress, Report

Say = Callable[[str], object]

STEP_PERCENT = 10
LONG_FILE = 200_000  # bytes; a shorter one is done before anybody looks


def template(importer: Importer) -> str:
    """Give the first line of a file and one example row."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(column.name for column in importer.columns)
    writer.writerow(column.example for column in importer.columns)
    return page.getvalue().replace("\r\n", "\n")


def progress_to(say: Say) -> Progress:
    """Give a progress that says every tenth of a long file."""
    said = 0

    def progress(rows: int, read: int, in_all: int) -> None:
        nonlocal said
        percent = 100 * read // max(in_all, 1)
        if in_all >= LONG_FILE and percent >= said + STEP_PERCENT:
            said = percent - percent % STEP_PERCENT
            say(f"{percent} % read, {many(rows, 'row', 'rows')} so far")

    return progress


def say_faults(report: Report, say: Say) -> None:
    """Say what is wrong, a line a fault, in the order of the file."""
    for fault in report.faults.in_order():
        say(str(fault))
    if report.faults.more:
        say(f"… and {report.faults.more:,} more.")
    if report.refused:
        say(report.refused)


def say_report(importer: Importer, report: Report, say: Say) -> None:
    """Say what was written, or in a dry run what would be."""
    for line in report.told:
        say(line)
    left = report.new + report.changed - len(report.told)
    if left > 0:
        say(f"… and {left:,} more.")
    changed = f"{report.changed:,} changed"
    if report.columns:
        counts = ", ".join(f"{name} {count:,}" for name, count in report.columns.most_common())
        changed += f" ({counts})"
    say(
        f"{importer.many.capitalize()}: {report.new:,} new, {changed}, {report.unchanged:,} unchanged."
    )
    if not report.written:
        say("This was a dry run: nothing was written.")
