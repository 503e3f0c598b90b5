"""Who may use the views of people."""

from tests.boundaries.access import Answer

ANYBODY_SIGNED_IN = Answer(200, 200, 200, 200, 200)
MEMBERS = Answer(200, 200, 200, coach=403, wrong_coach=403)

ANSWERS = {
    # Members are led home; the coaches here are no members, so they are shown the doors.
    "people:join": Answer(302, 302, 302, 200, 200, signed_out=200),
    "people:question": Answer(302, 302, 302, 200, 200, make=lambda scene: {"slug": "you"}),
    "people:check": Answer(302, 302, 302, 302, 302),
    "people:stopped": ANYBODY_SIGNED_IN,
    "people:welcome": MEMBERS,
    "people:volunteer": ANYBODY_SIGNED_IN,
    "people:details": ANYBODY_SIGNED_IN,
    "people:change": Answer(
        200, 200, 200, coach=403, wrong_coach=403, make=lambda scene: {"slug": "languages"}
    ),
    "people:language": Answer(
        302, 302, 302, 302, 302, method="post", data=lambda scene: {"language": "en-gb"}
    ),
    "people:consent": Answer(
        302,
        302,
        302,
        coach=403,
        wrong_coach=403,
        method="post",
        data=lambda scene: {"purpose": "link_up", "given": "no"},
    ),
}
