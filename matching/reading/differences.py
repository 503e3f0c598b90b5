"""Two rounds of an area side by side: who got another proposal, who is new in, who fell out and why.

A newcomer would compare the rows of pairs. Those know only who was placed; the answers that the rounds keep also know
who waited in vain, and why.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.engine.terms import Pair
from matching.engine.whatif import difference, what_if
from matching.engine_ids import family_id, row_id, supporter_id
from matching.models import LinkUp, Proposal, Round, Shortlist, Supporter, Wish
from matching.models.wish import wishes_of
from matching.reading.hopes import wish_words
from matching.reading.members import Other, families_among, other_of
from matching.reopening import answer_of, question_of
from matching.waiting import OPEN_SHORTLIST
from people.models import Family, User

MOST_SHOWN = 20
MOST_TO_CHOOSE = 52  # a year of weeks


@dataclass(frozen=True)
class Side:
    """One of the two rounds: `placed` of `total` wishes, `score` in points."""

    round: Round
    on: date
    placed: int
    total: int
    score: int


@dataclass(frozen=True)
class Changed:
    """A family whose proposal changed: with whom before and now, where there was anybody, and why in words.

    `hoped` says for which of its wishes, where it has said whom it hopes for; `ruled_out_by` who said in between
    "not these two" of what it had; `unless_kept` with whom it would be if no pair had been kept.
    """

    family: Family
    hoped: str
    before: Other | None
    now: Other | None
    why: str
    ruled_out_by: User | None = None
    unless_kept: Other | None = None


@dataclass(frozen=True)
class KeptPair:
    """A pair that the newer round had to make, and who said so before."""

    family: Family
    hoped: str
    supporter: Other | None
    by: User | None


@dataclass(frozen=True)
class Changes:
    """The first of a kind of changes, longest wait first, and how many there are in all."""

    shown: list[Changed]
    many: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.many - len(self.shown)


@dataclass(frozen=True)
class DifferencePage:
    """What is different between two rounds. A family that was erased since is counted and not shown.

    `families` are those whose records this page shows, on either side, each once.
    """

    before: Side
    now: Side
    moved: Changes
    new_in: Changes
    fell_out: Changes
    kept: int
    kept_on_purpose: list[KeptPair]
    more_kept: int
    families: list[Family]

    @property
    def sides(self) -> tuple[Side, Side]:
        """The two rounds, the earlier first."""
        return self.before, self.now

    @property
    def nothing(self) -> bool:
        """Whether every family has what it had."""
        return not (self.moved.many or self.new_in.many or self.fell_out.many)


def others_of(round_: Round) -> QuerySet[Round]:
    """Give the other rounds of its area that came to an answer, newest first."""
    done = Round.objects.done().filter(area=round_.area_id).exclude(pk=round_.pk)
    return done.select_related("area").light().order_by("-pk")


def difference_page(one: Round, other: Round) -> DifferencePage:
    """Give two rounds of an area side by side, the older first, in a constant number of queries."""
    before, now = sorted((one, other), key=lambda round_: round_.pk)
    change = difference(answer_of(before.answer), answer_of(now.answer))
    moved = change.moved[:MOST_SHOWN]
    new_in = change.newly_placed[:MOST_SHOWN]
    lost = change.no_longer_placed[:MOST_SHOWN]
    told_of = [one.seeking for one in moved] + [one.seeking for one in (*new_in, *lost)]
    unless = _unless_kept(now) if told_of else {}
    kept = now.answer.get("kept", []) if told_of else []
    told_of += [family for family, _helper in kept[:MOST_SHOWN]]
    families = Family.objects.in_bulk({row_id(one) for one in told_of})
    rows = [row_id(helper) for one in moved for helper in (one.before, one.after)]
    rows += [row_id(one.supporter) for one in (*new_in, *lost)]
    rows += [row_id(helper) for _family, helper in kept[:MOST_SHOWN]]
    had = [one.seeking for one in moved] + [one.seeking for one in lost]
    rows += [row_id(unless[one]) for one in had if one in unless]
    supporters = Supporter.objects.with_people().in_bulk(rows)
    helpers = {supporter_id(pk): other_of(helper) for pk, helper in supporters.items()}
    sharing = {one.pk: one for one in families_among(supporters.values())}
    waited = {told["seeking"] for told in before.answer["unplaced"]}
    reasons = {told["seeking"]: told["reason"] for told in now.answer["unplaced"]}
    reasons |= _gone([pair for pair in lost if pair.seeking not in reasons], families)
    ruled_out = _ruled_out_between(before, now, families)

    def changed(one: str, *, was: str = "", has: str = "", why: str = "") -> list[Changed]:
        """One change to read; none of a family that was erased since."""
        family = families.get(row_id(one))
        if family is None:
            return []
        ruled_out_by = ruled_out.get((family.pk, row_id(was))) if was else None
        instead = helpers.get(unless.get(one, "")) if was else None
        hoped = _hoped(one, family)
        return [
            Changed(family, hoped, helpers.get(was), helpers.get(has), why, ruled_out_by, instead)
        ]

    return DifferencePage(
        before=_side(before),
        now=_side(now),
        moved=Changes(
            [told for one in moved for told in changed(one.seeking, was=one.before, has=one.after)],
            len(change.moved),
        ),
        new_in=Changes(
            [
                told
                for one in new_in
                for told in changed(one.seeking, has=one.supporter, why=_why_new(one, waited))
            ],
            len(change.newly_placed),
        ),
        fell_out=Changes(
            [
                told
                for one in lost
                for told in changed(one.seeking, was=one.supporter, why=reasons[one.seeking])
            ],
            len(change.no_longer_placed),
        ),
        kept=change.kept,
        kept_on_purpose=_kept_on_purpose(now, kept, families, helpers),
        more_kept=max(0, len(kept) - MOST_SHOWN),
        families=list((families | sharing).values()),
    )


def _ruled_out_between(
    before: Round, now: Round, families: Collection[int]
) -> dict[tuple[int, int], User | None]:
    """Say who said "not these two" of which family and supporter, from one round until the other was run. One query."""
    refused = Proposal.objects.filter(
        round__area=now.area_id,
        round__gte=before.pk,
        round__lt=now.pk,
        family__in=families,
        standing=Proposal.Standing.REFUSED,
    )
    return {
        (one.family_id, one.supporter_id): one.decided_by
        for one in refused.select_related("decided_by")
    }


def _unless_kept(round_: Round) -> dict[str, str]:
    """Give whom families would be with if the round had kept nobody: the engine's answer to that, where it differs."""
    if not round_.answer.get("kept"):
        return {}
    question = question_of(round_)
    free = replace(question, pairs=tuple(replace(one, locked=False) for one in question.pairs))
    change = what_if(question, answer_of(round_.answer), free)
    return {one.seeking: one.after for one in change.moved} | {
        one.seeking: one.supporter for one in change.newly_placed
    }


