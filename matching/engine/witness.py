"""Why a family has nobody yet, in words, and the smallest shortage behind it.

A newcomer would say "no capacity". What is true is sharper: here are all the supporters this
family could get, even by moving others; they are all taken, by families served earlier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.engine.eligibility import Blocker
from matching.engine.terms import Answer, Instance, Seeking, Unplaced

# For one family: each supporter who was compared with it, and what stood in the way.
LookedAt = Mapping[str, Sequence[Blocker]]


@dataclass(frozen=True, slots=True)
class Shortage:
    """Families left waiting for the same supporters. `words` is a line for the recruiting list."""

    waiting: tuple[str, ...]
    placed: tuple[str, ...]
    supporters: tuple[str, ...]
    words: str


def explain(
    instance: Instance, answer: Answer, *, looked_at: Mapping[str, LookedAt] | None = None
) -> tuple[Unplaced, ...]:
    """Each unplaced family with its reason, in the order of their turns.

    `looked_at` says for a family whom eligibility turned away and why, so that "nobody can be
    paired with them" can name what stands in the way.
    """
    round_ = _Round(instance, answer)
    said: list[Unplaced] = []
    for family in instance.turns():
        if family.id not in round_.seat:
            said.append(_explain(round_, family, said, (looked_at or {}).get(family.id)))
    return tuple(said)


def shortages(unplaced: Sequence[Unplaced]) -> tuple[Shortage, ...]:
    """The unplaced families grouped by the supporters they compete for, earliest turn first."""
    groups: dict[tuple[str, ...], list[Unplaced]] = {}
    for one in unplaced:
        if one.supporters:
            groups.setdefault(one.supporters, []).append(one)
    return tuple(_shortage(group) for group in groups.values())


class _Round:
    """The round, arranged for asking who could sit where if others moved."""

    def __init__(self, instance: Instance, answer: Answer) -> None:
        self.seat = {pair.seeking: pair.supporter for pair in answer.pairs}
        self.family = {family.id: family for family in instance.seeking}
        self.turn = {family.id: at for at, family in enumerate(instance.turns())}
        self.capacity = {supporter.id: supporter.capacity for supporter in instance.supporters}
        self.locked = {pair.seeking for pair in instance.pairs if pair.locked}
        self.forbidden = Counter(pair.seeking for pair in instance.pairs if pair.forbidden)
        self.within: dict[str, set[str]] = {}
        for pair in instance.admissible():
            self.within.setdefault(pair.seeking, set()).add(pair.supporter)
        self.guests: dict[str, list[str]] = {}
        self.onward: dict[str, set[str]] = {}
        for family, supporter in self.seat.items():
            self.guests.setdefault(supporter, []).append(family)
            self.onward.setdefault(supporter, set()).update(self.within[family])
        self.known: dict[frozenset[str], frozenset[str]] = {}

    def competes_for(self, family: str) -> frozenset[str]:
        """Every supporter this family could free by moving others from one to the next."""
        start = frozenset(self.within.get(family, ()))
        if start not in self.known:
            seen = set(start)
            queue = list(start)
            for supporter in queue:
                new = self.onward.get(supporter, set()) - seen
                seen |= new
                queue.extend(new)
            self.known[start] = frozenset(seen)
        return self.known[start]


def _explain(
    round_: _Round, family: Seeking, before: Sequence[Unplaced], looked_at: LookedAt | None
) -> Unplaced:
    within = round_.within.get(family.id)
    if not within:
        ruled_out = round_.forbidden[family.id]
        if ruled_out:
            return Unplaced(family.id, "ruled_out", _ruled_out(ruled_out))
        return Unplaced(family.id, "nobody", _nobody(looked_at))
    supporters = round_.competes_for(family.id)
    families = sorted(
        (guest for one in supporters for guest in round_.guests.get(one, ())),
        key=round_.turn.__getitem__,
    )
    ahead = sum(1 for one in before if not supporters.isdisjoint(one.supporters))
    if families:
        code, reason = "full", _taken(len(within), len(supporters), _who(round_, family, families))
    else:
        code, reason = "no_room", _no_room(len(supporters))
    return Unplaced(
        family.id,
        code,
        f"{reason} {_one_more(len(supporters), ahead)}",
        tuple(sorted(supporters)),
        tuple(families),
    )


def _ruled_out(count: int) -> str:
    if count == 1:
        return "The only supporter they could be paired with was ruled out by a person."
    return f"All {count} supporters they could be paired with were ruled out by a person."


def _nobody(looked_at: LookedAt | None) -> str:
    if looked_at is None:
        return "Nobody can be paired with them yet: no supporter meets every rule for them."
    if not looked_at:
        return "Nobody can be paired with them yet: no supporter lives near enough."
    # Each supporter is counted under the first thing in the way, so that the counts add up.
    counts = Counter(found[0].label for found in looked_at.values() if found)
    parts = [f"{count} {label}" for label, count in sorted(counts.items(), key=_most_first)]
    said = (
        f"Nobody can be paired with them yet. Of {_some(len(looked_at), 'supporter')} looked at: "
    )
    single = Counter(found[0].label for found in looked_at.values() if len(found) == 1)
    if not single:
        return said + "; ".join(parts) + "."
    label, count = min(single.items(), key=_most_first)
    return f"{said}{'; '.join(parts)}. For {count}, only one thing is in the way: {label}."


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _taken(direct: int, reached: int, who: str) -> str:
    if reached == direct:
        full = {1: "who is taken", 2: "and both are taken"}.get(direct, "and all are taken")
        return f"They could be paired with {_some(direct, 'supporter')}, {full} by {who}."
    full = {1: "who is taken", 2: "both taken"}.get(direct, "all taken")
    return (
        f"They could be paired with {_some(direct, 'supporter')}, {full}. Moving other families "
        f"around reaches {reached} supporters in all, but those are taken too, by {who}."
    )


def _who(round_: _Round, family: Seeking, families: Sequence[str]) -> str:
    waits = [round_.family[one].waiting_days for one in families if one not in round_.locked]
    kept = len(families) - len(waits)
    if not waits:
        return f"{_some(kept, 'family', 'families')} whose pair a person decided to keep"
    longer = "waited longer"
    if min(waits) == family.waiting_days:
        longer = "waited longer, or just as long and come first by id"
    who = f"{_some(len(waits), 'family', 'families')} who {longer}"
    return f"{who}, and {kept} whose pair a person decided to keep" if kept else who


def _no_room(count: int) -> str:
    none = {1: "who has no room", 2: "but neither has room"}.get(count, "but none has room")
    return f"They could be paired with {_some(count, 'supporter')}, {none} for anybody new."


def _one_more(supporters: int, ahead: int) -> str:
    where = {1: "there", 2: "with either"}.get(supporters, "with any of them")
    if not ahead:
        return f"Room for one more family {where} would place them."
    others = "1 other family" if ahead == 1 else f"{ahead} other families"
    comes = "comes" if ahead == 1 else "come"
    return (
        f"Room for one more family {where} would place one more, "
        f"but {others} still waiting for the same people {comes} first."
    )


def _shortage(group: Sequence[Unplaced]) -> Shortage:
    first = group[0]
    all_of_them = len(group) + len(first.families)
    left = "1 is left waiting" if len(group) == 1 else f"{len(group)} are left waiting"
    words = (
        f"{_some(all_of_them, 'family has', 'families share')} only "
        f"{_some(len(first.supporters), 'supporter')}, with room for {len(first.families)}: {left}."
    )
    return Shortage(tuple(one.seeking for one in group), first.families, first.supporters, words)


def _some(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
