"""From a snapshot to a round's answer: compared in lots, paired, proved, explained, and the lists made.

A newcomer would do this in the transaction that keeps it. It takes from a second to minutes: nothing here writes, so
nobody waits for it, and `tell` may end it between any two steps by raising.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from matching.comparing import Comparison, compare
from matching.engine.certificate import Certificate, certify
from matching.engine.pairing import cost_of_waiting_order, pair
from matching.engine.shortlist import shortlists
from matching.engine.terms import Answer, Instance, Pair, Unplaced, Weights
from matching.engine.witness import explain
from matching.locking import locked
from matching.models import Round
from matching.snapshot import Snapshot

Stage = Round.Stage
# So many lots at most: each costs the looking up of every supporter, and is a moment to be stopped at.
MOST_LOTS = 20
SMALLEST_LOT = 200  # families


class Tell(Protocol):
    """Hears how far the work is, in families where they are counted; may raise to end it."""

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Hear it."""


class NotProvedError(Exception):
    """The second check did not find the same answer; `certificate` says what it found."""

    def __init__(self, certificate: Certificate) -> None:
        super().__init__(" ".join(certificate.findings))
        self.certificate = certificate


@dataclass(frozen=True)
class Answered:
    """Everything that a round keeps of its answer. `lists` has supporters by family, the pair's own first; `cost`
    is what waiting order cost, in points."""

    compared: Comparison
    answer: Answer
    certificate: Certificate
    unplaced: tuple[Unplaced, ...]
    cost: int
    lists: dict[str, list[str]]


def work_out(seen: Snapshot, *, weights: Weights, tell: Tell) -> Answered:
    """Give the answer for a snapshot. Raises NotProvedError when its certificate doesn't hold."""
    compared = compare_in_lots(seen, weights=weights, tell=tell)
    free = compared.instance  # a family whose pair is kept still chooses from a list
    compared = replace(compared, instance=locked(free, seen.kept))
    tell(Stage.PAIRING)
    answer = pair(compared.instance)
    tell(Stage.CHECKING)
    certificate = certify(compared.instance, answer)
    if not certificate.holds:
        raise NotProvedError(certificate)
    tell(Stage.EXPLAINING)
    unplaced = explain(compared.instance, answer, looked_at=compared.looked_at)
    cost = cost_of_waiting_order(compared.instance, answer)
    tell(Stage.LISTING)
    lists = shortlists(free, answer)
    return Answered(compared, answer, certificate, unplaced, cost, lists)


def compare_in_lots(seen: Snapshot, *, weights: Weights, tell: Tell) -> Comparison:
    """Give the same as `compare`, telling after each lot of families how many are compared."""
    total = len(seen.seeking)
    tell(Stage.COMPARING, 0, total)
    lots = []
    for lot in _lots(seen):
        lots.append(compare(lot, weights=weights))
        tell(Stage.COMPARING, sum(len(one.instance.seeking) for one in lots), total)
    return lots[0] if len(lots) == 1 else _joined(lots)


def _lots(seen: Snapshot) -> Iterator[Snapshot]:
    families = list(seen.seeking.items())
    size = max(SMALLEST_LOT, -(-len(families) // MOST_LOTS))
    for start in range(0, len(families) or 1, size):
        yield replace(seen, seeking=dict(families[start : start + size]))


def _joined(lots: list[Comparison]) -> Comparison:
    """Families of one lot are compared with all supporters, so lots never tell of the same pair."""
    pairs: list[Pair] = [pair for lot in lots for pair in lot.instance.pairs]
    return Comparison(
        Instance(
            seeking=tuple(one for lot in lots for one in lot.instance.seeking),
            supporters=lots[0].instance.supporters,
            pairs=tuple(pairs),
        ),
        lots[0].scores.beside(lot.scores for lot in lots[1:]),
        {family: told for lot in lots for family, told in lot.looked_at.items()},
    )
