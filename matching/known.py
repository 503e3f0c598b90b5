"""What hangs on families and supporters, fetched once for all of them: one query each, however many there are.

A newcomer would ask for a family's children where its profile is made. That is a query a family; here it is one for
all, kept by id.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from goals.models import Goal, Theme
from matching.engine.terms import Child, Term
from matching.engine_ids import family_ids, supporter_id
from matching.models import Choice, LinkUp, Overruling, Proposal, Supporter
from people.models import Block, Consent, Family
from people.models import Child as ChildRow
from safeguarding.clearance import Clearance, clearances

# "Not just now" is not never: after a season the same two may be proposed again.
NOT_JUST_NOW = timedelta(weeks=13)

Pairs = frozenset[tuple[str, str]]


class Known:
    """Everything that hangs on the rows, fetched once and kept by id."""

    def __init__(
        self,
        seeking_ids: QuerySet[Family, Any],
        supporter_ids: QuerySet[Supporter, Any],
        helpers: list[Supporter],
        at: datetime,
        chosen_counts: bool,  # noqa: FBT001  named by its one caller
    ) -> None:
        sharing = Supporter.objects.filter(pk__in=supporter_ids, family__isnull=False)
        households = (seeking_ids, sharing.values("family"))
        self.children = _children(households)
        self.goal_themes = _goal_themes(seeking_ids)
        self.lived_through = _lived_through(supporter_ids)
        self.withdrawn = _withdrawn(households, supporter_ids, at)
        self.blocked = _blocked(seeking_ids, helpers)
        self.ended_badly = _ended_badly(seeking_ids)
        self.overruled = _overruled(seeking_ids)
        self.linked = _linked(supporter_ids, chosen_counts)
        today = timezone.localdate(at)
        cleared = clearances(
            family_ids=[one.family_id for one in helpers if one.family_id],
            volunteer_ids=[one.volunteer_id for one in helpers if one.volunteer_id],
            until_on=today,
            on=today,
        )
        self.cleared: dict[int, Clearance] = {
            one.pk: cleared.families[one.family_id]
            if one.family_id
            else cleared.volunteers[one.volunteer_id or 0]
            for one in helpers
        }


def terms(codes: Iterable[str], words: Mapping[str, Any]) -> frozenset[Term]:
    """Give codes with the words that people read for them."""
    return frozenset(Term(code, str(words.get(code, code))) for code in codes)


def _theme(theme: Theme) -> Term:
    return Term(theme.slug, theme.name, theme.parent.slug if theme.parent else "")


def _children(households: tuple[QuerySet, QuerySet]) -> dict[int, tuple[Child, ...]]:
    found: dict[int, list[Child]] = defaultdict(list)
    in_either = Q(family__in=households[0]) | Q(family__in=households[1])
    for row in ChildRow.objects.filter(in_either).order_by("family_id", "pk"):
        youngest, oldest = (int(age) for age in row.age_band.split("-"))
        found[row.family_id].append(Child(youngest, oldest, frozenset(row.interests)))
    return {household: tuple(children) for household, children in found.items()}


def _goal_themes(seeking_ids: QuerySet) -> dict[int, set[Term]]:
    found: dict[int, set[Term]] = defaultdict(set)
    goals = Goal.objects.active().filter(family__in=seeking_ids, theme__isnull=False)
    for goal in goals.select_related("theme__parent"):
        assert goal.theme is not None, "filtered above"
        found[goal.family_id].add(_theme(goal.theme))
    return found


def _lived_through(supporter_ids: QuerySet) -> dict[int, set[Term]]:
    found: dict[int, set[Term]] = defaultdict(set)
    through = Supporter.lived_through.through.objects.filter(supporter__in=supporter_ids)
    for row in through.select_related("theme__parent"):
        found[row.supporter_id].add(_theme(row.theme))
    return found


def _withdrawn(
    households: tuple[QuerySet, QuerySet], supporter_ids: QuerySet, at: datetime
) -> set[tuple[str, int | None]]:
    """Give the families and volunteers of whom somebody took back the yes to being shown to others.

    Only a withdrawal counts. A family that came in by file gave its consent on paper to the programme that sent the
    file, so a missing row is no "no"; whoever signs up here gives theirs on the way.
    """
    one_of_them = (
        Q(user__guardian__family__in=households[0])
        | Q(user__guardian__family__in=households[1])
        | Q(user__volunteer__supporter__in=supporter_ids)
    )
    newest: dict[int, tuple[bool, int | None, int | None]] = {}
    rows = Consent.objects.filter(one_of_them, purpose=Consent.Purpose.LINK_UP, at__lte=at)
    for user, given, household, volunteer in rows.order_by("at", "id").values_list(
        "user", "given", "user__guardian__family", "user__volunteer"
    ):
        newest[user] = (given, household, volunteer)
    taken_back = [
        (household, volunteer) for given, household, volunteer in newest.values() if not given
    ]
    return {("family", one) for one, _other in taken_back if one} | {
        ("volunteer", one) for _other, one in taken_back if one
    }


def _blocked(seeking_ids: QuerySet, helpers: list[Supporter]) -> dict[int, set[str]]:
    """Give for each family the supporters that one of its adults, or one of theirs, wants no contact with."""
    by_family = {one.family_id: supporter_id(one.pk) for one in helpers if one.family_id}
    by_volunteer = {one.volunteer_id: supporter_id(one.pk) for one in helpers if one.volunteer_id}
    found: dict[int, set[str]] = defaultdict(set)
    for one, other in (("blocker", "blocked"), ("blocked", "blocker")):
        rows = Block.objects.filter(**{f"{one}__guardian__family__in": seeking_ids}).values_list(
            f"{one}__guardian__family", f"{other}__guardian__family", f"{other}__volunteer"
        )
        for household, their_family, their_volunteer in rows:
            other_side = by_family.get(their_family) or by_volunteer.get(their_volunteer)
            if other_side:
                found[household].add(other_side)
    return found


def _ended_badly(seeking_ids: QuerySet) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    stopped = LinkUp.objects.filter(family__in=seeking_ids, ending=LinkUp.Ending.STOPPED)
    for household, helper in stopped.values_list("family", "supporter"):
        found[household].add(supporter_id(helper))
    return found


def _overruled(seeking_ids: QuerySet) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    standing = Overruling.objects.standing().filter(family__in=seeking_ids)
    for household, helper, code in standing.values_list("family", "supporter", "code"):
        found[household].add((supporter_id(helper), code))
    return found


def _linked(supporter_ids: QuerySet, chosen_counts: bool) -> Counter[int]:  # noqa: FBT001
    """Give how many places of each supporter are taken: by link-ups going, and by choices they have not answered."""
    linked: Counter[int] = Counter(
        LinkUp.objects.going()
        .filter(supporter__in=supporter_ids)
        .values_list("supporter", flat=True)
    )
    if chosen_counts:
        linked.update(
            Choice.objects.filter(
                answer=Choice.Answer.WAITING, entry__supporter__in=supporter_ids
            ).values_list("entry__supporter", flat=True)
        )
    return linked


def ruled_out(seeking_ids: QuerySet, at: datetime) -> Pairs:
    """Give the pairs that a person decided against: a coach, the family itself, or the supporter a short while ago."""
    refused = Proposal.objects.filter(
        family__in=seeking_ids, standing=Proposal.Standing.REFUSED
    ).values_list("family", "supporter")
    none_of_these = Choice.objects.filter(
        shortlist__family__in=seeking_ids, entry__isnull=True
    ).values_list("shortlist__family", "shortlist__entries__supporter")
    not_now = Choice.objects.filter(
        shortlist__family__in=seeking_ids,
        answer=Choice.Answer.NO,
        entry__isnull=False,
        answered_at__gt=at - NOT_JUST_NOW,
    ).values_list("shortlist__family", "entry__supporter")
    return frozenset(
        (family, supporter_id(helper))
        for household, helper in [*refused, *none_of_these, *not_now]
        if helper
        for family in family_ids(household)
    )
