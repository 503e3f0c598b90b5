"""Who may use the views of safeguarding: anybody may raise a concern, only the lead may read one."""

from datetime import UTC, datetime

from safeguarding.concerns import raise_concern
from safeguarding.deciding import ask_coach
from safeguarding.models import Concern
from tests import cast
from tests.boundaries.access import Answer, Scene
from tests.safeguarding import answers_board

EVERYBODY = Answer(200, 200, 200, 200, 200, signed_out=200)


def a_concern(scene: Scene) -> dict[str, int]:
    """One about nobody in particular."""
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    told = raise_concern(words="A worry", about="", reach="", by=None, at=at)
    return {"concern_id": told.pk}


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
