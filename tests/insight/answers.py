"""Who may use the views of insight: managers, and nobody of this scene is one."""

from tests.boundaries.access import Answer

ANSWERS = {
    "insight:numbers": Answer(403, 403, 403, 403, 403),
}
