"""Who may use the views about the end of a link-up; part of tests/matching/answers.py."""

from datetime import UTC, datetime
from typing import Any

from matching import linkups, words
from matching.models import Milestone
from tests.boundaries.access import Answer, Scene

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
COACHES = {"owner": 403, "partner": 403, "stranger": 403}
FAMILIES = {"owner": 200, "partner": 200, "stranger": 200, "coach": 403, "wrong_coach": 403}


def linked(scene: Scene) -> dict[str, Any]:
    """The link-up of owner and partner."""
    return {"id": scene.link_up.pk}


def over(scene: Scene) -> dict[str, Any]:
    """The same, ended."""
    linkups.end(
        link_up=scene.link_up,
        ending="stopped",
        words="They moved on",
        on=scene.link_up.started_on,
        by=scene.town.ruth,
        at=AT,
    )
    return linked(scene)


def said(scene: Scene) -> dict[str, Any]:
    """A word of the owner's to their coach."""
    word = words.about_the_end(
        link_up=scene.link_up,
        side="family",
        kind="longer",
        words="",
        by=scene.users["owner"],
        at=AT,
    )
    return {"id": word.pk}


def ticked(scene: Scene) -> dict[str, Any]:
    """A line of the first checklist."""
    first = Milestone.objects.first()
    return {"milestone": first.pk, "line": first.lines[0]}


ANSWERS = {
    "matching:extend": Answer(**COACHES, coach=200, wrong_coach=404, make=linked),
    "matching:about_the_end": Answer(
        owner=200, partner=200, stranger=404, coach=403, wrong_coach=403, make=linked
    ),
    "matching:look_back": Answer(
        owner=200, partner=200, stranger=404, coach=200, wrong_coach=404, make=over
    ),
    "matching:what_next": Answer(
        owner=200, partner=404, stranger=404, coach=403, wrong_coach=403, make=over
    ),
    "matching:come_back": Answer(**FAMILIES),
    "matching:hear": Answer(**COACHES, coach=302, wrong_coach=404, make=said, method="post"),
    "matching:tick": Answer(
        **COACHES, coach=302, wrong_coach=404, make=linked, method="post", data=ticked
    ),
    "matching:milestones": Answer(**COACHES, coach=200, wrong_coach=200),
    "matching:new_milestone": Answer(**COACHES, coach=403, wrong_coach=403),
    "matching:milestone": Answer(
        **COACHES,
        coach=403,
        wrong_coach=403,
        make=lambda scene: {"id": Milestone.objects.first().pk},
    ),
}
