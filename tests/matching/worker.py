"""`python -m tests.matching.worker [slow]`: the worker of a server, in the test database, until nothing waits.

A slow one stops for a minute where it pairs, so that somebody can kill it there.
"""

import os
import sys
import time

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    from config import settings_test

    settings_test.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    import django

    django.setup()
    from django.core.management import call_command

    from matching import answering

    if "slow" in sys.argv:
        as_quickly = answering.pair

        def slowly(instance: object) -> object:
            """Pair, after a minute."""
            time.sleep(60)
            return as_quickly(instance)

        answering.pair = slowly
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False)
