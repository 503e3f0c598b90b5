"""Rounds to test with: short ways to write one, made-up ones, and every answer tried in turn.

A newcomer would test the matcher against what it said last time. `try_everything` knows only
the four rules of docs/algorithms/matching.md and tries all answers; it is slow on purpose.
"""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import strategies as st

from matching.engine.terms import Instance, Pair, Seeking, Supporter

SCORES = st.one_of(
    st.integers(0, 3),
    st.integers(0, 2000),
    st.sampled_from([0, 2**52, 2**53 - 2, 2**53 - 1]),
)


def round_of(
    waits: dict[str, int], room: dict[str, int], scores: dict[tuple[str, str], int], **marks: set
) -> Instance:
    """An instance from plain dictionaries; `locked` and `forbidden` are sets of (family, supporter)."""
    return Instance(
        tuple(Seeking(one, days) for one, days in waits.items()),
        tuple(Supporter(one, places) for one, places in room.items()),
        tuple(
            Pair(*ends, score, **{mark: True for mark, chosen in marks.items() if ends in chosen})
            for ends, score in scores.items()
        ),
    )


def said(instance_pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
    """Who with whom, in the order given."""
    return [(pair.seeking, pair.supporter) for pair in instance_pairs]


@st.composite
def small_rounds(draw: st.DrawFn, families: int = 5, supporters: int = 4) -> Instance:
    """Rounds small enough for `try_everything`, ties and scarcity common, some locks and bans."""
    waits = draw(st.lists(st.integers(0, 2), max_size=families))
    room = draw(st.lists(st.integers(0, 3), max_size=supporters))
    ends = [(f"s{f}", f"h{s}") for f in range(len(waits)) for s in range(len(room))]
    chosen = draw(st.sets(st.sampled_from(ends))) if ends else set()
    scores = {one: draw(SCORES) for one in sorted(chosen)}
    marks = {one: draw(st.sampled_from(["", "", "", "", "forbidden", "locked"])) for one in scores}
    left = {f"h{s}": places for s, places in enumerate(room)}
    pairs = []
    kept: set[str] = set()
    for (family, supporter), score in scores.items():
        locks = marks[family, supporter] == "locked" and family not in kept and left[supporter] > 0
        if locks:
            kept.add(family)
            left[supporter] -= 1
        forbids = marks[family, supporter] == "forbidden"
        pairs.append(Pair(family, supporter, score, locked=locks, forbidden=forbids))
    return Instance(
        tuple(Seeking(f"s{f}", days) for f, days in enumerate(waits)),
        tuple(Supporter(f"h{s}", places) for s, places in enumerate(room)),
        tuple(pairs),
    )


def try_everything(instance: Instance) -> list[tuple[str, str]]:
    """The one right answer, by ranking every possible one under the four rules in turn."""
    kept = {pair.seeking: pair.supporter for pair in instance.pairs if pair.locked}
    families = sorted(
        instance.seeking, key=lambda one: (one.id not in kept, -one.waiting_days, one.id)
    )
    choices: list[list[Pair | None]] = [
        [None]
        + [
            pair
            for pair in instance.pairs
            if pair.seeking == family.id
            and not pair.forbidden
            and kept.get(family.id, pair.supporter) == pair.supporter
        ]
        for family in families
    ]
    room = {one.id: one.capacity for one in instance.supporters}
    best = max((answer for answer in itertools.product(*choices) if _fits(answer, room)), key=_rank)
    return [(pair.seeking, pair.supporter) for pair in best if pair]


def _fits(answer: tuple[Pair | None, ...], room: dict[str, int]) -> bool:
    taken = Counter(pair.supporter for pair in answer if pair)
    return all(times <= room[one] for one, times in taken.items())


def _rank(answer: tuple[Pair | None, ...]) -> tuple:
    # Names of supporters here are one letter and one digit, so code points can be turned round.
    return (
        sum(1 for pair in answer if pair),
        [pair is not None for pair in answer],
        sum(pair.score for pair in answer if pair),
        [[-ord(letter) for letter in pair.supporter] if pair else [] for pair in answer],
    )
