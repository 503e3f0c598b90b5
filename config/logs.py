"""Where our logs go, and what they leave out."""

import logging
from typing import Any

OUR_MISTAKE = 500


def in_one_line(record: logging.LogRecord) -> bool:
    """Leave the traceback out where a page was only refused or not there: that is no mistake of ours."""
    if getattr(record, "status_code", OUR_MISTAKE) < OUR_MISTAKE:
        record.exc_info = record.exc_text = None
    return True


def to_console(level: str) -> dict[str, Any]:
    """Give Django's LOGGING: everything from `level` up, a line each, where the server was started."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
        },
        "filters": {
            "in_one_line": {"()": "django.utils.log.CallbackFilter", "callback": in_one_line}
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "plain",
                "filters": ["in_one_line"],
            }
        },
        # Django's own would say everything a second time, and mail whole requests to admins.
        "loggers": {"django": {"handlers": [], "level": level}},
        "root": {"handlers": ["console"], "level": level},
    }
