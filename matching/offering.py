"""Offers: what each family of a round chooses from, out of what a coach saw and what still stands today.

A newcomer would fill a gap with the next best supporter. No coach has seen that one, so the list stays shorter.
"""

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime

from matching import snapshot
from matching.comparing import Comparison, compare
from matching.engine.terms import Instance, Weights
from matching.engine_ids import family_id, row_id, supporter_id
from matching.models import Alternative, Proposal, Round, Shortlist, ShortlistEntry
from matching.reasons import for_family
from matching.snapshot import Snapshot
from matching.waiting import seeking
from people.models import Family, User

Lists = dict[str, list[str]]


def offer(
    *, round: Round, approved: list[Proposal], weights: Weights, by: User, at: datetime
) -> list[Shortlist]:
    """Give the shortlists that were made: one a wish whose approved pair still stands, the pair first.

    Nobody stands on more lists than when the round was opened, so the lists stay spread. The caller holds the locks.
    """
    now = snapshot.take(
        families=seeking(Family.objects.filter(pk__in=[one.family_id for one in approved])),
        supporters=snapshot.supporters_of(round.area),
        at=at,
    )
    compared = compare(now, weights=weights)
    wanted = [one for one in approved if now.wishes.get(_id(one)) == one.wish]
    lists = _still_standing(wanted, compared.instance)
    made = Shortlist.objects.bulk_create(
        Shortlist(
            round=round,
            family_id=row_id(one),
            wish=now.wishes[one],
            offered_by=by,
            offered_at=at,
        )
        for one in lists
    )
    by_family = {_id(shortlist): shortlist for shortlist in made}
    ShortlistEntry.objects.bulk_create(
        _entry(by_family[one], place, now, compared, (one, helper))
        for one, helpers in lists.items()
        for place, helper in enumerate(helpers, start=1)
    )
    return made


def _still_standing(approved: list[Proposal], instance: Instance) -> Lists:
    """Leave out who may not be linked today; a wish whose own pair fell away gets no list at all."""
    today = {(pair.seeking, pair.supporter) for pair in instance.admissible()}
    further: dict[int, list[int]] = defaultdict(list)
    listed = Alternative.objects.filter(proposal__in=approved, standing=Alternative.Standing.LISTED)
    for one in listed:
        further[one.proposal_id].append(one.supporter_id)
    lists: Lists = {}
    for proposal in approved:
        family, first = _id(proposal), supporter_id(proposal.supporter_id)
        if (family, first) in today:
            others = (supporter_id(one) for one in further[proposal.pk])
            lists[family] = [first, *(one for one in others if (family, one) in today)]
    return lists


def _id(one: Proposal | Shortlist) -> str:
    return family_id(one.family_id, one.wish)


def _entry(
    shortlist: Shortlist,
    place: int,
    seen: Snapshot,
    compared: Comparison,
    two: tuple[str, str],
) -> ShortlistEntry:
    score = compared.scores[two]
    return ShortlistEntry(
        shortlist=shortlist,
        supporter_id=row_id(two[1]),
        place=place,
        score=score.total,
        parts=[
            asdict(reason)
            for reason in for_family(seen.seeking[two[0]], seen.supporters[two[1]], score)
        ],
    )
