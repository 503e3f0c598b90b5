"""Mail that follows something already stored: when the mail server is away, the work stands and the log says so.

Nobody's address goes into the log, so neither does the mail server's own answer, which may repeat it.
"""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage, get_connection

log = logging.getLogger(__name__)


def send(letters: Sequence[EmailMessage], *, what: str) -> bool:
    """Send `letters` and say whether the mail server took them; `what` names them in the log."""
    try:
        get_connection().send_messages(letters)
    except OSError as away:  # SMTPException is one too
        log.error("%s could not be sent: %s", what, type(away).__name__)
        return False
    return True
