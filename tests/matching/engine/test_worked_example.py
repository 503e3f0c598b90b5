"""The worked example of docs/algorithms/matching.md is what the engine answers: the page is read and held to it."""

from __future__ import annotations

import re
from pathlib import Path

from matching.engine.certificate import certify
from matching.engine.pairing import cost_of_waiting_order, pair
from matching.engine.terms import Instance
from matching.engine.whynot import why_not
from tests.matching.engine.rounds import round_of, said

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "matching.md"


def example() -> tuple[Instance, str]:
    """The round in the page's table, and the words below it."""
    words = PAGE.read_text(encoding="utf-8").split("## A worked example")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in words.splitlines()
        if line.startswith("|") and "---" not in line
    ]
    (_, _, *helpers), *families = rows
    waits = {name: int(waited.split()[0]) for name, waited, *_ in families}
    scores = {
        (name, helper): int(cell.replace(",", ""))
        for name, _, *cells in families
        for helper, cell in zip(helpers, cells, strict=True)
        if cell
    }
    return round_of(waits, {"Grace": 1, "Jo": 1, "Stan": 2}, scores), re.sub(r"\s+", " ", words)


def test_it_pairs_as_the_page_says():
    instance, words = example()
    answer = pair(instance)
    assert len(instance.seeking) == 6
    assert said(answer.pairs) == [
        ("Asante", "Jo"),
        ("Bailey", "Grace"),
        ("Dudek", "Stan"),
        ("Evans", "Stan"),
    ]
    assert f"**{answer.score:,}**" in words
    assert dict(answer.prices) == {"Grace": 560, "Jo": 500}
    assert dict(answer.closed) == {"Grace": "Chowdhury", "Jo": "Chowdhury", "Stan": "Farah"}
    assert certify(instance, answer).bound == answer.score
    cost = cost_of_waiting_order(instance, answer)
    assert f"up to {answer.score + cost:,} with four families, so {cost:,} points" in words


def test_it_says_why_not_as_the_page_says():
    instance, words = example()
    found = why_not(instance, pair(instance), "Chowdhury", "Jo")
    assert found.difference is not None
    assert f"all pairs together {found.difference.score} more" in words
    assert [one.seeking for one in found.difference.no_longer_placed] == ["Bailey"]
    assert "41 days, against 18" in found.words[2]
    assert "41 days, against 18" in words
