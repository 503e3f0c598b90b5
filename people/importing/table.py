"""A file as a table: the first line against the columns we know, then a row of values for each line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from people.importing.columns import Column
from people.importing.faults import CellRefused, Faults, FileRefused, did_you_mean, many, shown
from people.importing.reading import Lines, rows


@dataclass
class Row:
    """One line of the file. `values` has only the columns that stand in the file.

    `subject` is what the row is about (a place, a family, a volunteer); the first part of an importer finds or makes
    it, the parts after it add to it.
    """

    line: int
    values: dict[str, Any]
    faults: Faults
    subject: Any = None
    is_new: bool = False
    refused: bool = False
    changes: list[str] = field(default_factory=list)
    pending: dict[str, Any] = field(default_factory=dict)  # what a part found and has yet to write

    def refuse(self, column: str, says: str) -> None:
        """Say what is wrong with this row; nothing of the file is written then."""
        self.refused = True
        self.faults.add(self.line, column, says)

    def get(self, column: str, default: Any = None) -> Any:
        """Give a value, or `default` where the file has no such column."""
        return self.values.get(column, default)

    def settle(self, *names: str) -> None:
        """Set the subject's fields from the columns of the same names that stand in the file, noting what differs."""
        for name in names:
            if name in self.values and getattr(self.subject, name) != self.values[name]:
                setattr(self.subject, name, self.values[name])
                self.note(name)

    def note(self, column: str) -> None:
        """Note that `column` differs from what is stored."""
        if column not in self.changes:
            self.changes.append(column)


class Table:
    """The rows of a file, read once and in order. Raises FileRefused for what is wrong with the whole."""

    def __init__(self, lines: Lines, columns: list[Column], faults: Faults) -> None:
        self.columns = {column.name: column for column in columns}
        self.faults = faults
        self._rows = rows(lines)
        self._seen: dict[str, int] = {}
        self.header = self._read_header()

    def __iter__(self) -> Iterator[Row]:
        for line, cells in self._rows:
            while len(cells) > len(self.header) and not cells[-1].strip():
                cells.pop()  # spreadsheets leave empty columns at the end
            if len(cells) != len(self.header):
                self.faults.add(line, "", _wrong_length(len(cells), len(self.header)))
                continue
            row = self._row(line, cells)
            self._refuse_seen_twice(row)
            if not row.refused:
                yield row
        if not self._seen and not self.faults.count:
            raise FileRefused("This file has a first line and nothing under it.")

    def _row(self, line: int, cells: list[str]) -> Row:
        row = Row(line, {}, self.faults)
        for name, cell in zip(self.header, cells, strict=True):
            try:
                row.values[name] = self.columns[name].value(cell)
            except CellRefused as wrong:
                row.refuse(name, str(wrong))
        return row

    def _refuse_seen_twice(self, row: Row) -> None:
        reference = next(iter(self.columns))  # the first column says which row is which
        value = row.values.get(reference)
        if value is None:
            return
        if value in self._seen:
            row.refuse(reference, f"{shown(value)} stands on line {self._seen[value]} already.")
        else:
            self._seen[value] = row.line

    def _read_header(self) -> list[str]:
        first = next(self._rows, None)
        if first is None:
            raise FileRefused("The file is empty. `--template` prints a first line and an example.")
        line, cells = first
        self._refuse_other_delimiters(cells)
        header = [cell.strip().casefold().replace(" ", "_").replace("-", "_") for cell in cells]
        while header and not header[-1]:
            header.pop()
        known = list(self.columns)
        for place, name in enumerate(header):
            if name not in self.columns:
                hint = did_you_mean(name, known) or f" The columns are: {', '.join(known)}."
                self.faults.add(line, "", f"there is no column {shown(cells[place])}.{hint}")
            elif name in header[:place]:
                self.faults.add(line, name, "stands twice in the first line. Take one away.")
        for column in self.columns.values():
            if column.required and column.name not in header:
                self.faults.add(line, "", f"the column {column.name} is missing.")
        if self.faults.count:
            raise FileRefused("The first line should name the columns. `--template` shows how.")
        return header

    def _refuse_other_delimiters(self, cells: list[str]) -> None:
        for sign, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")):
            if len(cells) == 1 and sign in cells[0] and len(self.columns) > 1:
                raise FileRefused(
                    f"This file has {called} between its cells. It needs commas: when you save it as "
                    "CSV, choose the comma as the field delimiter."
                )


def _wrong_length(found: int, wanted: int) -> str:
    more = found > wanted
    return f"has {many(found, 'cell', 'cells')}, and the first line has {wanted}. " + (
        "Where words have a comma in them, put quotation marks round the cell."
        if more
        else "Is a comma missing?"
    )
