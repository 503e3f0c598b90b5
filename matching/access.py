"""Doors: the rows of this app, for whoever may see them. Anybody else gets 404, so nothing is learnt by asking."""

from django.db.models import Q
from django.http import Http404

from matching import engine_ids
from matching.linkups import side_of
from matching.models import (
    Alternative,
    Choice,
    Contact,
    LinkUp,
    Plan,
    Proposal,
    Round,
    Shortlist,
    Supporter,
    Word,
)
from matching.snapshot import supporters_of
from matching.waiting import OPEN_SHORTLIST
from people.access import own_family, roles_of
from people.models import Area, Family, HandOver, User


def link_up_for(user: User, link_up_id: int) -> LinkUp:
    """Give a link-up to either side's adults and to the seeking family's coach."""
    found = LinkUp.objects.open_to(user).with_people().filter(pk=link_up_id).first()
    if found is None:
        raise Http404
    return found


def supported_link_up(user: User, link_up_id: int) -> LinkUp:
    """Give a link-up to the supporter's adults; 404 for anybody else, the family beside them and the coach included."""
    found = link_up_for(user, link_up_id)
    if side_of(found, user) != "supporter":
        raise Http404
    return found


def plan_for(user: User, plan_id: int) -> Plan:
    """Give a plan to either side's adults; 404 for anybody else, the coach included, who reads it on the link-up."""
    found = (
        Plan.objects.filter(pk=plan_id)
        .select_related("link_up__family", "link_up__supporter")
        .first()
    )
    if found is None or not side_of(found.link_up, user):
        raise Http404
    return found


def own_shortlists(user: User) -> list[Shortlist]:
    """Give a signed-in guardian the lists that are open for their family, one a wish; 404 for anybody else."""
    return list(
        Shortlist.objects.filter(family=own_family(user), standing__in=OPEN_SHORTLIST)
        .select_related("family__place")
        .prefetch_related(
            "entries__supporter__family__place",
            "entries__supporter__family__children",
            "entries__supporter__volunteer__place",
            "choices",
        )
        .order_by("wish")
    )


def choice_for(user: User, choice_id: int) -> Choice:
    """Give the supporter who was chosen what they are asked; 404 for anybody else."""
    found = (
        Choice.objects.filter(pk=choice_id, entry__isnull=False)
        .select_related(
            "shortlist__family__place",
            "entry__supporter__family__place",
            "entry__supporter__volunteer__place",
        )
        .first()
    )
    if found is None or found.entry is None:
        raise Http404
    helper = found.entry.supporter
    guardian, volunteer = getattr(user, "guardian", None), getattr(user, "volunteer", None)
    of_family = guardian is not None and guardian.family_id == helper.family_id
    if not of_family and (volunteer is None or volunteer.pk != helper.volunteer_id):
        raise Http404
    return found


def area_for(user: User, area_id: int) -> Area:
    """Give a coach one of their own areas; 404 for any other."""
    found = Area.objects.filter(coaches=user, pk=area_id).first()
    if found is None:
        raise Http404
    return found


def round_for(user: User, round_id: int) -> Round:
    """Give a coach a round of one of their own areas; 404 for any other."""
    found = (
        Round.objects.filter(area__coaches=user, pk=round_id)
        .select_related("area", "opened_by", "stopped_by", "weights")
        .defer("snapshot")  # no page shows it, and it may be megabytes
        .first()
    )
    if found is None:
        raise Http404
    return found


def family_of_round(round_: Round, family_id: int) -> Family:
    """Give a family that a round had to do with, with or without a pair, and that still lives there; 404 for any other.

    What is told of it is as of today, and whoever moved away is looked after by others.
    """
    asked = engine_ids.family_ids(family_id)
    kept = round_.answer["pairs"] + round_.answer["unplaced"]
    living_there = Family.objects.filter(place__areas=round_.area_id)
    found = living_there.select_related("place").filter(pk=family_id).first()
    if found is None or all(one["seeking"] not in asked for one in kept):
        raise Http404
    return found


def supporter_beside(family: Family, area: Area, supporter_id: int) -> Supporter:
    """Give somebody active in an area who might help a family; 404 for any other, and for the family itself."""
    others = supporters_of(area).exclude(family_id=family.pk)
    found = others.with_people().filter(pk=supporter_id).first()
    if found is None:
        raise Http404
    return found


def proposal_for(user: User, proposal_id: int) -> Proposal:
    """Give a coach a proposal of a round of one of their own areas; 404 for any other."""
    found = Proposal.objects.filter(round__area__coaches=user, pk=proposal_id).first()
    if found is None:
        raise Http404
    return found


def alternative_for(user: User, alternative_id: int) -> Alternative:
    """Give a coach a further supporter in a round of one of their own areas; 404 for any other."""
    found = (
        Alternative.objects.filter(proposal__round__area__coaches=user, pk=alternative_id)
        .select_related("proposal")
        .first()
    )
    if found is None:
        raise Http404
    return found


def contact_for(user: User, contact_id: int) -> Contact:
    """Give a coach a call or visit that is theirs to make; 404 for anybody else's."""
    found = (
        Contact.objects.filter(link_up__family__coach=user, pk=contact_id)
        .select_related(
            "link_up__family",
            "link_up__supporter__family",
            "link_up__supporter__volunteer",
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def coached_link_up(user: User, link_up_id: int) -> LinkUp:
    """Give a link-up to the seeking family's coach; 404 for anybody else, its two sides included."""
    found = LinkUp.objects.filter(family__coach=user).with_people().filter(pk=link_up_id).first()
    if found is None:
        raise Http404
    return found


def own_ended_link_up(user: User, link_up_id: int) -> LinkUp:
    """Give a guardian a link-up of their own family, as the seeking side, that has ended; 404 for any other."""
    found = (
        LinkUp.objects.filter(family=own_family(user), ended_on__isnull=False, pk=link_up_id)
        .with_people()
        .first()
    )
    if found is None:
        raise Http404
    return found


def giver_for(user: User, giver_id: int | None) -> User:
    """Give whose people are handed over: oneself, or for a manager anybody who looks after families; 404 for others."""
    if giver_id in (None, user.pk) and "coach" in roles_of(user):
        return user
    if giver_id is None or "manager" not in roles_of(user):
        raise Http404
    may = Q(staff_roles__role="coach") | Q(coached_families__isnull=False)
    found = User.objects.filter(may, pk=giver_id).distinct().first()
    if found is None:
        raise Http404
    return found


def word_for(user: User, word_id: int) -> Word:
    """Give a coach a word of a family of theirs, or about its link-up; 404 for any other."""
    found = Word.objects.filter(family__coach=user, pk=word_id).first()
    if found is None:
        raise Http404
    return found


def hand_over_for(user: User, hand_over_id: int) -> HandOver:
    """Give a hand-over to the two coaches and to managers; 404 for anybody else."""
    found = HandOver.objects.filter(pk=hand_over_id).select_related("giver", "to", "by").first()
    if found is None:
        raise Http404
    if user.pk not in (found.giver_id, found.to_id) and "manager" not in roles_of(user):
        raise Http404
    return found


def own_supporter(user: User) -> Supporter:
    """Give what a signed-in member is as a supporter, by family or as a volunteer; 404 for whoever isn't one."""
    found = Supporter.objects.filter(
        Q(family__guardians__user=user) | Q(volunteer__user=user)
    ).first()
    if found is None:
        raise Http404
    return found
