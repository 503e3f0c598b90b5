"""What each asker hears from the views of messaging; see tests/boundaries/access.py."""

from datetime import UTC, datetime
from uuid import uuid4

from messaging.models import Message
from messaging.posting import post
from messaging.reporting import report
from tests.boundaries.access import Answer, Scene

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def the_talk(scene: Scene) -> dict[str, int]:
    """The conversation of the link-up between owner and partner."""
    return {"conversation_id": scene.link_up.conversation_id}


def what_the_stranger_cannot_see(scene: Scene) -> dict[str, int]:
    """A message that the owner wrote there."""
    return {**the_talk(scene), "message_id": _said(scene).pk}


def a_worrying_talk(scene: Scene) -> dict[str, int]:
    """The same conversation after the partner reported what the owner wrote."""
    report(message=_said(scene), by=scene.users["partner"], why="", at=AT)
    return the_talk(scene)


def _said(scene: Scene) -> Message:
    return post(
        conversation=scene.link_up.conversation,
        author=scene.users["owner"],
        words="Hello",
        client_id=uuid4(),
        at=AT,
    )


ANSWERS = {
    "messaging:my_coach": Answer(302, 302, 302, 403, 403, method="post"),
    "messaging:conversations": Answer(
        owner=200, partner=200, stranger=200, coach=200, wrong_coach=200
    ),
    "messaging:conversation": Answer(
        owner=200, partner=200, stranger=404, coach=404, wrong_coach=404, make=the_talk
    ),
    # Without `after` it is told off, which shows that the door was passed.
    "messaging:since": Answer(
        owner=400, partner=400, stranger=404, coach=404, wrong_coach=404, make=the_talk
    ),
    "messaging:report": Answer(
        owner=404,  # nobody reports what they wrote themselves
        partner=200,
        stranger=404,
        coach=404,
        wrong_coach=404,
        make=what_the_stranger_cannot_see,
    ),
    "messaging:look_in": Answer(
        owner=403, partner=403, stranger=403, coach=200, wrong_coach=404, make=a_worrying_talk
    ),
}
