"""Lists to choose from: the round's pair first, nobody on everybody's list, the best there are."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from functools import cache

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import spreading
from matching.engine.pairing import pair
from matching.engine.shortlist import shortlists
from matching.engine.spreading import Proved, Spread, best_spread, proves
from matching.engine.terms import Answer, Instance, Pair, Seeking, Supporter
from tests.matching.engine.rounds import round_of, small_rounds


def test_it_puts_the_rounds_pair_first_and_the_next_best_after():
    scores = {("ann", "x"): 5, ("ann", "y"): 9, ("ann", "z"): 7, ("bea", "y"): 9}
    instance = round_of({"ann": 9, "bea": 1}, {"x": 1, "y": 1, "z": 1}, scores)
    assert shortlists(instance, pair(instance)) == {"ann": ["z", "y", "x"], "bea": ["y"]}


def test_it_shows_no_supporter_to_everyone():
    scores = {(family, one): 9 if one == "x" else 1 for family in "abcd" for one in "wxyz"}
    instance = round_of(dict.fromkeys("abcd", 1), dict.fromkeys("wxyz", 1), scores)
    lists = shortlists(instance, pair(instance), most=2)
    assert max(Counter(one for chosen in lists.values() for one in chosen).values()) == 2


def test_it_gives_a_family_two_good_names_rather_than_everybody_one_poor_name():
    """Filling all second places first gave bea y and ann z: 11 points instead of 17."""
    scores = {("ann", "a"): 50, ("ann", "y"): 9, ("ann", "z"): 8, ("bea", "b"): 50, ("bea", "y"): 3}
    instance = round_of({"ann": 1, "bea": 9}, {"a": 1, "b": 1, "y": 1, "z": 1}, scores)
    lists = shortlists(instance, pair(instance), most=1)
    assert lists == {"bea": ["b"], "ann": ["a", "y", "z"]}


def test_it_shows_a_locked_family_its_own_supporter_only():
    scores = {("ann", "x"): 5, ("ann", "y"): 9}
    instance = round_of({"ann": 9}, {"x": 1, "y": 1}, scores, locked={("ann", "x")})
    assert shortlists(instance, pair(instance)) == {"ann": ["x"]}


def test_it_offers_no_score_of_nothing_in_place_of_an_empty_place():
    scores = {("ann", "x"): 5, ("ann", "y"): 0}
    instance = round_of({"ann": 9}, {"x": 1, "y": 1}, scores)
    assert shortlists(instance, pair(instance)) == {"ann": ["x", "y"]}


def test_it_refuses_a_list_for_nobody():
    instance = round_of({}, {}, {})
    with pytest.raises(ValueError, match="at least one"):
        shortlists(instance, pair(instance), longest=0)


@settings(deadline=None)
@given(small_rounds(), st.integers(1, 4), st.integers(1, 3))
def test_it_keeps_every_promise_about_lists(instance, most, longest):
    answer = pair(instance)
    lists = shortlists(instance, answer, longest=longest, most=most)
    allowed = {(one.seeking, one.supporter) for one in instance.admissible()}
    own = Counter(one.supporter for one in answer.pairs)
    shown = Counter(one for chosen in lists.values() for one in chosen)
    assert list(lists) == [one.id for one in instance.turns()]
    for one in answer.pairs:
        assert lists[one.seeking][0] == one.supporter
    for family, chosen in lists.items():
        assert len(chosen) <= longest
        assert len(set(chosen)) == len(chosen)
        assert (not chosen) == (family in answer.unplaced)
        assert all((family, one) in allowed for one in chosen)
    for one in instance.supporters:
        assert shown[one.id] <= max(most, own[one.id])
        assert one.capacity or not shown[one.id]


@settings(max_examples=200, deadline=None)
@given(small_rounds(families=4), st.randoms(use_true_random=False), st.integers(1, 4))
def test_it_gives_the_same_lists_however_the_round_is_listed(instance, chance, most):
    shuffled = Instance(
        *(
            tuple(chance.sample(part, len(part)))
            for part in (instance.seeking, instance.supporters, instance.pairs)
        )
    )
    lists = shortlists(instance, pair(instance), most=most)
    again = shortlists(shuffled, pair(shuffled), most=most)
    assert list(lists.items()) == list(again.items())


def tried(spread: Spread) -> list[bool]:
    """The one right answer, by trying every list of every family."""
    pairs = list(zip(spread.row.tolist(), spread.seat.tolist(), spread.score, strict=True))
    of_family = [[one for one in pairs if one[0] == f] for f in range(len(spread.places))]

    @cache
    def best(family: int, left: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        if family == len(of_family):
            return 0, 0, ()
        mine = of_family[family]
        found = []
        for taken in itertools.product((1, 0), repeat=len(mine)):
            after = list(left)
            for one, has in zip(mine, taken, strict=True):
                after[one[1]] -= has
            if min(after, default=0) < 0 or sum(taken) > spread.places[family]:
                continue
            total, names, rest = best(family + 1, tuple(after))
            mine_total = sum(one[2] for one, has in zip(mine, taken, strict=True) if has)
            found.append((total + mine_total, names + sum(taken), taken + rest))
        return max(found)

    return [bool(has) for has in best(0, tuple(spread.left.tolist()))[2]]


def made_up(chance: random.Random, families: int, supporters: int, scores: list[int]) -> Spread:
    pairs = [
        (f, s) for f in range(families) for s in range(supporters) if chance.random() < 0.7
    ] or [(0, 0)]
    row, seat = (np.array(ends) for ends in zip(*pairs, strict=True))
    score = np.array([chance.choice(scores) for _ in pairs], dtype=object)
    places = np.array([chance.randint(0, 2) for _ in range(families)])
    left = np.array([chance.randint(0, 3) for _ in range(supporters)])
    return Spread(row, seat, score, places, left)


@pytest.mark.parametrize(
    "scores", [[0], [0, 1], [0, 1, 2, 3], list(range(2001)), [0, 1, 2**52, 2**53 - 1]]
)
def test_it_finds_what_trying_everything_finds(scores):
    chance = random.Random(7)
    for _ in range(600):
        spread = made_up(chance, chance.randint(1, 4), chance.randint(1, 4), scores)
        expected = tried(spread)
        assert best_spread(spread).tolist() == expected
        worth = spreading._worth(spread)
        by_flow = spreading._by_flow(spread, worth.astype(object), patient=True)
        assert proves(spread, by_flow)
        assert spreading.settle_names(spread, by_flow).tolist() == expected
        if max(scores) <= 2000:  # beyond, floats may fail, and the proof says so
            by_programme = spreading._by_linear_programme(spread, worth)
            assert proves(spread, by_programme)
            assert spreading.settle_names(spread, by_programme).tolist() == expected


@pytest.mark.parametrize(("families", "supporters", "highest"), [(60, 30, 2000), (80, 50, 3)])
def test_it_agrees_with_network_simplex_and_with_its_own_whole_numbers(
    families, supporters, highest
):
    chance = random.Random(families)
    spread = made_up(chance, families, supporters, list(range(highest + 1)))
    worth = spreading._worth(spread)
    graph = nx.DiGraph()
    for f, places in enumerate(spread.places.tolist()):
        graph.add_edge("all", ("f", f), capacity=places)
        graph.add_edge(("f", f), "end", capacity=places)
    for s, left in enumerate(spread.left.tolist()):
        graph.add_edge(("s", s), "end", capacity=left)
    for row, seat, points in zip(
        spread.row.tolist(), spread.seat.tolist(), worth.tolist(), strict=True
    ):
        graph.add_edge(("f", row), ("s", seat), capacity=1, weight=-points)
    everything = int(spread.places.sum())
    graph.add_node("all", demand=-everything)
    graph.add_node("end", demand=everything)
    cost, _flow = nx.network_simplex(graph)
    taken = best_spread(spread)
    assert worth[taken].sum() == -cost
    for found in (
        spreading._by_flow(spread, worth.astype(object), patient=True),
        spreading._by_linear_programme(spread, worth),
    ):
        assert proves(spread, found)
        assert spreading.settle_names(spread, found).tolist() == taken.tolist()


def test_it_falls_back_to_whole_numbers_when_floats_fail(monkeypatch):
    chance = random.Random(3)
    spread = made_up(chance, 12, 6, list(range(50)))
    assert spread.left.sum() < spread.places.sum()
    expected = best_spread(spread).tolist()
    wrong = Proved(np.ones(len(spread.row), dtype=bool), *([np.zeros(1)] * 3))
    monkeypatch.setattr(spreading, "_by_linear_programme", lambda *_: wrong)
    assert best_spread(spread).tolist() == expected


def test_it_cuts_many_small_parts_apart_without_losing_any(monkeypatch):
    monkeypatch.setattr(spreading, "PAIRS_A_BATCH", 5)
    families = [f"f{n:02d}" for n in range(20)]
    pairs = [
        Pair(family, f"h{n // 2:02d}{which}", 10 + n + ord(which))
        for n, family in enumerate(families)
        for which in "abc"
    ]
    helpers = sorted({one.supporter for one in pairs})
    instance = Instance(
        tuple(Seeking(one, 1) for one in families),
        tuple(Supporter(one, 1) for one in helpers),
        tuple(pairs),
    )
    lists = shortlists(instance, pair(instance))
    assert all(len(chosen) == 3 for chosen in lists.values())


def test_it_fills_no_place_for_an_answer_without_pairs():
    instance = round_of({"ann": 1}, {"x": 0}, {("ann", "x"): 5})
    assert shortlists(instance, Answer((), 0, ("ann",))) == {"ann": []}


def test_it_loses_patience_where_there_is_more_room_than_sense(monkeypatch):
    """Everybody wants the same few; with no patience at all the linear programme answers."""
    chance = random.Random(4)
    spread = made_up(chance, 30, 40, [0, 1])
    assert spread.left.sum() > spread.places.sum()
    expected = best_spread(spread).tolist()
    monkeypatch.setattr(spreading, "STEPS_A_PLACE", 0)
    assert best_spread(spread).tolist() == expected
    monkeypatch.setattr(spreading, "_by_linear_programme", lambda *_: None)
    assert best_spread(spread).tolist() == expected
