"""`python -m bench.matching`: the matching engine on made-up rounds, beside NetworkX on the same rounds.

The peers answer an easier question: they know nothing of waiting order or ties. So only rounds where everybody can be
placed have to come to the same score, and the benchmark stops when they don't.
"""

import random
from collections.abc import Sequence

import networkx as nx

from bench.table import parser, seconds, tell
from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.terms import Answer, Instance, Pair, Seeking, Supporter

PAIRS_A_FAMILY = 20
SIZES = ((100, 50), (300, 150), (1000, 500))
LARGE = (5000, 2500)
MOST_FOR_FLOW = 1000  # beyond, the peers need minutes
MOST_FOR_MATCHING = 100


def made_up(families: int, supporters: int, *, room: int, seed: int = 2) -> Instance:
    """A round with `room` places a supporter; whole scores up to 2,000, as the default weights give."""
    chance = random.Random(seed)
    return Instance(
        tuple(Seeking(f"s{n:06d}", chance.randrange(120)) for n in range(families)),
        tuple(Supporter(f"h{n:06d}", room) for n in range(supporters)),
        tuple(
            Pair(f"s{n:06d}", f"h{other:06d}", chance.randrange(1, 2001))
            for n in range(families)
            for other in sorted(chance.sample(range(supporters), min(PAIRS_A_FAMILY, supporters)))
        ),
    )


def by_flow(instance: Instance) -> tuple[int, int]:
    """(placed, score) by NetworkX's network simplex: most placed first, by a price no score can pay."""
    graph = nx.DiGraph()
    most = 1 + sum(one.score for one in instance.pairs)
    graph.add_node("all", demand=-len(instance.seeking))
    graph.add_node("end", demand=len(instance.seeking))
    graph.add_edge("all", "end", weight=most)
    for family in instance.seeking:
        graph.add_edge("all", family.id, capacity=1)
    for one in instance.pairs:
        graph.add_edge(one.seeking, one.supporter, capacity=1, weight=-one.score)
    for supporter in instance.supporters:
        graph.add_edge(supporter.id, "end", capacity=supporter.capacity)
    _cost, flow = nx.network_simplex(graph)
    chosen = [one for one in instance.pairs if flow[one.seeking][one.supporter]]
    return len(chosen), sum(one.score for one in chosen)


def by_matching(instance: Instance) -> tuple[int, int]:
    """(placed, score) by NetworkX's general matching, each place written out as a person of its own."""
    graph = nx.Graph()
    room = {supporter.id: supporter.capacity for supporter in instance.supporters}
    graph.add_weighted_edges_from(
        (one.seeking, (one.supporter, place), one.score)
        for one in instance.pairs
        for place in range(room[one.supporter])
    )
    chosen = nx.max_weight_matching(graph, maxcardinality=True)
    return len(chosen), sum(graph.edges[ends]["weight"] for ends in chosen)


def measured(families: int, supporters: int, *, room: int) -> dict[str, object]:
    """One row: the engine with and without its check, and the peers where they finish in time."""
    instance = made_up(families, supporters, room=room)
    answer: Answer = pair(instance)
    row: dict[str, object] = {
        "families": families,
        "supporters": supporters,
        "room": room,
        "placed": answer.placed,
        "score": answer.score,
        "engine s": seconds(lambda: pair(instance)),
        "check s": seconds(lambda: certify(instance, answer)),
        "flow s": None,
        "matching s": None,
    }
    assert certify(instance, answer).holds
    for name, peer, most in (
        ("flow s", by_flow, MOST_FOR_FLOW),
        ("matching s", by_matching, MOST_FOR_MATCHING),
    ):
        if families > most:
            continue
        placed, score = peer(instance)
        assert placed == answer.placed, f"{name}: {placed} placed, the engine {answer.placed}"
        assert placed < families or score == answer.score, f"{name}: {score} points"
        row[name] = seconds(lambda peer=peer: peer(instance), times=1)
    return row


def ratios(rows: Sequence[dict[str, object]]) -> dict[str, float]:
    """What the budgets speak of: against the peers, and how time grows with the round."""
    given: dict[str, float] = {}
    for row in rows:
        for peer in ("flow s", "matching s"):
            if row[peer] is not None:
                what = f"{peer[:-2]} / engine and check, {row['families']} families, room {row['room']}"
                given[what] = row[peer] / (row["engine s"] + row["check s"])
    for room in sorted({row["room"] for row in rows}):
        alike = [row for row in rows if row["room"] == room]
        few, many = alike[0], alike[-1]
        grown = many["families"] / few["families"]
        for part in ("engine", "check"):
            given[f"{part}, {grown:.0f} times the families, room {room}"] = (
                many[f"{part} s"] / few[f"{part} s"]
            )
    return given


def main() -> None:
    """Measure every size, once with plenty of room and once with too little."""
    wanted = parser(__doc__.split("\n")[0])
    wanted.add_argument("--large", action="store_true", help="also 5,000 families, engine only")
    arguments = wanted.parse_args()
    sizes = (*SIZES, LARGE) if arguments.large else SIZES
    rows = [
        measured(families, supporters, room=room)
        for room in (3, 1)
        for families, supporters in sizes
    ]
    tell("bench.matching", rows, ratios(rows), as_json=arguments.json)


if __name__ == "__main__":
    main()
