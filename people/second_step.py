"""What people are told while they set up a second step for signing in, in our words instead of the accounts package's.

A code is typed in two places: from an email, which AccountAdapter speaks of, and from an app, which this does.
"""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import User


class SecondStepAdapter(DefaultMFAAdapter):
    """What the accounts package asks of us about apps, passkeys and spare codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "That didn’t match. Wait until your app shows new numbers, and try those."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Add a passkey or an app first."),
        "unverified_email": gettext_lazy(
            "First show us that your email address is yours: type the code that we sent there."
        ),
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """Give the name that stands in the box when somebody adds a passkey."""
        before = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": before + 1} if before else _("My passkey")
