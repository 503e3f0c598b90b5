"""What the families of the demonstration mean to do next: suggested by one side, and mostly agreed by the other."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from config.demonstration.cast import Cast
from config.demonstration.community import Community
from matching import planning
from matching.models import LinkUp


def play_plans(community: Community, cast: Cast, link_ups: Mapping[str, LinkUp]) -> None:
    """Suggest and agree every plan of the files, each on its own evening."""
    sides = {row["reference"]: row for row in community["linkups"]}
    for number, row in enumerate(community["plans"]):
        family, supporter = (
            cast.users[sides[row["linkup"]][who]] for who in ("family", "supporter")
        )
        by_family = row["suggested_by"] == "family"
        plan = planning.suggest(
            link_up=link_ups[row["linkup"]],
            on=date.fromisoformat(row["on"]),
            part=row["part"],
            what=row["what"],
            where=row["where"],
            by=family if by_family else supporter,
            at=_evening_of(row["suggested_on"]),
            client_id=uuid5(NAMESPACE_URL, f"demonstration:plan:{number}:{row['linkup']}"),
        )
        if row["agreed_on"]:
            planning.agree(
                plan=plan, by=supporter if by_family else family, at=_evening_of(row["agreed_on"])
            )


def _evening_of(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(19)))
