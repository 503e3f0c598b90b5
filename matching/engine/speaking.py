"""The matcher's JSON: an instance read, an answer written. Format: docs/algorithms/matching.md.

A newcomer would let unknown keys pass. They are refused: a misspelt "capacty" that is quietly
ignored would give a wrong answer with a certificate on it.
"""

from __future__ import annotations

import gc
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import repeat
from operator import contains, itemgetter
from typing import Any, NoReturn

from matching.engine.certificate import Certificate
from matching.engine.terms import (
    Answer,
    Instance,
    InstanceError,
    Pair,
    Seeking,
    Supporter,
    Unplaced,
    shown,
)
from matching.engine.whynot import WhyNot

VERSION = 1

_SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "seeking": (("id", "waiting_days"), ()),
    "supporters": (("id", "capacity"), ()),
    "pairs": (("seeking", "supporter", "score"), ("locked", "forbidden")),
}


def read_instance(content: bytes) -> Instance:
    """The instance in a file's bytes. Raises `InstanceError` with one sentence for its author."""
    with _no_collecting():
        told = _read_json(content)
        if not isinstance(told, dict):
            raise InstanceError(
                "The file must hold one JSON object with seeking, supporters and pairs."
            )
        unknown = sorted(told.keys() - _SHAPES.keys() - {"version"})
        if unknown:
            raise InstanceError(f"“{shown(unknown[0])}” is not part of the format.")
        version = told.get("version", VERSION)
        if type(version) is not int or version != VERSION:
            raise InstanceError(f"The version must be {VERSION}, the only one there is.")
        seeking, supporters, pairs = (_rows(told, name) for name in _SHAPES)
        return Instance(
            tuple(map(Seeking, _column(seeking, "id"), _column(seeking, "waiting_days"))),
            tuple(map(Supporter, _column(supporters, "id"), _column(supporters, "capacity"))),
            tuple(
                map(
                    Pair,
                    _column(pairs, "seeking"),
                    _column(pairs, "supporter"),
                    _column(pairs, "score"),
                    _marks(pairs, "locked"),
                    _marks(pairs, "forbidden"),
                )
            ),
        )


def write_answer(
    answer: Answer,
    unplaced: Sequence[Unplaced],
    certificate: Certificate,
    *,
    lists: Mapping[str, Sequence[str]] | None = None,
    why_not: WhyNot | None = None,
) -> str:
    """One line of JSON, always the same for the same answer; `lists` and `why_not` when asked."""
    told: dict[str, object] = {
        "version": VERSION,
        "pairs": _told(answer.pairs),
        "placed": answer.placed,
        "score": answer.score,
        "unplaced": [
            {"seeking": one.seeking, "code": one.code, "reason": one.reason} for one in unplaced
        ],
        "certificate": certificate.as_json(),
    }
    if lists is not None:
        told["shortlists"] = [
            {"seeking": family, "supporters": list(chosen)} for family, chosen in lists.items()
        ]
    if why_not is not None:
        told["explain"] = why_not.as_json()
    return json.dumps(told, ensure_ascii=False)


def _told(pairs: Iterable[Pair]) -> list[dict[str, object]]:
    return [
        {"seeking": one.seeking, "supporter": one.supporter, "score": one.score} for one in pairs
    ]


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Python looks for dead circles ever again while a million entries are made; there are none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read_json(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InstanceError("The file is not UTF-8 text; save it as UTF-8 and try again.") from None
    if not text or text.isspace():
        raise InstanceError("The file is empty.")
    try:
        told = json.loads(text, parse_constant=_refuse_constant)
        if _may_repeat_a_key(text, told):
            told = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InstanceError(
            f"The file is not JSON: {error.msg.removesuffix(' at')} at {where}."
        ) from None
    except RecursionError:
        raise InstanceError("The file is nested far too deeply to be an instance.") from None
    except InstanceError:
        raise
    except ValueError:
        # Python refuses to read whole numbers of thousands of digits.
        raise InstanceError("The file holds a number that is far too long.") from None
    return told


def _refuse_constant(name: str) -> NoReturn:
    raise InstanceError(f"The file holds {name}, which is not a number in JSON.")


def _may_repeat_a_key(text: str, told: object) -> bool:
    """False when the text cannot hold more keys than were read, so that none was overwritten.

    Asking Python to hand over every object's keys takes five times as long as reading. Every
    key stands before a colon, so as many keys read as there are colons is proof enough. An id
    may hold a colon too; then only those that could follow a key count.
    """
    if not isinstance(told, dict):
        return True
    lists = [rows for rows in told.values() if isinstance(rows, list)]
    read = len(told) + sum(len(row) for rows in lists for row in rows if isinstance(row, dict))
    if text.count(":") == read:
        return False
    return text.count('":') + len(re.findall(r'"[ \t\n\r]+:', text)) != read


def _object(items: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(items)
    if len(told) != len(items):
        times = Counter(key for key, _ in items)
        twice = max(told, key=times.__getitem__)
        raise InstanceError(f"“{shown(twice)}” stands twice in the same object.")
    return told


def _column(rows: Iterable[dict[str, Any]], key: str) -> Iterator[Any]:
    return map(itemgetter(key), rows)


def _marks(rows: list[dict[str, Any]], key: str) -> list[bool]:
    if any(map(contains, rows, repeat(key))):
        return [row.get(key, False) for row in rows]
    return [False] * len(rows)


def _rows(told: dict[str, object], name: str) -> list[dict[str, Any]]:
    if name not in told:
        raise InstanceError(f"“{name}” is missing.")
    rows = told[name]
    if not isinstance(rows, list):
        raise InstanceError(f"“{name}” must be a list.")
    needed, allowed = _SHAPES[name]
    if set(map(type, rows)) <= {dict} and set(map(tuple, rows)) <= {needed}:
        return rows
    for number, row in enumerate(rows, start=1):
        _check_row(row, needed, allowed, f"Entry {number} of {name}")
    return rows


def _check_row(row: object, needed: tuple[str, ...], allowed: tuple[str, ...], where: str) -> None:
    if not isinstance(row, dict):
        raise InstanceError(f"{where} must be an object.")
    for key in needed:
        if key not in row:
            raise InstanceError(f"{where} has no “{key}”.")
    for key in row:
        if key not in needed and key not in allowed:
            raise InstanceError(f"{where} has “{shown(key)}”, which is not part of the format.")
        if key in allowed and type(row[key]) is not bool:
            raise InstanceError(f"{where}: “{key}” must be true or false.")
