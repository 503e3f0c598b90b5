"""Who may use the views of safeguarding: anybody may raise a concern, only the lead may read one."""

from datetime import UTC, datetime

from safeguarding.concerns import raise_concern
from tests.boundaries.access import Answer, Scene

EVERYBODY = Answer(200, 200, 200, 200, 200, signed_out=200)


def a_concern(scene: Scene) -> dict[str, int]:
    """One about nobody in particular."""
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    told = raise_concern(words="A worry", about="", reach="", by=None, at=at)
    return {"concern_id": told.pk}


ANSWERS = {
    "safeguarding:raise": EVERYBODY,
    "safeguarding:thanks": EVERYBODY,
    "safeguarding:concerns": Answer(403, 403, 403, 403, 403),
    "safeguarding:concern": Answer(403, 403, 403, 403, 403, make=a_concern),
}
