"""What the pages about concerns read out: in which order they stand, whom they are about, and what runs out when."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.models import User
from people.saying import moment, plain_day
from safeguarding.about import Whom
from safeguarding.access import leads, managers
from safeguarding.models import Concern, ConcernAbout, ConcernAction

ON_A_PAGE = 30


@dataclass(frozen=True)
class Row:
    """A concern in the list, and what runs out."""

    concern: Concern
    due: str


@dataclass(frozen=True)
class Named:
    """Somebody, with what is known of them at a glance; `key` says which row it is."""

    key: str
    name: str
    what: str


def rows(
    concerns: QuerySet[Concern], *, signed_off: bool, number: str | None
) -> tuple[Page, list[Row]]:
    """Give a page of concerns: the open ones by what runs out first, the others newest first."""
    shown = concerns.filter(due_at__isnull=signed_off)
    order = ("-raised_at", "-pk") if signed_off else ("due_at", "pk")
    page = Paginator(shown.order_by(*order), ON_A_PAGE).get_page(number)
    waits = set(
        Concern.objects.unheeded()
        .filter(pk__in=[one.pk for one in page])
        .values_list("pk", flat=True)
    )
    return page, [Row(one, due_words(one, is_unheeded=one.pk in waits)) for one in page]


def due_words(concern: Concern, *, is_unheeded: bool) -> str:
    """Say what runs out when: nobody has acted in this step, or the next thing is due; "" once it is signed off."""
    if concern.due_at is None:
        return ""
    when = {"moment": moment(concern.due_at), "day": plain_day(concern.due_at)}
    if not is_unheeded:
        return _("Do the next thing, or sign it off, by %(moment)s on %(day)s.") % when
    if concern.level == Concern.Level.GOLD:
        return _("Nobody has acted yet. We remind you again at %(moment)s on %(day)s.") % when
    return _("Somebody must act by %(moment)s on %(day)s, or it climbs by itself.") % when


def heeded(concern: Concern) -> bool:
    """Say whether somebody has done something since the step began."""
    return not Concern.objects.unheeded().filter(pk=concern.pk).exists()


def whom(concern: Concern) -> list[Named]:
    """Give everybody a concern is about, in two queries."""
    about = concern.people.select_related(
        "family__place", "volunteer__place", "user__guardian__family", "user__volunteer"
    )
    return [_named(one.family or one.volunteer or one.user) for one in about]


def people_of(concern: Concern) -> list[tuple[Named, list[str]]]:
    """Give everybody a concern is about with what the police or the council need to find them; no child's name."""
    about = concern.people.select_related(
        "family__place", "family__coach", "volunteer__place", "volunteer__user", "volunteer__coach"
    ).select_related("user__guardian__family__place", "user__volunteer__place")
    about = about.prefetch_related("family__guardians__user", "family__children")
    return [(_named(one.family or one.volunteer or one.user), _known_of(one)) for one in about]


def found(people: list[Whom]) -> list[Named]:
    """Give people whom the lead looked for."""
    return [_named(one) for one in people]


def done(concern: Concern) -> QuerySet[ConcernAction]:
    """Give what was done, in order."""
    return concern.actions.select_related("by", "asks")


def who_else(user: User) -> str:
    """Say who would be told of a concern about the reader; the plain truth where nobody would be."""
    if any(one.pk != user.pk for one in leads()):
        return ""
    if any(one.pk != user.pk for one in managers()):
        return _("You’re the only safeguarding lead. A concern about you goes to our manager.")
    return _(
        "Nobody but you could open a concern. One about you would wait unread: ask for a second"
        " safeguarding lead."
    )


def _known_of(one: ConcernAbout) -> list[str]:
    if one.user:
        return [one.user.email]
    if one.volunteer:
        return [one.volunteer.user.email] if one.volunteer.user else []
    assert one.family is not None, "the database holds one of the three"
    adults = [
        f"{adult.name}, {adult.user.email}" if adult.user else adult.name
        for adult in one.family.guardians.all()
    ]
    children = [child.get_age_band_display() for child in one.family.children.all()]
    return adults + [_("A child: %(age)s") % {"age": age} for age in children]


def _named(one: Any) -> Named:
    kind = type(one).__name__.lower()
    guardian, volunteer = getattr(one, "guardian", None), getattr(one, "volunteer", None)
    if kind == "family":
        what = _("a family in %(place)s") % {"place": one.place}
    elif kind == "volunteer":
        what = _("a volunteer in %(place)s") % {"place": one.place}
    elif guardian is not None:
        what = _("an adult of %(family)s") % {"family": guardian.family}
    elif volunteer is not None:
        what = _("a volunteer")
    else:
        what = _("works with us")
    return Named(f"{kind}-{one.pk}", str(one), what)
