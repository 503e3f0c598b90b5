"""Why a family has nobody yet, in words, and the smallest shortage behind it.

A newcomer would say "no capacity". What is true is sharper: here are all the supporters this
family could get, even by moving others; they are all taken, by families served earlier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from matching.engine import wording
from matching.engine.graph import FAMILY, SUPPORTER, competition, contested, further
from matching.engine.terms import Answer, Instance, Seeking, Unplaced
from matching.engine.wording import LookedAt


@dataclass(frozen=True, slots=True)
class Shortage:
    """Families left waiting for the same supporters. `words` is a line for the recruiting list.

    `gain` is how many more families in the whole round would have a place if one of these
    supporters, or one more like them, had room for 1, 2 and 3 more; `like` is the id of the
    supporter for whom that is true, the one with whom three places would help most.
    """

    waiting: tuple[str, ...]
    placed: tuple[str, ...]
    supporters: tuple[str, ...]
    words: str
    gain: tuple[int, ...] = ()
    like: str = ""


def explain(
    instance: Instance, answer: Answer, *, looked_at: Mapping[str, LookedAt] | None = None
) -> tuple[Unplaced, ...]:
    """Each unplaced family with its reason, in the order of their turns.

    `looked_at` says for a family whom eligibility turned away and why, so that "nobody can be
    paired with them" can name what stands in the way.
    """
    placed = {pair.seeking for pair in answer.pairs}
    waiting = [family for family in instance.turns() if family.id not in placed]
    if not waiting:
        return ()
    queues = _Queues(instance, answer, waiting)
    forbidden = Counter(pair.seeking for pair in instance.pairs if pair.forbidden)
    return tuple(
        queues.explain(family)
        if queues.within(family)
        else _without(family, forbidden[family.id], (looked_at or {}).get(family.id))
        for family in waiting
    )


def shortages(
    unplaced: Sequence[Unplaced], *, named: Mapping[str, str] | None = None
) -> tuple[Shortage, ...]:
    """The unplaced families grouped by the supporters they compete for, earliest turn first.

    `named` gives the names of families and supporters by id, for the words; without it
    they are counted, not named.
    """
    groups: dict[tuple[str, ...], list[Unplaced]] = {}
    # Those in one queue share one tuple, which is read once instead of once a family.
    group_of: dict[int, list[Unplaced]] = {}
    for one in unplaced:
        if one.supporters:
            shared = id(one.supporters)
            if shared not in group_of:
                group_of[shared] = groups.setdefault(one.supporters, [])
            group_of[shared].append(one)
    return tuple(_shortage(group, named) for group in groups.values())


def _without(family: Seeking, forbidden: int, looked_at: LookedAt | None) -> Unplaced:
    if forbidden:
        return Unplaced(family.id, "ruled_out", wording.ruled_out(forbidden))
    return Unplaced(family.id, "nobody", wording.nobody(looked_at))


@dataclass(slots=True)
class _Queue:
    """Those who wait for the same supporters: whom they wait for, who is there, what would help."""

    supporters: tuple[str, ...]
    families: tuple[str, ...]
    kept: int
    shortest_wait: int | None
    gain: tuple[int, ...]
    like: str
    # How many came with no room at all, and those whom no earlier queue waits for.
    roomless: int
    first_for: tuple[str, ...]
    told: bool = False


class _Queues:
    """The queues of a round, worked out once for all who wait in them."""

    def __init__(self, instance: Instance, answer: Answer, waiting: Sequence[Seeking]) -> None:
        self.graph: nx.DiGraph[Any] = competition(instance, answer)
        self.turn = {family.id: at for at, family in enumerate(instance.turns())}
        reached = contested(self.graph, [family.id for family in waiting])
        found_in_turn = dict.fromkeys(found[0] for found in reached.values())
        number = {found: at for at, found in enumerate(found_in_turn)}
        self.queue_of = {family: number[found[0]] for family, found in reached.items()}
        self.lines: dict[str, set[int]] = {}
        for found, at in number.items():
            for one in found:
                self.lines.setdefault(one, set()).add(at)
        guests = dict(reached.values())
        asked = self._asked_directly(waiting)
        self.length = Counter(self.queue_of.values())
        claimed: set[str] = set()
        self.queues: list[_Queue] = []
        for found in number:
            self.queues.append(self._queue(found, guests[found], asked, found - claimed))
            claimed |= found

    def within(self, family: Seeking) -> int:
        """With how many supporters `family` could be paired."""
        count: int = self.graph.out_degree((FAMILY, family.id))
        return count

    def explain(self, family: Seeking) -> Unplaced:
        """The reason for `family`; families are asked in turn, each once."""
        queue = self.queues[self.queue_of[family.id]]
        # One more place with a supporter goes to the first in turn who waits for them.
        first_for = () if queue.told else queue.first_for
        queue.told = True
        direct, reached = self.within(family), len(queue.supporters)
        if queue.families:
            longer = len(queue.families) - queue.kept
            as_long = queue.shortest_wait == family.waiting_days
            code, reason = (
                "full",
                wording.taken(direct, reached, queue.roomless, longer, queue.kept, as_long=as_long),
            )
        else:
            code, reason = "no_room", wording.no_room(reached)
        return Unplaced(
            family.id,
            code,
            reason,
            queue.supporters,
            queue.families,
            queue.gain,
            queue.like,
            first_for,
            wording.one_more(reached, len(first_for)),
        )

    def _asked_directly(self, waiting: Sequence[Seeking]) -> Counter[str]:
        return Counter(
            supporter
            for family in waiting
            for _, supporter in self.graph.successors((FAMILY, family.id))
        )

    def _queue(
        self,
        supporters: frozenset[str],
        guests: frozenset[str],
        asked: Counter[str],
        unclaimed: frozenset[str],
    ) -> _Queue:
        families = tuple(sorted(guests, key=self.turn.__getitem__))
        known = [self.graph.nodes[FAMILY, one] for one in families]
        waits = [one["waiting_days"] for one in known if not one["locked"]]
        beside = set().union(*(self.lines[one] for one in supporters))
        gain, like = self._gain(supporters, asked, sum(self.length[at] for at in beside))
        return _Queue(
            tuple(sorted(supporters)),
            families,
            len(known) - len(waits),
            min(waits, default=None),
            gain,
            like,
            sum(1 for one in supporters if not self.graph.nodes[SUPPORTER, one]["room"]),
            tuple(sorted(unclaimed)),
        )

    def _gain(
        self, supporters: frozenset[str], asked: Counter[str], waiting: int
    ) -> tuple[tuple[int, ...], str]:
        """What 1, 2 and 3 more places would do with the supporter where they do most."""
        best: tuple[int, ...] = ()
        like = ""
        for one in sorted(supporters, key=lambda one: (-asked[one], one)):
            gain = further(self.graph, one)
            if gain > best:
                best, like = gain, one
            if best[-1] == min(len(best), waiting):
                break
        return best, like


def _shortage(group: Sequence[Unplaced], named: Mapping[str, str] | None) -> Shortage:
    first = group[0]
    waiting = tuple(one.seeking for one in group)
    words = wording.shortage(
        waiting, len(first.families), len(first.supporters), first.gain, first.like, named
    )
    return Shortage(waiting, first.families, first.supporters, words, first.gain, first.like)
