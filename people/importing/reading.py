"""From a file to rows of cells, with true line numbers, never holding more than a line of it.

Only UTF-8 with commas is read. Anything else is refused with what to do about it, never guessed: a guess that is wrong
in one letter of a name is worse than being asked to save the file again.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from people.importing.faults import FileRefused, shown

MOST_ROWS = 100_000
LONGEST_LINE = 200_000  # bytes; the longest honest row is about 6,000
BOM = b"\xef\xbb\xbf"
SAVE_AS = "In Excel or LibreOffice choose Save as, then “CSV UTF-8 (comma delimited)”."

SPREADSHEETS = {b"PK\x03\x04": "a spreadsheet (xlsx or ods)", b"\xd0\xcf\x11\xe0": "a spreadsheet"}
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Lines:
    """The lines of a file as text, counted in lines and bytes while they are read. Raises FileRefused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = 0
        self.bytes_read = 0
        self.bytes_in_all = 0

    def __iter__(self) -> Iterator[str]:
        with _opened(self.path) as source:
            self.bytes_in_all = self.path.stat().st_size
            _refuse_what_is_no_csv(source.read(4096))
            source.seek(0)
            while line := source.readline(LONGEST_LINE + 1):
                self.number += 1
                self.bytes_read += len(line)
                yield self._text(line.removeprefix(BOM) if self.number == 1 else line)

    def _text(self, line: bytes) -> str:
        if len(line) > LONGEST_LINE:
            raise FileRefused(
                f"Line {self.number} is longer than {LONGEST_LINE:,} letters, so this is not a "
                "list of one person a line. Is a quotation mark missing, or is it another file?"
            )
        if b"\0" in line:
            raise FileRefused(
                f"Line {self.number} holds a NUL, which no text has. The file may be damaged. "
                f"Open it in a spreadsheet and save it again. {SAVE_AS}"
            )
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as wrong:
            raise FileRefused(_not_utf8(line, wrong.start, self.number)) from None


def rows(lines: Lines, *, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Give (line number, cells) of every row that is not blank, the header included; `most` of them, or MOST_ROWS.

    Raises FileRefused.
    """
    most = MOST_ROWS if most is None else most
    reader = csv.reader(iter(lines), strict=True)
    count = 0
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise FileRefused(_not_csv(str(wrong), begins)) from None
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > most + 1:  # the header is one
            raise FileRefused(
                f"This file has more than {most:,} rows, which is the most that is read at "
                "once. Split it into several files, each with the same first line."
            )
        yield begins, cells


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        source = path.open("rb")
    except FileNotFoundError:
        raise FileRefused(f"There is no file {shown(str(path))}.") from None
    except IsADirectoryError:
        raise FileRefused(f"{shown(str(path))} is a folder. Name a CSV file in it.") from None
    except (OSError, ValueError):
        raise FileRefused(f"The file {shown(str(path))} can't be opened.") from None
    with source:
        yield source


def _refuse_what_is_no_csv(beginning: bytes) -> None:
    if not beginning.removeprefix(BOM).strip():
        raise FileRefused("The file is empty. `--template` prints a first line and an example.")
    for magic, what in SPREADSHEETS.items():
        if beginning.startswith(magic):
            raise FileRefused(f"This is {what}, not a CSV file. {SAVE_AS}")
    if beginning.startswith(WIDE_BOMS) or _looks_wide(beginning):
        raise FileRefused(f"This file is saved as UTF-16 (“Unicode text”), not UTF-8. {SAVE_AS}")
    if b"\r" in beginning and b"\n" not in beginning:
        raise FileRefused(f"The lines of this file end in a way only old Macs know. {SAVE_AS}")


def _looks_wide(beginning: bytes) -> bool:
    # UTF-16 without a mark: in western text every second byte is nought.
    return beginning.count(0) > len(beginning) // 3


def _not_utf8(line: bytes, at: int, number: int) -> str:
    if any(byte < 9 or 13 < byte < 32 for byte in line):
        return f"Line {number} is no text, so this is not a CSV file. {SAVE_AS}"
    around = line[max(0, at - 12) : at + 12].decode("cp1252", errors="replace")
    word = next((word for word in around.split() if not word.isascii()), around)
    return (
        f"Line {number}: this file is not saved as UTF-8, so letters such as those in "
        f"{shown(word.strip(',;'))} would come out wrong. It looks like Windows-1252. {SAVE_AS}"
    )


def _not_csv(wrong: str, line: int) -> str:
    if "unexpected end" in wrong or "field larger" in wrong:
        return (
            f"Line {line}: a quotation mark opens in this row and never closes. Close it, or take it "
            "away. A quotation mark that belongs to the words is written twice, as in spreadsheets."
        )
    return (
        f"Line {line}: a quotation mark ends in the middle of a cell. Put the whole cell in quotation "
        "marks, and write a quotation mark that belongs to the words twice."
    )
