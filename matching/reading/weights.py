"""The weights as people read them: what each counts for, what would change, and how link-ups went under each version.

A newcomer would name every family. A manager answers for the numbers and looks after nobody: where the reader
doesn't coach, a family is told by its place and its wait.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from matching.engine.terms import Weights
from matching.engine.whatif import Moved
from matching.models import LinkUp, Supporter, WeightsVersion
from matching.models.weights import PARTS
from matching.reading.members import families_among, other_of
from matching.weighing import Preview, preview
from people.models import Area, Family, User

MOST_MOVES = 20
FEW = 5  # ended link-ups; below this nobody can say how they went

MEANINGS = {
    "lived_through": (
        _lazy("What they lived through"),
        _lazy("They’ve been through what the goals are about."),
    ),
    "free_times": (_lazy("Free times"), _lazy("Both are free at the same times of the week.")),
    "distance": (_lazy("Distance"), _lazy("They live near each other.")),
    "children": (
        _lazy("Children"),
        _lazy("Their children are of an age and like the same things."),
    ),
    "languages": (_lazy("Languages"), _lazy("The supporter speaks all the family’s languages.")),
    "access": (_lazy("Steps and access"), _lazy("What the family needs to get in is there.")),
    "wishes": (_lazy("Wishes"), _lazy("Nobody meets what they asked not to meet, such as a dog.")),
}


@dataclass(frozen=True)
class Move:
    """A family that would be with somebody else, in words."""

    who: str
    before: str
    after: str


@dataclass(frozen=True)
class AreaPreview:
    """What would change in an area, of `total` wishes that wait there; `families` are those named, where any are."""

    area: Area
    total: int
    placed: int
    moved: int
    moves: list[Move]
    named: bool
    families: list[Family]

    @property
    def more(self) -> int:
        """How many moves are not told one by one."""
        return self.moved - len(self.moves)


@dataclass(frozen=True)
class VersionRead:
    """A version of the weights and how link-ups proposed under it went."""

    row: WeightsVersion
    numbers: list[tuple[str, int]]
    link_ups: int
    ended: int
    well: int
    stopped: int
    moved_away: int

    @property
    def too_few(self) -> bool:
        """Whether too few have ended to say anything."""
        return self.ended < FEW


def versions() -> list[VersionRead]:
    """Give every version, newest first, in two queries."""
    round_ = "choice__shortlist__round__weights"
    endings = LinkUp.Ending
    went = {
        one[round_]: one
        for one in LinkUp.objects.filter(choice__shortlist__round__isnull=False)
        .order_by()
        .values(round_)
        .annotate(
            link_ups=Count("pk"),
            ended=Count("pk", filter=Q(ended_on__isnull=False)),
            well=Count("pk", filter=Q(ending__in=[endings.DONE, endings.EARLY_DONE])),
            stopped=Count("pk", filter=Q(ending=endings.STOPPED)),
            moved_away=Count("pk", filter=Q(ending=endings.MOVED)),
        )
    }
    counts = ("link_ups", "ended", "well", "stopped", "moved_away")
    return [
        VersionRead(
            row=row,
            numbers=[(str(MEANINGS[part][0]), getattr(row, part)) for part in PARTS],
            **{count: went.get(row.pk, {}).get(count, 0) for count in counts},
        )
        for row in WeightsVersion.objects.select_related("made_by")
    ]


def previews(
    user: User, *, all_areas: bool, before: Weights, after: Weights, at: datetime
) -> list[AreaPreview]:
    """Give what would change in each area that `user` coaches, or in all; names only where they coach."""
    coached = set(Area.objects.filter(coaches=user).values_list("pk", flat=True))
    areas = Area.objects.all() if all_areas else Area.objects.filter(pk__in=coached)
    found = (preview(area=area, before=before, after=after, at=at) for area in areas)
    return [_told(one, named=one.area.pk in coached) for one in found]


def _told(one: Preview, *, named: bool) -> AreaPreview:
    shown = one.change.moved[:MOST_MOVES]
    moving = [one.seen.families[moved.seeking] for moved in shown]
    prefetch_related_objects(moving, "place")  # one query for all of them
    helpers = [one.seen.helpers[id_] for moved in shown for id_ in (moved.before, moved.after)]
    families = {family.pk: family for family in (*moving, *families_among(helpers))}
    return AreaPreview(
        area=one.area,
        total=len(one.seen.seeking),
        placed=one.after.placed,
        moved=len(one.change.moved),
        moves=[_move(one, moved, named=named) for moved in shown],
        named=named,
        families=list(families.values()) if named else [],
    )


def _move(one: Preview, moved: Moved, *, named: bool) -> Move:
    family = one.seen.families[moved.seeking]
    supporters = [one.seen.helpers[helper] for helper in (moved.before, moved.after)]
    if named:
        return Move(family.display_name, *(str(other_of(helper).name) for helper in supporters))
    days = one.seen.waiting[moved.seeking]
    who = ngettext("%(place)s, waited %(days)d day", "%(place)s, waited %(days)d days", days) % {
        "place": family.place,
        "days": days,
    }
    return Move(who, *(_unnamed(helper) for helper in supporters))


def _unnamed(helper: Supporter) -> str:
    if helper.family:
        return _("Sharing family, %(place)s") % {"place": helper.family.place}
    assert helper.volunteer is not None, "the database holds one of the two"
    return _("Volunteer, %(place)s") % {"place": helper.volunteer.place}
