"""Who may use these views: anybody may raise a concern, only the lead reads one; a coach clears their own people."""

from datetime import UTC, date, datetime
from uuid import uuid4

from safeguarding.concerns import raise_concern
from safeguarding.deciding import ask_coach
from safeguarding.models import Concern, Exemption, Step
from tests import cast
from tests.boundaries.access import Answer, Scene
from tests.safeguarding import answers_board

EVERYBODY = Answer(200, 200, 200, 200, 200, signed_out=200)


def a_concern(scene: Scene) -> dict[str, int]:
    """One about nobody in particular."""
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    told = raise_concern(words="A worry", about="", reach="", by=None, at=at)
    return {"concern_id": told.pk}


def the_partner(scene: Scene) -> dict[str, str | int]:
    """Denise's family, who share."""
    return {"kind": "families", "id": scene.supporter.family_id or 0}


def an_adult(scene: Scene) -> dict[str, str | int]:
    """Denise."""
    assert scene.supporter.family is not None
    return {"kind": "adults", "id": scene.supporter.family.guardians.get().pk}


def a_step(scene: Scene) -> dict[str, str | int]:
    """Her interview."""
    return {**an_adult(scene), "step": "interview"}


def a_row(scene: Scene) -> dict[str, str | int]:
    """A reference of hers."""
    row = Step.objects.create(
        guardian_id=an_adult(scene)["id"],
        kind="reference",
        done_on=date(2026, 11, 1),
        decided_by=scene.town.ruth,
        decided_at=datetime(2026, 11, 2, tzinfo=UTC),
    )
    return {"kind": "steps", "id": row.pk}


def an_exemption(scene: Scene) -> dict[str, int]:
    """Her interview may wait, somebody asked."""
    row = Exemption.objects.create(
        guardian_id=an_adult(scene)["id"],
        kind="interview",
        reason="no_date",
        until_on=date(2026, 12, 1),
        asked_by=scene.town.imran,
        asked_at=datetime(2026, 11, 2, tzinfo=UTC),
    )
    return {"id": row.pk}


ITS_COACH = {"owner": 403, "partner": 403, "stranger": 403, "wrong_coach": 404}


def asked(scene: Scene) -> dict[str, int]:
    """What the lead asked of the family's coach."""
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    concern = Concern.objects.get(pk=a_concern(scene)["concern_id"])
    lead = cast.staff("grace@example.org", "Grace", "safeguarding")
    found = ask_coach(
        concern=concern, coach=scene.town.ruth, words="Ring them", basis="public", by=lead, at=at
    )
    return {"action_id": found.pk}


ANSWERS = {
    "safeguarding:clearances": Answer(403, 403, 403, 200, 200),
    "safeguarding:clearance": Answer(**ITS_COACH, coach=200, make=the_partner),
    "safeguarding:record_check": Answer(**ITS_COACH, coach=200, make=an_adult),
    "safeguarding:record_step": Answer(
        **ITS_COACH,
        coach=302,
        make=a_step,
        method="post",
        data=lambda scene: {"done_on": "2026-11-02", "client_id": uuid4()},
    ),
    "safeguarding:ask_to_wait": Answer(**ITS_COACH, coach=200, make=a_step),
    "safeguarding:take_back": Answer(**ITS_COACH, coach=302, make=a_row, method="post"),
    "safeguarding:approve": Answer(**ITS_COACH, coach=302, make=the_partner, method="post"),
    "safeguarding:grant": Answer(403, 403, 403, 403, 403, make=an_exemption, method="post"),
    "safeguarding:requirements": Answer(403, 403, 403, 200, 200),
    "safeguarding:set_requirements": Answer(403, 403, 403, 403, 403, method="post"),
    "safeguarding:getting_ready": Answer(200, 200, 200, 403, 403),
    "safeguarding:raise": EVERYBODY,
    "safeguarding:thanks": EVERYBODY,
    "safeguarding:concerns": Answer(403, 403, 403, 403, 403),
    "safeguarding:concern": Answer(403, 403, 403, 403, 403, make=a_concern),
    "safeguarding:about": Answer(403, 403, 403, 403, 403, make=a_concern),
    "safeguarding:ask": Answer(403, 403, 403, 403, 403, make=a_concern),
    "safeguarding:sign_off": Answer(403, 403, 403, 403, 403, make=a_concern),
    "safeguarding:report": Answer(403, 403, 403, 403, 403, make=a_concern, method="post"),
    "safeguarding:pack": Answer(403, 403, 403, 403, 403, make=a_concern),
    "safeguarding:from_concern": Answer(403, 403, 403, 403, 403, make=a_concern, method="post"),
    "safeguarding:asked": Answer(403, 403, 403, 200, 404, make=asked),
    **answers_board.ANSWERS,
}
