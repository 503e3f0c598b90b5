"""Who may use the views of goals: the family itself. Coaches rate on their own pages, in matching."""

from tests.boundaries.access import Answer, Scene


def the_goal(scene: Scene) -> dict[str, int]:
    """Amara's goal."""
    return {"goal_id": scene.extra["goal"].pk}


OWNER_ONLY = Answer(200, 404, 404, coach=403, wrong_coach=403, make=the_goal)

EVERY_FAMILY = Answer(200, 200, 200, coach=403, wrong_coach=403)

ANSWERS = {
    "goals:web": EVERY_FAMILY,
    "goals:fill_in": EVERY_FAMILY,
    "goals:new": EVERY_FAMILY,
    "goals:goal": OWNER_ONLY,
    "goals:rate": OWNER_ONLY,
    "goals:move": Answer(
        302,
        404,
        404,
        coach=403,
        wrong_coach=403,
        make=the_goal,
        method="post",
        data=lambda scene: {"to": "reached"},
    ),
}
