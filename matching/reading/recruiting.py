"""Who to look for, as a coach reads it: what is short, with names, and whom one more would place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.engine import wording
from matching.engine_ids import row_id, supporter_id
from matching.models import Round, Supporter
from matching.reading.members import families_among, other_of
from people.models import Family, Place
from people.saying import count

MOST_SHOWN = 10
MOST_PLACES = 8
FIRST_PLACES = 3


@dataclass(frozen=True)
class Short:
    """A line about supporters whom several families share: what is short, and where those live who wait for it."""

    words: str
    near: str


@dataclass(frozen=True)
class LookFor:
    """Somebody to look for: where, what they have been through and speak; `speaks` is empty where English is enough.

    `more` are the places that `where` only counts.
    """

    where: str
    more: list[str]
    theme: str
    speaks: str


@dataclass(frozen=True)
class Alike:
    """All those who would do the same, and what that is in words, said once."""

    words: str
    lines: list[LookFor]


@dataclass(frozen=True)
class Recruiting:
    """Everything about who to look for: the first ten lines, and the others for who unfolds them.

    `families` are the sharing families that it names, as those to find more like.
    """

    short: list[Short]
    first: list[Alike]
    rest: list[Alike]
    more: int
    families: list[Family]


def recruiting(round_: Round, waiting: dict[int, Family]) -> Recruiting:
    """Give who to look for, in three queries or fewer; only `waiting` families are named, whom the page shows."""
    kept = round_.answer.get("recruiting") or {"wanted": [], "shortages": []}
    told = round_.answer["shortages"]
    wanted, places = kept["wanted"], _places(kept)
    like = _like(kept["shortages"])
    return Recruiting(
        short=_short(told, kept["shortages"], waiting, like),
        first=_alike(wanted[:MOST_SHOWN], places),
        rest=_alike(wanted[MOST_SHOWN:], places),
        more=max(0, len(wanted) - MOST_SHOWN),
        families=families_among(like.values()),
    )


def _alike(wanted: Sequence[dict[str, Any]], places: dict[int, str]) -> list[Alike]:
    """Those who would do the same stand beside each other, because those who would do most come first."""
    return [
        Alike(_doing(gain), [_look_for(one, places) for one in alike])
        for gain, alike in groupby(wanted, key=lambda one: one["gain"][-1])
    ]


def _doing(most: int) -> str:
    """Say what they would do; each place that is used at all places one more."""
    if most == 1:
        return _("Would place one family more, even if they have room for several")
    return _("Would place as many more as they have room for, up to %(most)s") % {
        "most": count(most)
    }


def _short(
    told: list[dict[str, Any]],
    kept: list[dict[str, Any]],
    waiting: dict[int, Family],
    like: dict[str, Supporter],
) -> list[Short]:
    if len(kept) != len(told):  # a round from before this was kept
        return [Short(one["words"], _near(one, waiting)) for one in told]
    called = {one: other_of(helper).name for one, helper in like.items()}
    return [
        Short(_words(one, also, called | _once(one, waiting)), _near(one, waiting))
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
        also.get("twice", 0),  # older rounds counted wishes
    )


def _once(told: dict[str, Any], waiting: dict[int, Family]) -> dict[str, str]:
    """Name each family of a line once, by the first of its wishes."""
    first: dict[int, str] = {}
    for one in told["waiting"]:
        first.setdefault(row_id(one), one)
    return {one: waiting[row].display_name for row, one in first.items() if row in waiting}


def _like(kept: list[dict[str, Any]]) -> dict[str, Supporter]:
    rows = [row_id(one["like"]) for one in kept if one["like"]]
    found = Supporter.objects.with_people().in_bulk(rows)
    return {supporter_id(pk): helper for pk, helper in found.items()}


def _near(told: dict[str, Any], waiting: dict[int, Family]) -> str:
    """Say where those live who wait; nothing of one family, which stands above with its place."""
    places = {waiting[row_id(one)].place.name for one in told["waiting"] if row_id(one) in waiting}
    if len({row_id(one) for one in told["waiting"]}) == 1:
        return ""
    return _listed(sorted(places), _("%(first)s and %(last)s"))


def _places(kept: dict[str, Any]) -> dict[int, str]:
    ids = {pk for one in kept["wanted"] for pk in one["places"]}
    return dict(Place.objects.filter(pk__in=ids).values_list("pk", "name"))


def _look_for(one: dict[str, Any], places: dict[int, str]) -> LookFor:
    names = sorted(places[pk] for pk in one["places"] if pk in places)
    more = names[FIRST_PLACES:] if len(names) > MOST_PLACES else []
    shown = names[: len(names) - len(more)]
    if more:
        words = ngettext("one more place", "%(many)s more places", len(more))
        shown.append(words % {"many": count(len(more))})
    spoken = "" if one["everyday"] else _(" and ").join(one["languages"])
    return LookFor(_listed(shown, _("%(first)s or %(last)s")), more, one["theme"], spoken)


def _listed(names: list[str], last: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return last % {"first": ", ".join(names[:-1]), "last": names[-1]}
