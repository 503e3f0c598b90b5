"""Who may use the views of matching, asked of each by tests/boundaries/test_access.py."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from matching import planning, rounds
from matching.models import Choice, Proposal, Shortlist, ShortlistEntry
from people.models import HandOver
from tests import cast
from tests.boundaries.access import Answer, Scene
from tests.matching import answers_ending, answers_how_was_it
from tests.matching import cast as street

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def linked(scene: Scene) -> dict[str, Any]:
    """The link-up of owner and partner."""
    return {"id": scene.link_up.pk}


def planned(scene: Scene) -> dict[str, Any]:
    """Something that the owner suggested to the partner."""
    made = planning.suggest(
        link_up=scene.link_up,
        on=date(2026, 11, 28),
        part="",
        what="The park",
        where="",
        by=cast.guardian_of(scene.family),
        at=AT,
        client_id=uuid4(),
    )
    return {"id": made.pk}


def asked(scene: Scene) -> dict[str, Any]:
    """The stranger's family has chosen the partner's, which is asked."""
    nadia = scene.users["stranger"].guardian.family
    shortlist = Shortlist.objects.create(
        family=nadia, offered_by=scene.town.ruth, offered_at=AT, standing="chosen"
    )
    entry = ShortlistEntry.objects.create(
        shortlist=shortlist, supporter=scene.supporter, place=1, score=1, parts=[]
    )
    choice = Choice.objects.create(
        shortlist=shortlist, entry=entry, chosen_by=scene.users["stranger"], chosen_at=AT
    )
    return {"id": choice.pk}


def opened(scene: Scene) -> dict[str, Any]:
    """A round of the coach's area."""
    made = rounds.open_round(area=scene.town.area, by=scene.town.ruth, at=AT)
    return {"id": made.pk}


def proposed(scene: Scene) -> dict[str, Any]:
    """A pair of a round of the coach's area."""
    made = rounds.open_round(area=scene.town.area, by=scene.town.ruth, at=AT)
    family = scene.users["stranger"].guardian.family
    proposal = made.proposals.create(
        family=family, supporter=scene.supporter, waiting_days=1, score=1, out_of=1, parts=[]
    )
    return {"id": proposal.pk}


def asking(scene: Scene) -> dict[str, Any]:
    """A family that a round of the coach's area had to do with."""
    town = scene.town
    family = street.seeking("The Hopes", guardian="Hope", at=town.burntwood, coach=town.ruth)
    return {**opened(scene), "family_id": family.pk}


def asking_about(scene: Scene) -> dict[str, Any]:
    """Such a family, and a supporter of the area."""
    return {**asking(scene), "supporter_id": scene.supporter.pk}


def helping(scene: Scene) -> dict[str, Any]:
    """A volunteer that the coach looks after."""
    return {"id": cast.volunteer("Stan", at=scene.town.burntwood, coach=scene.town.ruth).pk}


def put_forward(scene: Scene) -> dict[str, Any]:
    """A further supporter beside a pair of a round of the coach's area."""
    proposal = Proposal.objects.get(pk=proposed(scene)["id"])
    further = proposal.alternatives.create(
        supporter=scene.supporter, place=2, score=1, out_of=1, parts=[]
    )
    return {"id": further.pk}


def handing_over(scene: Scene) -> dict[str, Any]:
    """The coach's families are with somebody else for a week; the wrong coach has nothing to do with it."""
    cover = cast.staff("grace@example.org", "Grace", "coach")
    made = HandOver.objects.create(
        client_id=uuid4(),
        giver=scene.town.ruth,
        to=cover,
        by=scene.town.ruth,
        reach="all",
        from_on=AT.date(),
        back_on=AT.date() + timedelta(days=7),
        made_at=AT,
    )
    return {"id": made.pk}


COACHES = {"owner": 403, "partner": 403, "stranger": 403}
SIDES = {"owner": 302, "partner": 302, "stranger": 404, "coach": 403, "wrong_coach": 403}
FAMILIES = {"owner": 200, "partner": 200, "stranger": 200, "coach": 403, "wrong_coach": 403}

