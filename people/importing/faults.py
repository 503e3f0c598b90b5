"""What is wrong with a file, in plain words: line, column, what was found, what to write instead.

A fault is something to read, not an exception: reading goes on, so that a person mends the whole file at once.
"""

import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches

LONGEST_SHOWN = 40


class CellRefused(ValueError):
    """One cell can't be read; the message finishes the sentence that begins with line and column."""


class FileRefused(Exception):
    """The file as a whole can't be read, worded for the person who runs the import."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong."""

    line: int
    column: str
    says: str

    def __str__(self) -> str:
        where = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{where}: {self.says}"


@dataclass
class Faults:
    """The faults of a file: the first `most` are kept to be read, the others are counted."""

    most: int = 50
    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, column: str, says: str) -> None:
        """Note a fault."""
        self.count += 1
        if len(self.kept) < self.most:
            self.kept.append(Fault(line, column, says))

    def in_order(self) -> list[Fault]:
        """Give the kept faults in the order of the file."""
        return sorted(self.kept, key=lambda fault: fault.line)

    @property
    def more(self) -> int:
        """How many faults are not among the kept."""
        return self.count - len(self.kept)


def shown(text: str) -> str:
    """Give a cell as a message may show it: in quotation marks, on one line, shortened."""
    flat = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text)
    flat = " ".join(flat.split())
    return f"“{flat[: LONGEST_SHOWN - 1]}…”" if len(flat) > LONGEST_SHOWN else f"“{flat}”"


def many(number: int, one: str, more: str) -> str:
    """Give "1 row", "2,000 rows"."""
    return f"{number:,} {one if number == 1 else more}"


def did_you_mean(found: str, known: list[str]) -> str:
    """Give " Did you mean X?" for the nearest of `known`, or nothing when none is near."""
    by_lower = {word.casefold(): word for word in known}
    near = get_close_matches(found.casefold(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean {by_lower[near[0]]}?" if near else ""
