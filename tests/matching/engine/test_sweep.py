"""The certificate's own way to every pair: whole families, bounded parts, and nobody lost.

That it finds what measuring everybody finds is held in test_candidates, beside the index.
"""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bench.counties import county
from matching.engine import sweep
from matching.engine.candidates import Index
from matching.engine.sweep import every_pair
from matching.engine.tables import tabulate
from matching.engine.terms import Point
from tests.matching.engine.people import family, supporter


@pytest.mark.parametrize("most_pairs", [1, 3_000, 10**9])
@pytest.mark.parametrize("at_once", [3, 1 << 10])
def test_it_gives_whole_families_in_order_a_bounded_part_at_a_time(
    most_pairs, at_once, monkeypatch
):
    monkeypatch.setattr(sweep, "FAMILIES", at_once)
    tables = county(200, 300, 2, seed=8).tables
    parts = list(every_pair(tables, most_pairs=most_pairs))
    i = np.concatenate([part[0] for part in parts])
    j = np.concatenate([part[1] for part in parts])
    assert (np.diff(i) >= 0).all()
    assert all(before[0][-1] < after[0][0] for before, after in pairwise(parts))
    several = [len(part[0]) for part in parts if len(set(part[0].tolist())) > 1]
    assert max(several, default=0) <= most_pairs
    order = np.lexsort((j, i))
    expected = Index(tables).within(np.arange(200))
    assert (i[order] == expected[0]).all()
    assert (j[order] == expected[1]).all()


def test_it_gives_nothing_where_nobody_is():
    assert list(every_pair(tabulate([], []), most_pairs=10)) == []
    assert list(every_pair(tabulate([family()], []), most_pairs=10)) == []
    assert list(every_pair(tabulate([], [supporter()]), most_pairs=10)) == []


def test_it_passes_over_a_family_near_whom_nobody_lives():
    lonely = [family(id=f"f{n}", point=Point(60 + n, 0)) for n in range(3)]
    people = [supporter(id=f"s{n}", point=Point(61, 0)) for n in range(5)]
    (part,) = every_pair(tabulate(lonely, people), most_pairs=2)
    assert (part[0].tolist(), sorted(part[1].tolist())) == ([1] * 5, [0, 1, 2, 3, 4])


def test_it_shares_no_code_with_the_index():
    source = ast.parse(Path(sweep.__file__).read_text(encoding="utf-8"))
    imported = {one.module for one in ast.walk(source) if isinstance(one, ast.ImportFrom)}
    assert {one for one in imported if one and one.startswith("matching")} == {
        "matching.engine.columns",
        "matching.engine.tables",
    }
