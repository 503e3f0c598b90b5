"""A database of the benchmark's own: made beside the one that DATABASE_URL names, and dropped afterwards.

The developer's own data are never opened. Import this module before any model: it chooses the settings and
loads the apps, unless a test run that borrows from a benchmark has done so.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps

if not apps.ready:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()

from django.core.cache import cache
from django.db import connection


@contextmanager
def temporary_database() -> Iterator[str]:
    """Give an empty, migrated database for as long as the block lasts; yields "sqlite" or "postgresql".

    The name carries the process id, so that a test run at the same time has another.
    """
    with tempfile.TemporaryDirectory() as folder:
        name = f"kith_bench_{os.getpid()}"
        if connection.vendor == "sqlite":
            name = str(Path(folder) / f"{name}.sqlite3")
        own = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = name
        cache.clear()  # what the last database taught it
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield connection.vendor
        finally:
            connection.creation.destroy_test_db(own, verbosity=0)
