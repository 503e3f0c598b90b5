"""Processes beside the tests' own: writers that go on until they are killed, in the same test database."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection

SERVED = connection.vendor == "postgresql"


def address() -> str:
    """Give the test database as a process beside this one finds it."""
    own = connection.settings_dict
    if not SERVED:
        return f"sqlite:///{own['NAME']}"
    who = f"{own['USER']}:{own['PASSWORD']}" if own["PASSWORD"] else own["USER"]
    return f"postgres://{who}@{own['HOST']}:{own['PORT'] or 5432}/{own['NAME']}"


def writer(name: str, postings: int, *how: str, at: str = "") -> subprocess.Popen[str]:
    """Start a writer in the test database, or in the one `at` that address; `how` are its options."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.timebank.writer", name, str(postings), *how],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": at or address()},
        stdout=subprocess.PIPE,
        text=True,
    )


def whole(told: str) -> list[str]:
    """Give the keys that were printed whole."""
    return told.split("\n")[:-1]
