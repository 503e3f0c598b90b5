"""A true answer passes; every kind of tampering is found, and named in words."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.engine import certificate, proofs
from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.terms import Answer, Instance, Pair
from tests.matching.engine.rounds import round_of, small_rounds

WAITS = {"ann": 30, "bea": 20, "cat": 10}
ROOM = {"x": 1, "y": 1}
SCORES = {
    ("ann", "x"): 5,
    ("ann", "y"): 5,
    ("bea", "x"): 9,
    ("bea", "y"): 9,
    ("cat", "x"): 7,
}


def made(*pairs: tuple[str, str], scores: dict | None = None, **changes: object) -> Answer:
    """An answer with these pairs that adds up, whether or not it is a good one."""
    chosen = tuple(Pair(*ends, (scores or SCORES)[ends]) for ends in pairs)
    placed = {one.seeking for one in chosen}
    answer = Answer(
        chosen,
        sum(one.score for one in chosen),
        tuple(one for one in WAITS if one not in placed),
    )
    return replace(answer, **changes)


def test_it_holds_for_the_right_answer_and_says_why():
    instance = round_of(WAITS, ROOM, SCORES)
    found = certify(instance, pair(instance))
    assert found.holds
    assert found.findings == []
    assert found.as_json() == {
        "version": 2,
        "holds": True,
        "findings": [],
        "checks": [{"code": one.code, "holds": True, "words": one.words} for one in found.checks],
        "bound": 14,
        "prices": {},
        "compared": 5,
    }
    assert [one.code for one in found.checks] == [
        "possible",
        "placed",
        "waiting",
        "score",
        "ties",
    ]


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (made(("ann", "x")), "The family “bea” could be placed: there is room with “y”."),
        (
            made(("ann", "y"), ("cat", "x")),
            "The family “bea” was passed over for “cat”, whose turn is later.",
        ),
        (
            made(("ann", "y"), ("bea", "x")),
            "The family “ann” could have a lower supporter id at the same score.",
        ),
        (
            made(("ann", "x"), ("bea", "x")),
            "Supporter “x” has room for 1, not 2.",
        ),
        (
            made(("ann", "x"), ("bea", "y"), ("cat", "y"), scores={**SCORES, ("cat", "y"): 1}),
            "The pair “cat” with “y” is not one that may be.",
        ),
        (
            made(("ann", "x"), ("bea", "y"), scores={**SCORES, ("bea", "y"): 10}),
            "The pair “bea” with “y” scores 9, not 10.",
        ),
        (made(("ann", "x"), ("ann", "y")), "The family “ann” is placed 2 times."),
        (
            made(("ann", "x"), ("bea", "y"), score=15),
            "The score is not the sum of the pairs’ scores.",
        ),
        (
            made(("ann", "x"), ("bea", "y"), unplaced=()),
            "The unplaced families are not exactly those without a pair, in turn.",
        ),
        (
            made(("bea", "y"), ("ann", "x")),
            "The pairs do not stand in the order of the families’ turns.",
        ),
        (
            made(("ann", "x"), ("bea", "y"), prices=(("x", 1),)),
            "The prices allow a score of 15, but the answer has 14.",
        ),
        (
            made(("ann", "x"), ("bea", "y"), prices=(("x", -1),)),
            "The prices that should prove the score are not whole numbers of listed supporters.",
        ),
        (
            made(("ann", "x"), ("bea", "y"), prices=(("nobody", 1),)),
            "The prices that should prove the score are not whole numbers of listed supporters.",
        ),
    ],
)
def test_it_finds_each_kind_of_tampering(answer, finding):
    found = certify(round_of(WAITS, ROOM, SCORES), answer)
    assert not found.holds
    assert finding in found.findings


def test_it_finds_a_lower_score_on_the_right_families():
    scores = {ends: score for ends, score in SCORES.items() if ends[0] != "cat"}
    instance = round_of({"ann": 3, "bea": 1}, ROOM, {**scores, ("ann", "x"): 50})
    good = pair(instance)
    worse = made(("ann", "y"), ("bea", "x"), unplaced=(), prices=good.prices)
    assert certify(instance, good).holds
    assert certify(instance, worse).findings == [
        "The prices allow a score of 59, but the answer has 14."
    ]


def test_it_finds_that_a_lock_was_not_kept_or_a_forbidden_pair_was_made():
    locked = round_of(WAITS, ROOM, SCORES, locked={("cat", "x")})
    answer = made(("ann", "x"), ("bea", "y"))
    assert "The locked pair “cat” with “x” was not kept." in certify(locked, answer).findings
    forbidden = round_of(WAITS, ROOM, SCORES, forbidden={("ann", "x")})
    assert "The pair “ann” with “x” was forbidden." in certify(forbidden, answer).findings


@settings(max_examples=300, deadline=None)
@given(small_rounds(), st.data())
def test_it_never_passes_another_answer_than_the_right_one(instance: Instance, data):
    right = pair(instance)
    pool = instance.admissible()
    assume(pool)
    others = data.draw(st.sets(st.sampled_from(pool)))
    order = {one.id: at for at, one in enumerate(instance.turns())}
    chosen = tuple(sorted(others, key=lambda one: (order[one.seeking], one.supporter)))
    placed = {one.seeking for one in chosen}
    answer = Answer(
        chosen,
        sum(one.score for one in chosen),
        tuple(one.id for one in instance.turns() if one.id not in placed),
        right.prices,
    )
    assert certify(instance, answer).holds == (chosen == right.pairs)


def test_it_shares_no_code_with_the_solver():
    imported = set()
    for module in (certificate, proofs):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        imported |= {
            node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
        }
    ours = {one for one in imported if one.startswith("matching")}
    assert ours == {
        "matching.engine.proofs",
        "matching.engine.terms",
        "matching.engine.terms.questions",
    }


@pytest.mark.parametrize(
    ("marks", "among"),
    [
        ({}, "Among the pairs that may be,"),
        (
            {"locked": {("b", "x")}},
            "Among the pairs that may be, and after those that a person decided to keep,",
        ),
    ],
)
def test_it_claims_no_more_than_what_people_left_open(marks, among):
    """A kept pair goes before a longer wait, and a forbidden one leaves somebody out: no rule did that."""
    asked = round_of({"a": 40, "b": 3}, {"x": 1}, {("a", "x"): 5, ("b", "x"): 5}, **marks)
    told = {check.code: check.words for check in certify(asked, pair(asked)).checks}
    assert told["waiting"].startswith(f"{among} nobody was passed over")
    assert told["placed"].startswith(f"{among} nobody more can be placed")
