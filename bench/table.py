"""How every benchmark tells what it found: rows as a table for people, or one JSON object for machines.

A newcomer would print times alone. Each benchmark also names the ratios that the design's budgets speak of.
"""

import json
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def parser(sentence: str) -> ArgumentParser:
    """Give an argument parser that knows `--json`."""
    made = ArgumentParser(description=sentence)
    made.add_argument("--json", action="store_true", help="print one JSON object")
    return made


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """Give the median wall time of `work` in seconds, over `times` runs."""
    spent = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        spent.append(time.perf_counter() - before)
    return statistics.median(spent)


def tell(
    name: str, rows: Sequence[Row], ratios: Row, *, as_json: bool, notes: Sequence[str] = ()
) -> None:
    """Print what `name` found: rows with the same keys, the ratios that matter, and `notes` on what is missing."""
    if as_json:
        told = {"benchmark": name, "rows": list(rows), "ratios": dict(ratios), "notes": list(notes)}
        print(json.dumps(told))
        return
    print(f"\n{name}\n")
    heads = list(rows[0])
    lines = [heads] + [[_said(row[head]) for head in heads] for row in rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    for line in lines:
        first, rest = line[0].ljust(widths[0]), zip(line[1:], widths[1:], strict=True)
        print("  ".join([first, *(cell.rjust(width) for cell, width in rest)]))
    print()
    for what, ratio in ratios.items():
        print(f"{what}: {_said(ratio)}")
    for note in notes:
        print(note)


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else str(value)
