"""Who may use the pages of the daily meeting: the coaches of the family's area, never the family."""

from datetime import UTC, date, datetime

from safeguarding import board
from tests.boundaries.access import Answer, Scene

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def place(scene: Scene) -> dict[str, int]:
    """Amara's family on the board."""
    made = board.put_on(family=scene.family, why="Tired", by=scene.town.ruth, at=AT)
    return {"place_id": made.pk}


def step(scene: Scene) -> dict[str, int]:
    """Something Ruth took on for them."""
    made = board.put_on(family=scene.family, why="Tired", by=scene.town.ruth, at=AT)
    ruth = scene.town.ruth
    taken = board.add_step(
        place=made, words="Ring", owner=ruth, due_on=date(2026, 12, 1), by=ruth, at=AT
    )
    return {"place_id": made.pk, "step_id": taken.pk}


ANSWERS = {
    "safeguarding:board": Answer(403, 403, 403, 200, 200),
    "safeguarding:on_board": Answer(403, 403, 403, 200, 404, make=place),
    "safeguarding:take_off": Answer(403, 403, 403, 200, 404, make=place),
    "safeguarding:add_step": Answer(403, 403, 403, 200, 404, make=place, method="post"),
    "safeguarding:end_step": Answer(
        403, 403, 403, 302, 404, make=step, method="post", data=lambda scene: {"outcome": "done"}
    ),
    "safeguarding:put_on": Answer(
        403, 403, 403, 200, 404, make=lambda scene: {"family_id": scene.family.pk}
    ),
}
