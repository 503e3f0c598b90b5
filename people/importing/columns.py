"""What may stand in a cell: readers that turn text into a value or say in plain words what to write instead.

A newcomer would strip the sign off a cell such as "=1+1" and go on. It is refused instead: such a cell is run as a
formula by the next spreadsheet that opens an export (trust.md SG-40), and people should know that their file has one.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from people.availability import DAYS, PARTS, SLOTS, to_bits
from people.importing.faults import CellRefused, did_you_mean, shown

Reader = Callable[[str], Any]

FORMULA_SIGNS = "=+-@＝＋－＠"
SWITCHES = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # turn the reading direction round
)
YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Column:
    """One column of a file. An empty cell of a column that is not required gives `empty`."""

    name: str
    read: Reader
    required: bool = False
    empty: Any = ""
    example: str = ""

    def value(self, cell: str) -> Any:
        """Give the value of a cell; raises CellRefused."""
        _refuse_formula(cell, self.read)
        text = unicodedata.normalize("NFC", cell).strip()
        if text:
            return self.read(text)
        if self.required:
            raise CellRefused("is empty. Every line needs it.")
        return self.empty() if callable(self.empty) else self.empty


def words(most: int, *, lines: bool = False) -> Reader:
    """Read words of up to `most` letters, on several lines only if `lines`."""

    def read(text: str) -> str:
        _refuse_formula(
            text, read
        )  # an item of a list stands in a cell of its own when it is exported
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        text = text if lines else " ".join(text.split())
        if any(_is_hidden(letter) for letter in text):
            raise CellRefused(f"{shown(text)} holds a letter that can't be seen. Type it again.")
        if len(text) > most:
            raise CellRefused(
                f"{shown(text)} is {len(text):,} letters long. Write {most:,} at the most."
            )
        return text

    return read


def code(text: str) -> str:
    """Read a reference: what the programme's own list calls this row."""
    if not re.fullmatch(r"[\w./:-]{1,40}", text):
        raise CellRefused(
            f"{shown(text)} can't be a reference. Write up to 40 letters, figures and hyphens, "
            "without spaces."
        )
    return text


def whole_number(least: int, most: int) -> Reader:
    """Read a whole number between `least` and `most`, both included."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise CellRefused(f"{shown(text)} should be a whole number from {least} to {most}.")
        return int(text)

    return read


def degrees(most: int) -> Reader:
    """Read a latitude or longitude in degrees, up to `most` either way; kept to four places (about 10 m)."""

    def read(text: str) -> Decimal:
        if re.fullmatch(r"-?\d+,\d+", text):
            raise CellRefused(f"{shown(text)} has a comma. Write {text.replace(',', '.')}.")
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) > most:
            raise CellRefused(
                f"{shown(text)} should be degrees with a point, such as 52.6831 or -1.9200."
            )
        return number.quantize(Decimal("0.0001"))

    read.takes_signs = True  # type: ignore[attr-defined]  # -1.92 is a number, not a formula
    return read


def day(text: str) -> date:
    """Read a date written 2026-11-20."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise CellRefused(
            f"{shown(text)} should be a date written year-month-day{_as_iso(text)}."
        ) from None


def email(text: str) -> str:
    """Read an email address, in lower case as everywhere in Kith."""
    try:
        validate_email(text)
    except ValidationError:
        raise CellRefused(f"{shown(text)} is not an email address.") from None
    return text.lower()


def one_of(meanings: Mapping[str, Any]) -> Reader:
    """Read one of a few words and give what it means."""

    def read(text: str) -> Any:
        if text.casefold() not in meanings:
            known = [str(word) for word in meanings]
            raise CellRefused(
                f"{shown(text)} is not one of {', '.join(known)}.{did_you_mean(text, known)}"
            )
        return meanings[text.casefold()]

    return read


def list_of(item: Reader, *, most: int = 20) -> Reader:
    """Read items with ";" between them, each once."""

    def read(text: str) -> list[Any]:
        items = [part.strip() for part in text.split(";") if part.strip()]
        if len(items) > most:
            raise CellRefused(f"{shown(text)} lists {len(items)} things. Write {most} at the most.")
        return list(dict.fromkeys(item(part) for part in items))

    return read


def free_times(text: str) -> int:
    """Read free times such as "mon-morning;sat-afternoon" into the 21 bits of people.availability."""
    slots = [part.strip().casefold() for part in text.split(";") if part.strip()]
    for slot in slots:
        if slot not in SLOTS:
            raise CellRefused(
                f"{shown(slot)} is no part of the week. Write a day ({', '.join(DAYS)}), a hyphen "
                f"and {', '.join(PARTS[:2])} or {PARTS[2]}, such as sat-morning.{did_you_mean(slot, list(SLOTS))}"
            )
    return to_bits(slots)


def _refuse_formula(cell: str, reader: Reader) -> None:
    if cell.startswith(("\t", "\r")):
        raise CellRefused("begins with a tab or a line break. Take it away.")
    text = cell.lstrip()
    if text and text[0] in FORMULA_SIGNS and not getattr(reader, "takes_signs", False):
        raise CellRefused(
            f"{shown(text)} begins with “{text[0]}”, which a spreadsheet runs as a formula. "
            "Begin with a letter or a figure."
        )


def _is_hidden(letter: str) -> bool:
    return letter in SWITCHES or (unicodedata.category(letter) in {"Cc", "Co"} and letter != "\n")


def _as_iso(text: str) -> str:
    british = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
    if british:
        try:
            meant = date(int(british[3]), int(british[2]), int(british[1]))
        except ValueError:
            return ", such as 2026-11-20"
        return f": {meant.isoformat()}"
    return ", such as 2026-11-20"
