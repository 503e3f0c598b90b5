"""The pairs that a round proposes, as a coach reads them before she decides.

A newcomer would show the score. A coach needs whom else the family would choose from, what nobody knows yet, and what
people decided about the two before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from matching.engine_ids import family_id, supporter_id
from matching.models import Alternative, Proposal, Round
from matching.reading.hopes import wish_words
from matching.reading.members import Other, other_of
from matching.reading.overruled import Overruled, overruled
from matching.reading.suiting import no_shared_time, suits_little
from matching.reading.sums import unknown_in


@dataclass(frozen=True)
class AlternativeRead:
    """A further supporter for the family of a pair, with the arithmetic; `unknown` in points."""

    row: Alternative
    supporter: Other
    unknown: int

    @property
    def suits_little(self) -> bool:
        """Whether it is marked as a pair of whom not much fits."""
        return suits_little(self.row.score, self.row.out_of)

    @property
    def no_shared_time(self) -> bool:
        """Whether the free times of both are known, and none is the same."""
        return no_shared_time(self.row.parts)


@dataclass(frozen=True)
class ProposalRead:
    """A pair with its arithmetic, and whom the family would also choose from; `unknown` in points.

    `hoped` says for which wish, where the family has said whom it hopes for, `was_kept` that the round had to make the
    pair, because it was kept from the one before, and `overruled` what a coach decided should not stand between them.
    """

    row: Proposal
    hoped: str
    family: Other
    supporter: Other
    was_kept: bool
    unknown: int
    alternatives: list[AlternativeRead]
    overruled: list[Overruled]

    @property
    def suits_little(self) -> bool:
        """Whether it is marked as a pair of whom not much fits."""
        return suits_little(self.row.score, self.row.out_of)

    @property
    def no_shared_time(self) -> bool:
        """Whether the free times of both are known, and none is the same."""
        return no_shared_time(self.row.parts)

    @property
    def others_suit_better(self) -> bool:
        """Whether somebody else on the family's list has more points: the round had a reason not to pair them."""
        return any(one.row.score > self.row.score for one in self.alternatives)

    @property
    def also(self) -> str:
        """Who stands on the family's list besides the pair, by name; a family's name may hold a comma."""
        listed = Alternative.Standing.LISTED
        return "; ".join(
            one.supporter.name for one in self.alternatives if one.row.standing == listed
        )


def rows_of(round_: Round) -> QuerySet[Proposal]:
    """Give a round's pairs with everybody who is named in them."""
    return round_.proposals.select_related(
        "family__place", "supporter__family__place", "supporter__volunteer__place", "kept_by"
    ).prefetch_related(
        Prefetch(
            "alternatives",
            Alternative.objects.select_related(
                "supporter__family__place", "supporter__volunteer__place"
            ),
        )
    )


def read_proposals(
    rows: Iterable[Proposal], *, doubled: Collection[int], kept: Collection[tuple[str, str]]
) -> list[ProposalRead]:
    """Give these pairs as a page shows them, in one query more.

    `doubled` are the families that stand in the round with two wishes, `kept` the pairs that it had to make, by the
    engine's ids.
    """
    rows = list(rows)
    decided = overruled((row.family_id, row.supporter_id) for row in rows)
    return [
        ProposalRead(
            row=row,
            hoped=wish_words(row.family, row.wish, alone=row.family_id not in doubled),
            family=other_of(row.family),
            supporter=other_of(row.supporter),
            was_kept=(family_id(row.family_id, row.wish), supporter_id(row.supporter_id)) in kept,
            unknown=unknown_in(row),
            alternatives=_alternatives(row),
            overruled=[
                one
                for one in decided
                if (one.family_id, one.supporter_id) == (row.family_id, row.supporter_id)
            ],
        )
        for row in rows
    ]


def _alternatives(row: Proposal) -> list[AlternativeRead]:
    if row.standing == Proposal.Standing.REFUSED:  # such a family gets no list
        return []
    return [
        AlternativeRead(one, other_of(one.supporter), unknown_in(one))
        for one in row.alternatives.all()
    ]
