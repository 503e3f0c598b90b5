"""Who somebody is, looked up once a request: the user with the adult of a family or the volunteer they are.

A newcomer would leave it to the two properties. Every page asks both, and each would be a question of its own.
"""

from allauth.account.auth_backends import AuthenticationBackend

from people.models import User


class Backend(AuthenticationBackend):
    """Signs people in as allauth does; gives a signed-in user with guardian, family, place and volunteer at hand."""

    def get_user(self, user_id: int) -> User | None:
        """Give the user of a session in one question; None for one who is gone or may not sign in."""
        people = User.objects.select_related(
            "guardian__family__place", "guardian__family__coach", "volunteer__place"
        )
        found = people.filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
