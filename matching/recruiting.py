"""Who to look for, as a round keeps it: somebody for each place and theme, and what makes the shared ones scarce.

A newcomer would keep the sentences. Those name families, and a family may be erased: kept are numbers, places, themes
and languages, and the page puts the names in.
"""

from collections import Counter, defaultdict
from typing import Any

from matching.answering import Answered
from matching.comparing import planned_end_on
from matching.engine.recruiting import Wanted, common, wanted
from matching.engine.terms import Point
from matching.engine.witness import Shortage, shortages
from matching.engine_ids import row_id
from matching.snapshot import Snapshot
from people.models import Place

EVERYDAY = "en"
MOST_KEPT = 100


def to_keep(seen: Snapshot, worked_out: Answered) -> dict[str, Any]:
    """Give what a round keeps of it; `shortages` stand in the order of those that the answer keeps. One query."""
    homes = {one.place_id for one in seen.families.values()}
    places = Place.objects.filter(pk__in=homes) if worked_out.unplaced else Place.objects.none()
    found = wanted(
        worked_out.compared.instance,
        worked_out.answer,
        seen.seeking,
        {str(one.pk): Point(float(one.latitude), float(one.longitude)) for one in places},
        on=seen.on,
        planned_end_on=planned_end_on(seen.on),
    )
    near: dict[str, list[str]] = defaultdict(list)
    for pair in worked_out.compared.instance.pairs:
        near[pair.seeking].append(pair.supporter)
    return {
        "wanted": _together(found)[:MOST_KEPT],
        "shortages": [_scarce(seen, near, one) for one in shortages(worked_out.unplaced)],
    }


def _together(found: tuple[Wanted, ...]) -> list[dict[str, Any]]:
    """One line for all the places where the same somebody would do the same, those who would place most first."""
    lines: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for one in found:
        lines[one.theme, one.languages, one.gain, one.waiting].append(int(one.place))
    return [
        {
            "theme": theme.name,
            "languages": [one.name for one in languages],
            "everyday": [one.code for one in languages] == [EVERYDAY],
            "gain": list(gain),
            "waiting": waiting,
            "places": sorted(places),
        }
        for (theme, languages, gain, waiting), places in lines.items()
    ]


def _scarce(seen: Snapshot, near: dict[str, list[str]], short: Shortage) -> dict[str, Any]:
    """What is kept of one shortage; `near` says of each family with whom it makes a pair."""
    families, helpers = {*short.waiting, *short.placed}, set(short.supporters)
    apart = [
        seen.seeking[family].metres_to(seen.supporters[helper])
        for family in families
        for helper in near[family]
        if helper in helpers
    ]
    shared = common(
        [seen.seeking[one] for one in sorted(families)],
        [seen.supporters[one] for one in sorted(helpers)],
        apart,
        everyday=EVERYDAY,
    )
    wishes = Counter(row_id(one) for one in families)
    return {
        "twice": sum(1 for many in wishes.values() if many > 1),
        "placed": len(short.placed),
        "gain": list(short.gain),
        "like": short.like,
        "language": shared.language,
        "within_km": shared.within_km,
    }
