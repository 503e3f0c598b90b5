"""Rounds as a coach reads them: what is proposed and how it adds up, who waits and why, who to look for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from matching.engine import wording
from matching.engine_ids import row_id
from matching.models import Proposal, Round, Supporter, Wish
from matching.reading.hopes import wish_words
from matching.reading.members import families_among, other_of
from matching.reading.proposals import ProposalRead, read_proposals, rows_of
from matching.reading.recruiting import Recruiting, recruiting
from matching.waiting import seeking
from people.models import Area, Family, User

ON_A_PAGE = 20
MOST_UNPLACED = 20
MOST_NAMED = 3
MOST_HELPERS = 5
# The engine's codes, in a line; its reasons say it in full.
BRIEFLY = {
    "nobody": _lazy("Nobody meets every rule for them yet"),
    "ruled_out": _lazy("Whom they could have was ruled out by a person"),
    "no_room": _lazy("Nobody they could have has room"),
    "full": _lazy("Everybody they could have is taken"),
}


@dataclass(frozen=True)
class Unplaced:
    """A family that nobody was found for, why in a line (`brief`) and in full; `hoped` as in ProposalRead.

    `named` are the families who are supporters that the reason names.
    """

    family: Family
    hoped: str
    waiting_days: int
    brief: str
    reason: str
    named: list[Family]


@dataclass(frozen=True)
class Unsent:
    """A round of which pairs were approved and never sent, by its number, and how many those were."""

    round_id: int
    many: int


@dataclass(frozen=True)
class RoundPage:
    """Everything on the page of a round.

    `placed` and `total` count wishes; `doubled` families stand in it with two, and are named where they are few.
    `unsent` is the round before, where a coach may take what she approved there for sent.
    """

    round: Round
    on: date
    placed: int
    total: int
    doubled: int
    few_doubled: list[Family]
    proposals: list[ProposalRead]
    page: Page
    approved: int
    undecided: int
    unplaced: list[Unplaced]
    more_unplaced: int
    wanted: Recruiting | None
    cost: int
    not_kept: int
    decided: bool
    overtaken: bool
    has_others: bool
    unsent: Unsent | None

    @property
    def open(self) -> bool:
        """Whether anything can still be decided here."""
        return self.round.sent_at is None and not self.overtaken

    @property
    def doubled_names(self) -> str:
        """Who stands here twice, by name; a family's name may hold a comma."""
        return "; ".join(one.display_name for one in self.few_doubled)

    @property
    def families(self) -> list[Family]:
        """The families whose records this page shows, on either side, each once."""
        rows = [one.row for one in self.proposals]
        further = [one.row.supporter for pair in self.proposals for one in pair.alternatives]
        shown = [
            *(one.family for one in rows),
            *families_among([*(one.supporter for one in rows), *further]),
            *(family for one in self.unplaced for family in (one.family, *one.named)),
            *self.few_doubled,
            *(self.wanted.families if self.wanted else []),
        ]
        return list({family.pk: family for family in shown}.values())


def rounds_of(user: User) -> QuerySet[Round]:
    """Give the rounds of a coach's areas, newest first, with `placed` and `approved` counted, without their JSON."""
    counted = Count("proposals", filter=Q(proposals__standing=Proposal.Standing.APPROVED))
    return (
        Round.objects.filter(area__coaches=user)
        .select_related("area")
        .light()
        .annotate(placed=Count("proposals"), approved=counted)
        .order_by("-opened_at", "-pk")  # counting drops the order that the model gives
    )


def areas_of(user: User) -> list[tuple[Area, int]]:
    """Give a coach's areas, each with how many families wait there now, in two queries."""
    areas = list(Area.objects.filter(coaches=user))
    waiting = seeking(Family.objects.filter(place__areas__in=areas))
    counted = dict(waiting.order_by().values_list("place__areas").annotate(many=Count("pk")))
    return [(area, counted.get(area.pk, 0)) for area in areas]


