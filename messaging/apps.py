"""Tells Django about this app, and hangs up the sockets of whoever signs out.

The house has no model signals, and `user_logged_out` is the exception that proves why: signing out happens in the
accounts package, which we don't write, and Django's own signal is the only thing it tells us by. It is sent before
the session is gone, but a page that knocks again within that moment is still refused at its next ring.
"""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class MessagingConfig(AppConfig):
    """People talking."""

    name = "messaging"
    verbose_name = "Messaging"

    def ready(self) -> None:
        """Listen for people signing out, and for families who are handed to another coach."""
        from messaging import handing  # noqa: F401, PLC0415

        user_logged_out.connect(_hang_up, dispatch_uid="messaging.hang_up")


def _hang_up(sender: Any, user: Any, **_: Any) -> None:
    from messaging import live  # noqa: PLC0415  # apps are not loaded when this file is

    if user is not None:
        live.hang_up(user.pk)
