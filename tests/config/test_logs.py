"""A page that is refused takes one line of the log; a mistake of our own keeps its traceback."""

import logging

import pytest

from config.logs import in_one_line


@pytest.mark.parametrize(
    ("status", "keeps"), [(403, False), (404, False), (500, True), (None, True)]
)
def test_it_keeps_the_traceback_of_our_own_mistakes_only(status, keeps) -> None:
    told = logging.LogRecord(
        "django.request", logging.WARNING, "", 1, "Forbidden", None, (ValueError, None, None)
    )
    if status:
        told.status_code = status
    assert in_one_line(told)
    assert (told.exc_info is not None) == keeps