def round_page(round_: Round, *, page: str | None) -> RoundPage:
    """Give the page of a round that is done, in a constant number of queries; `page` is of twenty, from 1."""
    paginator = Paginator(rows_of(round_), ON_A_PAGE)
    shown = paginator.get_page(page)
    standings = dict(round_.proposals.order_by().values_list("standing").annotate(many=Count("pk")))
    answer = round_.answer
    doubled = _doubled(answer)
    unplaced = _unplaced(answer["unplaced"], doubled) if shown.number == 1 else []
    waiting = {one.family.pk: one.family for one in unplaced}
    kept = {(family, helper) for family, helper in answer.get("kept", [])}
    others = Round.objects.done().filter(area=round_.area_id).exclude(pk=round_.pk)
    return RoundPage(
        round=round_,
        on=timezone.localdate(round_.opened_at),
        placed=answer["placed"],
        total=answer["placed"] + len(answer["unplaced"]),
        doubled=len(doubled),
        few_doubled=_few(doubled),
        proposals=read_proposals(shown, doubled=doubled, kept=kept),
        page=shown,
        approved=standings.get(Proposal.Standing.APPROVED, 0),
        undecided=standings.get(Proposal.Standing.PROPOSED, 0),
        unplaced=unplaced,
        more_unplaced=max(0, len(answer["unplaced"]) - MOST_UNPLACED),
        wanted=recruiting(round_, waiting) if unplaced else None,
        cost=answer["cost_of_waiting_order"],
        not_kept=answer.get("not_kept", 0),  # older rounds kept nothing
        decided=bool(answer.get("kept") or answer.get("ruled_out")),
        overtaken=others.filter(pk__gt=round_.pk).exists(),
        has_others=others.exists(),
        unsent=_unsent(others.filter(pk__lt=round_.pk)),
    )


def _unsent(before: QuerySet[Round]) -> Unsent | None:
    """Of the newest of these rounds, what was approved in it and not sent; one query."""
    approved = Count("proposals", filter=Q(proposals__standing=Proposal.Standing.APPROVED))
    counted = before.annotate(approved=approved).order_by("-pk")
    newest = counted.values("pk", "approved", "sent_at").first()
    if newest is None or newest["sent_at"] or not newest["approved"]:
        return None
    return Unsent(round_id=newest["pk"], many=newest["approved"])


def _unplaced(told: list[dict[str, Any]], doubled: set[int]) -> list[Unplaced]:
    shown = told[:MOST_UNPLACED]
    families = Family.objects.select_related("place").in_bulk(
        [row_id(one["seeking"]) for one in shown]
    )
    few = {one for each in shown for one in _few_with_room(each)}
    found = Supporter.objects.with_people().in_bulk(map(row_id, few))
    known = {one: found[row_id(one)] for one in few if row_id(one) in found}
    return [
        _vain(one, families[row], known, alone=row not in doubled)
        for one in shown
        if (row := row_id(one["seeking"])) in families
    ]


def _vain(
    told: dict[str, Any], family: Family, known: Mapping[str, Supporter], *, alone: bool
) -> Unplaced:
    few = _few_with_room(told)
    helpers = [known[one] for one in few if one in known]
    if len(helpers) < len(few):
        helpers = []  # somebody has left since: the reason as it was kept
    return Unplaced(
        family=family,
        hoped=wish_words(
            family, told.get("wish", Wish.EITHER), alone=alone
        ),  # older rounds knew no wish
        waiting_days=told["waiting_days"],
        brief=str(BRIEFLY[told["code"]]),
        reason=_reason(told, helpers),
        named=families_among(helpers),
    )


def _few_with_room(told: dict[str, Any]) -> list[str]:
    """With whom one more place would be this family's, if those can be named; older rounds kept nobody."""
    helpers: list[str] = told.get("room_with", [])
    return helpers if len(helpers) <= MOST_HELPERS else []


def _reason(told: dict[str, Any], named: list[Supporter]) -> str:
    """The reason, with names where there are any to tell."""
    if not named:
        reason: str = told["reason"]
        return reason
    names = [other_of(one).name for one in named]
    return f"{told['why']} {wording.one_more(told['supporters'], len(names), names)}"


def _doubled(answer: dict[str, Any]) -> set[int]:
    """The families that stand in a round with both their wishes."""
    told = Counter(row_id(one["seeking"]) for one in (*answer["pairs"], *answer["unplaced"]))
    return {row for row, many in told.items() if many > 1}


def _few(doubled: set[int]) -> list[Family]:
    """These families, in one query, if they are few enough to be named; none if one of them was erased."""
    if not 0 < len(doubled) <= MOST_NAMED:
        return []
    found = Family.objects.filter(pk__in=doubled).order_by("pk")
    return list(found) if len(found) == len(doubled) else []
