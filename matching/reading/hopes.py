"""How far each wish of a family is: the words that the family and its coach read about it.

A newcomer would tell a family that hopes for both that "it is in a link-up". It may still wait for the other.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matching.models import LinkUp, Shortlist, Wish
from matching.models.wish import answers, wishes_of
from matching.waiting import OPEN_SHORTLIST
from people.models import Family

LINKED, CHOOSING, ASKED, WAITING = "linked", "choosing", "asked", "waiting"


@dataclass(frozen=True)
class Hoped:
    """One wish and how far it is: linked, choosing (a list is there), asked (the supporter answers next), waiting."""

    wish: Wish
    standing: str

    @property
    def words(self) -> str:
        """How far it is, to a coach."""
        said = {
            LINKED: _("%(whom)s: in a link-up"),
            CHOOSING: _("%(whom)s: they have a list to choose from"),
            ASKED: _("%(whom)s: chosen, no answer yet"),
            WAITING: _("%(whom)s: nobody found yet"),
        }
        whom = str(self.wish.label)
        return said[self.standing] % {"whom": whom[:1].upper() + whom[1:]}


def hopes_of(family: Family) -> list[Hoped]:
    """Give each wish of a family with how far it is, in two queries."""
    going = LinkUp.objects.going().filter(family=family).select_related("supporter")
    supporters = [one.supporter for one in going]
    lists = list(Shortlist.objects.filter(family=family, standing__in=OPEN_SHORTLIST))
    found = []
    for wish in wishes_of(family):
        own = [one for one in lists if wish == Wish.EITHER or one.wish in (wish, Wish.EITHER)]
        if any(answers(one, wish) for one in supporters):
            standing = LINKED
        elif own:
            chosen = all(one.standing == Shortlist.Standing.CHOSEN for one in own)
            standing = ASKED if chosen else CHOOSING
        else:
            standing = WAITING
        found.append(Hoped(wish, standing))
    return found


def wish_words(family: Family, wish: str, *, alone: bool = False) -> str:
    """Say to a coach for which wish of a family something is; "" where it takes whoever suits best.

    `alone`: no other wish of the family was open when this one was looked at.
    """
    if wish == Wish.EITHER:
        return ""
    if family.hopes_for == Family.Hope.BOTH:
        if alone:
            return _("still needs %(whom)s") % {"whom": Wish(wish).label}
        return _("hopes for both, here for %(whom)s") % {"whom": Wish(wish).label}
    return _("hopes for %(whom)s") % {"whom": Wish(wish).label}


def looking_words(
    family: Family, *, coach: str, standings: tuple[str, ...] = (WAITING, ASKED)
) -> list[str]:
    """Say to a family, a line a wish that stands at one of `standings`, what it waits for."""
    said = {
        WAITING: {
            Wish.SHARING: _(
                "%(coach)s is looking for a family who has been through it. You’ll choose here."
            ),
            Wish.VOLUNTEER: _("%(coach)s is looking for a volunteer. You’ll choose here."),
            Wish.EITHER: _(
                "%(coach)s is looking for people who’ve been there. You’ll choose here."
            ),
        },
        ASKED: {
            Wish.SHARING: _(
                "You’ve chosen a family. We’ve asked them, and tell you here as soon as they answer."
            ),
            Wish.VOLUNTEER: _(
                "You’ve chosen a volunteer. We’ve asked them, and tell you here as soon as they answer."
            ),
            Wish.EITHER: _(
                "You’ve chosen. We’ve asked them, and tell you here as soon as they answer."
            ),
        },
    }
    return [
        said[one.standing][one.wish] % {"coach": coach}
        for one in hopes_of(family)
        if one.standing in standings
    ]
