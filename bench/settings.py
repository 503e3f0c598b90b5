"""What a test run has, and django-hordak beside it: the peer that bench.ledger measures.

Its tables exist in a benchmark's own database only. It knows PostgreSQL and not SQLite, so there it is left out.
"""

from config.settings_test import *  # noqa: F403
from config.settings_test import DATABASES, INSTALLED_APPS

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS = [*INSTALLED_APPS, "mptt", "hordak"]
