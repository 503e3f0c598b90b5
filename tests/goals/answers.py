"""Who may use the views of goals: the family itself. Coaches rate on the pages of matching."""

from tests.boundaries.access import Answer, Scene


def the_goal(scene: Scene) -> dict[str, int]:
    """Amara's goal."""
    return {"goal_id": scene.extra["goal"].pk}


OWNER_ONLY = Answer(200, 404, 404, coach=403, wrong_coach=403, make=the_goal)

ANSWERS = {
    "goals:new": Answer(200, 200, 200, coach=403, wrong_coach=403),
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
