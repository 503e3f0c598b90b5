"""The matcher's JSON: an instance read, an answer written. Format: docs/algorithms/matching.md.

A newcomer would let unknown keys pass. They are refused: a misspelt "capacty" that is quietly
ignored would give a wrong answer with a certificate on it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
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

VERSION = 1

_SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "seeking": (("id", "waiting_days"), ()),
    "supporters": (("id", "capacity"), ()),
    "pairs": (("seeking", "supporter", "score"), ("locked", "forbidden")),
}


def read_instance(content: bytes) -> Instance:
    """The instance in a file's bytes. Raises `InstanceError` with one sentence for its author."""
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
        tuple(Seeking(row["id"], row["waiting_days"]) for row in seeking),
        tuple(Supporter(row["id"], row["capacity"]) for row in supporters),
        tuple(
            Pair(
                row["seeking"],
                row["supporter"],
                row["score"],
                row.get("locked", False),
                row.get("forbidden", False),
            )
            for row in pairs
        ),
    )


def write_answer(answer: Answer, unplaced: Sequence[Unplaced], certificate: Certificate) -> str:
    """One line of JSON, always the same for the same answer."""
    told = {
        "version": VERSION,
        "pairs": [
            {"seeking": one.seeking, "supporter": one.supporter, "score": one.score}
            for one in answer.pairs
        ],
        "placed": answer.placed,
        "score": answer.score,
        "unplaced": [
            {"seeking": one.seeking, "code": one.code, "reason": one.reason} for one in unplaced
        ],
        "certificate": certificate.as_json(),
    }
    return json.dumps(told, ensure_ascii=False)


def _read_json(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InstanceError("The file is not UTF-8 text; save it as UTF-8 and try again.") from None
    if not text.strip():
        raise InstanceError("The file is empty.")
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InstanceError(f"The file is not JSON: {error.msg} at {where}.") from None
    except RecursionError:
        raise InstanceError("The file is nested far too deeply to be an instance.") from None
    except InstanceError:
        raise
    except ValueError:
        # Python refuses to read whole numbers of thousands of digits.
        raise InstanceError("The file holds a number that is far too long.") from None


def _refuse_constant(name: str) -> NoReturn:
    raise InstanceError(f"The file holds {name}, which is not a number in JSON.")


def _object(items: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(items)
    if len(told) != len(items):
        times = Counter(key for key, _ in items)
        twice = max(told, key=times.__getitem__)
        raise InstanceError(f"“{shown(twice)}” stands twice in the same object.")
    return told


def _rows(told: dict[str, object], name: str) -> list[dict[str, Any]]:
    needed, allowed = _SHAPES[name]
    if name not in told:
        raise InstanceError(f"“{name}” is missing.")
    rows = told[name]
    if not isinstance(rows, list):
        raise InstanceError(f"“{name}” must be a list.")
    for number, row in enumerate(rows, start=1):
        where = f"Entry {number} of {name}"
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
    return rows
