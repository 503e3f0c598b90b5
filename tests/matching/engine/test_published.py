"""Instances that others published, through the JSON door, with what is known to be best."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from matching.engine.__main__ import main

HERE = Path(__file__).parent / "published"
MATRICES = json.loads((HERE / "matrices.json").read_text("utf-8"))
RESIDENTS = json.loads((HERE / "residents.json").read_text("utf-8"))


@pytest.fixture
def ask(tmp_path, capfd):
    """The answer that the command line prints for (waiting families, supporters, scores)."""

    def asked(families, room, scores) -> dict:
        file = tmp_path / "round.json"
        told = {
            "seeking": [{"id": one, "waiting_days": 0} for one in families],
            "supporters": [{"id": one, "capacity": places} for one, places in room.items()],
            "pairs": [
                {"seeking": family, "supporter": one, "score": score}
                for (family, one), score in scores.items()
            ],
        }
        file.write_text(json.dumps(told), "utf-8")
        assert main([str(file)]) == 0
        answer = json.loads(capfd.readouterr().out)
        assert answer["certificate"]["holds"]
        return answer

    return asked


def best_of(ask, rows: list[list[int]], *, least: bool) -> int:
    """The least or highest total with one number from each row and none from a column twice."""
    highest = max(map(max, rows))
    scores = {
        (f"r{r:04d}", f"c{c:04d}"): highest - number if least else number
        for r, row in enumerate(rows)
        for c, number in enumerate(row)
    }
    families, columns = (sorted({ends[side] for ends in scores}) for side in (0, 1))
    answer = ask(families, dict.fromkeys(columns, 1), scores)
    assert answer["placed"] == len(rows)
    return len(rows) * highest - answer["score"] if least else answer["score"]


@pytest.mark.parametrize("name", MATRICES)
def test_it_finds_the_known_best_of_a_published_matrix(ask, name):
    matrix = MATRICES[name]
    assert best_of(ask, matrix["rows"], least=matrix["least"]) == matrix["best"]


@pytest.mark.parametrize("size", [1, 2, 10, 60])
def test_it_finds_the_known_best_of_machol_and_wien(ask, size):
    rows = [[i * j for j in range(1, size + 1)] for i in range(1, size + 1)]
    assert best_of(ask, rows, least=True) == size * (size + 1) * (size + 2) // 6
    assert best_of(ask, rows, least=False) == size * (size + 1) * (2 * size + 1) // 6


@pytest.mark.parametrize("name", RESIDENTS)
def test_it_places_as_many_residents_as_are_known_to_fit_at_the_least_sum_of_ranks(ask, name):
    known = RESIDENTS[name]
    longest = len(known["posts"])
    ranks = {
        (resident, hospital): rank
        for resident, wishes in known["residents"].items()
        for rank, hospital in enumerate(wishes, start=1)
    }
    scores = {ends: longest - rank for ends, rank in ranks.items()}
    answer = ask(list(known["residents"]), known["posts"], scores)
    assert answer["placed"] == known["placed"]
    assert longest * answer["placed"] - answer["score"] == least_ranks(known, ranks)


def least_ranks(known: dict, ranks: dict[tuple[str, str], int]) -> int:
    """By NetworkX: everybody flows to a hospital, or past them all at a price no rank can pay."""
    graph = nx.DiGraph()
    everybody = len(known["residents"])
    graph.add_node("end", demand=everybody)
    past = 1 + sum(ranks.values())
    for resident in known["residents"]:
        graph.add_node(("r", resident), demand=-1)
        graph.add_edge(("r", resident), "end", weight=past)
    for (resident, hospital), rank in ranks.items():
        graph.add_edge(("r", resident), ("h", hospital), capacity=1, weight=rank)
    for hospital, posts in known["posts"].items():
        graph.add_edge(("h", hospital), "end", capacity=posts)
    cost, _flow = nx.network_simplex(graph)
    placed, ranks_sum = everybody - cost // past, cost % past
    assert placed == known["placed"]
    return ranks_sum