def _kept_on_purpose(
    now: Round,
    kept: list[list[str]],
    families: dict[int, Family],
    helpers: dict[str, Other],
) -> list[KeptPair]:
    """Give the pairs that a round had to make, and who said so in the one before. One query."""
    said = Proposal.objects.filter(
        round__area=now.area_id, round__lt=now.pk, kept_by__isnull=False, family__in=families
    )
    by = {
        (family_id(one.family_id, one.wish), supporter_id(one.supporter_id)): one.kept_by
        for one in said.select_related("kept_by").order_by("round_id")
    }
    return [
        KeptPair(family, _hoped(one, family), helpers.get(helper), by.get((one, helper)))
        for one, helper in kept[:MOST_SHOWN]
        if (family := families.get(row_id(one))) is not None
    ]


def _side(round_: Round) -> Side:
    answer = round_.answer
    return Side(
        round=round_,
        on=timezone.localdate(round_.opened_at),
        placed=answer["placed"],
        total=answer["placed"] + len(answer["unplaced"]),
        score=answer["score"],
    )


def _hoped(engine_id: str, family: Family) -> str:
    """Say for which wish it is; nothing where the family has changed its mind since."""
    own = (wish for wish in wishes_of(family) if family_id(family.pk, wish) == engine_id)
    return wish_words(family, next(own, Wish.EITHER))


def _why_new(pair: Pair, waited: set[str]) -> str:
    if pair.seeking in waited:
        return _("Nobody was found for them before.")
    return _("They weren’t in the round before.")


def _gone(lost: list[Pair], families: dict[int, Family]) -> dict[str, str]:
    """Say of families that the newer round didn't see what they have instead, as it stands today. Two queries."""
    rows = [row_id(pair.seeking) for pair in lost]
    linked = set(LinkUp.objects.going().filter(family__in=rows).values_list("family", flat=True))
    choosing = set(
        Shortlist.objects.filter(family__in=rows, standing__in=OPEN_SHORTLIST).values_list(
            "family", flat=True
        )
    )
    told = {}
    for pair in lost:
        row = row_id(pair.seeking)
        wishes = wishes_of(families[row]) if row in families else ()
        if wishes and pair.seeking not in {family_id(row, wish) for wish in wishes}:
            told[pair.seeking] = _("They hope for somebody else now.")
        elif row in linked:
            told[pair.seeking] = _("They have a link-up.")
        elif row in choosing:
            told[pair.seeking] = _("They have a list to choose from.")
        elif row in families and families[row].standing in ("paused", "left"):
            told[pair.seeking] = _("They are taking a break, or have left.")
        else:
            told[pair.seeking] = _("They weren’t waiting here when it was run.")
    return told
