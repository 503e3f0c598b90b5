"""`python -m tests.timebank.writer NAME POSTINGS [--patient]`: a writer in a process of its own.

It writes into the database of DATABASE_URL, and prints each key once its transfer is acknowledged and never before, so
that whoever kills it knows what must be there. A transfer that a floor forbids is no failure; anything else ends the
process with an error. A patient one sends the same again, under the same key, until the database is back.
"""

import os
import random
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"

import django

django.setup()

from datetime import UTC, datetime  # noqa: E402

from django.db import InterfaceError, OperationalError, connection  # noqa: E402

from people.models import User  # noqa: E402
from timebank import ledger  # noqa: E402
from timebank.models import Account, Transfer  # noqa: E402

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def post(payer: int, payee: int, minutes: int, *, by: User, key: str) -> Transfer:
    """Post once."""
    return ledger.transfer(
        payer_id=payer,
        payee_id=payee,
        minutes=minutes,
        kind="exchange",
        reason="Race",
        happened_at=AT,
        by=by,
        at=AT,
        key=key,
    )


def post_patiently(*what: int, by: User, key: str) -> Transfer:
    """Post, and when the database goes away begin anew under the same key."""
    while True:
        try:
            return post(*what, by=by, key=key)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.02)


def main(name: str, postings: int, *, patient: bool) -> None:
    """Post between accounts chosen by chance, the same ones for the same name."""
    chance = random.Random(name)
    by = User.objects.get(email="bea@example.org")
    ids = list(Account.objects.values_list("pk", flat=True).order_by("pk"))
    send = post_patiently if patient else post
    for number in range(postings):
        payer, payee = chance.sample(ids, 2)
        try:
            posted = send(payer, payee, chance.randint(1, 60), by=by, key=f"{name}-{number}")
        except ledger.BelowFloor:
            continue
        sys.stdout.write(f"{posted.key}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), patient="--patient" in sys.argv)