ANSWERS = {
    "matching:families": Answer(**COACHES, coach=200, wrong_coach=200),
    "matching:family": Answer(
        **COACHES, coach=200, wrong_coach=404, make=lambda scene: {"id": scene.family.pk}
    ),
    "matching:rate": Answer(
        **COACHES,
        coach=200,
        wrong_coach=404,
        make=lambda scene: {"id": scene.family.pk, "goal_id": scene.extra["goal"].pk},
    ),
    "matching:web": Answer(
        **COACHES, coach=200, wrong_coach=404, make=lambda scene: {"id": scene.family.pk}
    ),
    "matching:fill_in": Answer(
        **COACHES, coach=200, wrong_coach=404, make=lambda scene: {"id": scene.family.pk}
    ),
    "matching:meeting": Answer(
        **COACHES, coach=200, wrong_coach=404, make=lambda scene: {"id": scene.family.pk}
    ),
    "matching:hello_family": Answer(
        **COACHES,
        coach=302,
        wrong_coach=404,
        make=lambda scene: {"id": scene.family.pk},
        method="post",
    ),
    "matching:talk_family": Answer(
        **COACHES,
        coach=302,
        wrong_coach=404,
        make=lambda scene: {"id": scene.family.pk},
        method="post",
    ),
    "matching:volunteer": Answer(**COACHES, coach=200, wrong_coach=404, make=helping),
    "matching:hello_volunteer": Answer(
        **COACHES, coach=302, wrong_coach=404, make=helping, method="post"
    ),
    "matching:talk_volunteer": Answer(
        **COACHES, coach=302, wrong_coach=404, make=helping, method="post"
    ),
    "matching:contact": Answer(
        **COACHES,
        coach=200,
        wrong_coach=404,
        make=lambda scene: {"id": scene.link_up.contacts.first().pk},
    ),
    "matching:rounds": Answer(**COACHES, coach=200, wrong_coach=200),
    "matching:open_round": Answer(
        **COACHES,
        coach=302,
        wrong_coach=404,
        make=lambda scene: {"area_id": scene.town.area.pk},
        method="post",
    ),
    "matching:round": Answer(**COACHES, coach=200, wrong_coach=404, make=opened),
    "matching:difference": Answer(**COACHES, coach=200, wrong_coach=404, make=opened),
    "matching:ask": Answer(**COACHES, coach=200, wrong_coach=404, make=asking),
    "matching:why_not": Answer(**COACHES, coach=200, wrong_coach=404, make=asking_about),
    "matching:overrule": Answer(  # without a reason the page comes back
        **COACHES, coach=200, wrong_coach=404, make=asking_about, method="post"
    ),
    "matching:what_if": Answer(**COACHES, coach=200, wrong_coach=404, make=opened),
    "matching:stop_round": Answer(
        **COACHES, coach=302, wrong_coach=404, make=opened, method="post"
    ),
    "matching:approve_all": Answer(
        **COACHES, coach=302, wrong_coach=404, make=opened, method="post"
    ),
    "matching:send": Answer(**COACHES, coach=302, wrong_coach=404, make=opened, method="post"),
    "matching:decide": Answer(**COACHES, coach=302, wrong_coach=404, make=proposed, method="post"),
    "matching:alternative": Answer(
        **COACHES, coach=302, wrong_coach=404, make=put_forward, method="post"
    ),
    "matching:weights": Answer(**COACHES, coach=200, wrong_coach=200),
    "matching:set_weights": Answer(**COACHES, coach=403, wrong_coach=403, method="post"),
    "matching:shortlist": Answer(**FAMILIES),
    "matching:none_of_these": Answer(**{**FAMILIES, "owner": 302, "partner": 302, "stranger": 302}),
    "matching:choice": Answer(
        owner=404, partner=200, stranger=404, coach=403, wrong_coach=403, make=asked
    ),
    "matching:link_up": Answer(
        owner=200, partner=200, stranger=404, coach=200, wrong_coach=404, make=linked
    ),
    "matching:together": Answer(
        owner=302,
        partner=302,
        stranger=404,
        coach=403,
        wrong_coach=403,
        make=linked,
        method="post",
        data=lambda scene: {
            "happened_on": "2026-10-12",
            "minutes": "1h30",
            "words": "Park, then chips",
            "client_id": str(uuid4()),
        },
    ),
    "matching:calls": Answer(**COACHES, coach=200, wrong_coach=200),
    "matching:plan_anew": Answer(**COACHES, coach=302, wrong_coach=302, method="post"),
    "matching:cadence": Answer(
        **COACHES, coach=403, wrong_coach=403, make=lambda scene: {"slug": "every-month"}
    ),
    "matching:pick_cadence": Answer(
        **COACHES,
        coach=403,
        wrong_coach=403,
        make=lambda scene: {"slug": "every-month"},
        method="post",
    ),
    "matching:how_i_help": Answer(**{**FAMILIES, "owner": 404, "stranger": 404}),
    "matching:take_a_break": Answer(
        **{**FAMILIES, "owner": 404, "stranger": 404, "partner": 302}, method="post"
    ),
    "matching:go_on": Answer(
        **{**FAMILIES, "owner": 404, "stranger": 404, "partner": 302}, method="post"
    ),
    "matching:today": Answer(**COACHES, coach=200, wrong_coach=200),
    "matching:hand_over": Answer(**COACHES, coach=200, wrong_coach=200),
    "matching:handed": Answer(**COACHES, coach=200, wrong_coach=404, make=handing_over),
    "matching:hand_back": Answer(
        **COACHES, coach=302, wrong_coach=404, make=handing_over, method="post"
    ),
    "matching:plan": Answer(
        owner=200, partner=200, stranger=404, coach=403, wrong_coach=403, make=linked
    ),
    "matching:move_plan": Answer(
        owner=200, partner=200, stranger=404, coach=403, wrong_coach=403, make=planned
    ),
    "matching:agree_plan": Answer(**SIDES, make=planned, method="post"),
    "matching:drop_plan": Answer(**SIDES, make=planned, method="post"),
    "matching:plan_calendar": Answer(**{**SIDES, "owner": 200, "partner": 200}, make=planned),
    "matching:without_signal": Answer(
        owner=200, partner=200, stranger=200, coach=403, wrong_coach=403
    ),
    "matching:token": Answer(owner=200, partner=200, stranger=200, coach=200, wrong_coach=200),
    "matching:worker": Answer(
        owner=200, partner=200, stranger=200, coach=200, wrong_coach=200, signed_out=200
    ),
    "matching:end": Answer(**COACHES, coach=200, wrong_coach=404, make=linked),
    **answers_ending.ANSWERS,
    **answers_how_was_it.ANSWERS,
}
