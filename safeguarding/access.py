"""The doors to concerns: for the safeguarding lead, and never for anybody it is about or of their household (SG-19).

The programme's manager stands in where no lead may or can read one: all are kept from it, there is none, or it
reached gold. When nobody is left at all, it waits unread until somebody else is given the role; the log says so.
"""

from django.db.models import QuerySet
from django.http import Http404

from people.access import roles_of
from people.models import StaffRole, User
from safeguarding.models import Concern, ConcernAction
from safeguarding.models.concern import ConcernQuerySet


def concerns_for(user: User) -> ConcernQuerySet:
    """Give the concerns that somebody may read."""
    concerns = Concern.objects.select_related("raised_by")
    roles = roles_of(user)
    if not roles & {"safeguarding", "manager"} or not user.is_active:
        return concerns.none()
    allowed = concerns.exclude(pk__in=_touching(user))
    return allowed if "safeguarding" in roles else _left_to_managers(allowed)


def not_acted_on(user: User) -> ConcernQuerySet:
    """Give those of them about which nobody has done anything since their step began."""
    return Concern.objects.unheeded().filter(pk__in=concerns_for(user).values("pk"))


def stands_in(user: User) -> bool:
    """Say whether somebody who is no lead has an open concern to look after."""
    return "manager" in roles_of(user) and concerns_for(user).open().exists()


def concern_for(user: User, concern_id: int) -> Concern:
    """Give one of them; 404 for any other."""
    concern = concerns_for(user).filter(pk=concern_id).first()
    if concern is None:
        raise Http404
    return concern


def asked_of(user: User) -> QuerySet[ConcernAction]:
    """Give what the lead asked of a coach and the coach hasn't answered; never about the coach or their household."""
    return (
        ConcernAction.objects.filter(asks=user, answered_by=None, concern__due_at__isnull=False)
        .exclude(concern__in=_touching(user))
        .select_related("concern", "by")
    )


def ask_for(user: User, action_id: int) -> ConcernAction:
    """Give one of them; 404 for any other."""
    asked = asked_of(user).filter(pk=action_id).first()
    if asked is None:
        raise Http404
    return asked


def readers_of(concern: Concern) -> list[User]:
    """Give everybody who may read a concern now: `concerns_for`, asked the other way round."""
    found = [one for one in leads() if not is_kept_from(concern, one)]
    if not found or concern.level == Concern.Level.GOLD:
        known = {one.pk for one in found}
        found += [
            one for one in managers() if one.pk not in known and not is_kept_from(concern, one)
        ]
    return found


def is_kept_from(concern: Concern, user: User) -> bool:
    """Say whether a concern is about somebody, or about or told by somebody of their household."""
    return _touching(user).filter(pk=concern.pk).exists()


def leads() -> list[User]:
    """Give the safeguarding leads."""
    return _with_role(StaffRole.Role.SAFEGUARDING)


def managers() -> list[User]:
    """Give the managers, who stand in for them."""
    return _with_role(StaffRole.Role.MANAGER)


def coaches_for(concern: Concern) -> list[User]:
    """Give the coaches whom the lead may ask to help: none whom it is about."""
    return [one for one in _with_role(StaffRole.Role.COACH) if not is_kept_from(concern, one)]


def _with_role(role: str) -> list[User]:
    found = User.objects.filter(is_active=True, staff_roles__role=role)
    return list(found.order_by("pk"))


def _touching(user: User) -> QuerySet[Concern]:
    return Concern.objects.touching(user).order_by().only("pk")


def _left_to_managers(concerns: ConcernQuerySet) -> ConcernQuerySet:
    no_lead = Concern.objects.all()
    for lead in leads():
        no_lead = no_lead.filter(pk__in=_touching(lead))
    gold = Concern.objects.filter(level=Concern.Level.GOLD)
    return concerns.filter(pk__in=gold.values("pk")) | concerns.filter(pk__in=no_lead.values("pk"))
