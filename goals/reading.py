"""Reading goals for pages: two queries for a family, however many goals and ratings there are.

Views of different people are kept apart: a line belongs to one person, and the children of a family share one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from goals.models import Goal, Rating, RatingScorer, WellbeingWeb
from people.models import Family, User


@dataclass
class Voice:
    """One person's ratings of one goal, oldest first."""

    name: str
    ratings: list[Rating] = field(default_factory=list)


@dataclass
class GoalRead:
    """A goal with what everybody said about it."""

    goal: Goal
    ratings: list[Rating]
    voices: list[Voice]

    @property
    def latest(self) -> Rating | None:
        """What was said last, whoever said it."""
        return self.ratings[-1] if self.ratings else None

    @property
    def newest_voice(self) -> Voice | None:
        """Whoever spoke last: a number line shows one voice, never a mixture."""
        return max(self.voices, key=lambda voice: voice.ratings[-1].at) if self.voices else None


def goals_of(
    family: Family, *, viewer: User | None = None, everything: bool = False
) -> list[GoalRead]:
    """Give a family's goals, oldest first: the active ones, or all with `everything`. Two queries."""
    goals = (
        Goal.objects.filter(family=family).select_related("theme").prefetch_related("ratings__by")
    )
    if not everything:
        goals = goals.active()
    return [read(goal, viewer=viewer) for goal in goals]


def read(goal: Goal, *, viewer: User | None = None) -> GoalRead:
    """Give one goal with its voices; uses prefetched ratings when there are any."""
    ratings = list(goal.ratings.all())
    return GoalRead(goal, ratings, voices_of(ratings, viewer=viewer))


def voices_of(ratings: Iterable[Rating], *, viewer: User | None = None) -> list[Voice]:
    """Give the ratings by whose view they are, in the order in which people first spoke."""
    voices: dict[tuple[str, int | None], Voice] = {}
    for rating in ratings:
        voice = voices.setdefault(voice_of(rating), Voice(who(rating, viewer=viewer)))
        voice.ratings.append(rating)
    return list(voices.values())


def voice_of(said: Rating | WellbeingWeb) -> tuple[str, int | None]:
    """Give what two views by the same person share. A child's is the child's, whoever wrote it down."""
    return said.scorer, None if said.scorer == RatingScorer.CHILD else said.by_id


def who(said: Rating | WellbeingWeb, *, viewer: User | None = None) -> str:
    """Say whose view it is, as the reader would: "Me", "Our child", "Ruth"; others than the family, "The child"."""
    if said.scorer == RatingScorer.CHILD:
        return _("Our child") if viewer is None or _is_ours(said, viewer) else _("The child")
    if viewer is not None and said.by_id == viewer.pk:
        return _("Me")
    if said.by is not None and said.by.name:
        return said.by.name
    return said.get_scorer_display()


def _is_ours(said: Rating | WellbeingWeb, viewer: User) -> bool:
    guardian = getattr(viewer, "guardian", None)
    family = said.family_id if isinstance(said, WellbeingWeb) else said.goal.family_id
    return guardian is not None and guardian.family_id == family


def weeks_since(goal: Goal, at: datetime) -> int:
    """Give the whole weeks since a goal was set."""
    return max(0, (at - goal.set_at).days // 7)


def others_of(goal: Goal) -> list[Goal]:
    """Give the family's other goals, those being worked on first. One query."""
    others = Goal.objects.filter(family=goal.family_id).exclude(pk=goal.pk)
    return sorted(others, key=lambda other: other.standing != Goal.Standing.ACTIVE)
