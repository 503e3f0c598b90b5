"""Who to look for, as a coach reads it: what is short, with names, and whom one more would place."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.engine import wording
from matching.engine.terms.profiles import number
from matching.engine_ids import row_id, supporter_id
from matching.models import Round, Supporter
from matching.reading.members import families_among, other_of
from people.models import Family, Place

MOST_SHOWN = 10
MOST_PLACES = 3


@dataclass(frozen=True)
class Short:
    """A line about supporters whom several families share: what is short, and where those live who wait for it."""

    words: str
    near: str


@dataclass(frozen=True)
class LookFor:
    """Somebody to look for: where, what they have been through and speak; `gain` with room for 1, 2 and 3.

    `speaks` is empty where English is enough.
    """

    where: str
    theme: str
    speaks: str
    gain: list[int]
    waiting: int


@dataclass(frozen=True)
class Recruiting:
    """Everything about who to look for: the first ten lines, and the others for who unfolds them.

    `families` are the sharing families that it names, as those to find more like.
    """

    short: list[Short]
    first: list[LookFor]
    rest: list[LookFor]
    families: list[Family]


def recruiting(round_: Round, waiting: dict[int, Family]) -> Recruiting:
    """Give who to look for, in three queries or fewer; only `waiting` families are named, whom the page shows."""
    kept = round_.answer.get("recruiting") or {"wanted": [], "shortages": []}
    told = round_.answer["shortages"]
    places = _places(kept)
    lines = [_look_for(one, places) for one in kept["wanted"]]
    like = _like(kept["shortages"])
    return Recruiting(
        short=_short(told, kept["shortages"], waiting, like),
        first=lines[:MOST_SHOWN],
        rest=lines[MOST_SHOWN:],
        families=families_among(like.values()),
    )


def _short(
    told: list[dict[str, Any]],
    kept: list[dict[str, Any]],
    waiting: dict[int, Family],
    like: dict[str, Supporter],
) -> list[Short]:
    if len(kept) != len(told):  # a round from before this was kept
        return [Short(one["words"], _near(one, waiting)) for one in told]
    ids = {one for line in told for one in line["waiting"]}
    called = {one: waiting[row_id(one)].display_name for one in ids if row_id(one) in waiting}
    called |= {one: other_of(helper).name for one, helper in like.items()}
    return [
        Short(_words(one, also, called), _near(one, waiting))
        for one, also in zip(told, kept, strict=True)
    ]


def _words(told: dict[str, Any], also: dict[str, Any], called: dict[str, str]) -> str:
    return wording.shortage(
        told["waiting"],
        also["placed"],
        len(told["supporters"]),
        also["gain"],
        also["like"],
        called,
        wording.Common(also["language"], also["within_km"]),
    )


def _like(kept: list[dict[str, Any]]) -> dict[str, Supporter]:
    rows = [row_id(one["like"]) for one in kept if one["like"]]
    found = Supporter.objects.with_people().in_bulk(rows)
    return {supporter_id(pk): helper for pk, helper in found.items()}


def _near(told: dict[str, Any], waiting: dict[int, Family]) -> str:
    places = {waiting[row_id(one)].place.name for one in told["waiting"] if row_id(one) in waiting}
    return ", ".join(sorted(places))


def _places(kept: dict[str, Any]) -> dict[int, str]:
    ids = {pk for one in kept["wanted"] for pk in one["places"]}
    return dict(Place.objects.filter(pk__in=ids).values_list("pk", "name"))


def _look_for(one: dict[str, Any], places: dict[int, str]) -> LookFor:
    names = sorted(places[pk] for pk in one["places"] if pk in places)
    shown = names[:MOST_PLACES]
    if len(names) > len(shown):
        many = len(names) - len(shown)
        more = ngettext("one more place", "%(many)s more places", many)
        shown.append(more % {"many": number(many)})
    spoken = "" if one["everyday"] else _(" and ").join(one["languages"])
    return LookFor(_listed(shown), one["theme"], spoken, one["gain"], one["waiting"])


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
