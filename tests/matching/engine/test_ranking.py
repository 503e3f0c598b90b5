"""The best few of each family are what sorting each family's pairs gives, whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.ranking import best_first

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=30)


@pytest.mark.parametrize("scale", [1, 2**57])
@given(PAIRS, st.integers(0, 4))
def test_it_keeps_the_best_of_each_family_and_gives_the_rest(scale, pairs, most):
    pairs = sorted((family, value * scale) for family, value in pairs)
    families, values = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    best, rest = best_first(families.copy(), values.copy(), most)
    expected = []
    for family in range(5):
        own = [at for at in range(len(pairs)) if families[at] == family]
        expected += sorted(own, key=lambda at: (-values[at], at))[:most]
    assert best.tolist() == expected
    assert sorted([*best.tolist(), *rest.tolist()]) == list(range(len(pairs)))
