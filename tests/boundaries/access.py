"""Six people knock at every door. What each should hear is stated beside each app, in tests/<app>/answers.py.

The scene: Amara's family (owner) is linked with Denise's (partner); Nadia's is in the same town and has nothing to
do with them (stranger); Ruth coaches them all, Imran coaches another area; and somebody is not signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from goals.models import Goal
from matching import linkups
from matching.models import LinkUp, Supporter
from people.models import Family, User
from tests import cast

ASKERS = ("owner", "partner", "stranger", "coach", "wrong_coach", "signed_out")


@dataclass
class Scene:
    """Who is there, and the things they share. `extra` is for what one app's answers need besides."""

    town: cast.Town
    family: Family
    supporter: Supporter
    link_up: LinkUp
    users: dict[str, User | None]
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The status each asker should get from one view.

    `make` gives the view's URL arguments for a scene; `data` what is posted when `method` is "post".
    """

    owner: int
    partner: int
    stranger: int
    coach: int
    wrong_coach: int
    signed_out: int = 302
    make: Callable[[Scene], dict[str, Any]] = lambda scene: {}
    method: str = "get"
    data: Callable[[Scene], dict[str, Any]] = lambda scene: {}


def scene() -> Scene:
    """Set the scene through the domain's own functions."""
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    town = cast.town()
    owner = cast.family(
        "Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth, wants_link_up=True
    )
    partner = cast.family("Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth)
    stranger = cast.family("Nadia and Sami", guardian="Nadia", at=town.burntwood, coach=town.ruth)
    supporter = Supporter.objects.create(family=partner, capacity=2)
    goal = Goal.objects.create(family=owner, words="Mornings without shouting", set_at=at)
    link_up = linkups.start(
        family=owner,
        supporter=supporter,
        goals=[goal],
        weeks=20,
        on=date(2026, 10, 5),
        by=town.ruth,
        at=at,
    )
    return Scene(
        town=town,
        family=owner,
        supporter=supporter,
        link_up=link_up,
        users={
            "owner": cast.guardian_of(owner),
            "partner": cast.guardian_of(partner),
            "stranger": cast.guardian_of(stranger),
            "coach": town.ruth,
            "wrong_coach": town.imran,
            "signed_out": None,
        },
        extra={"goal": goal},
    )
