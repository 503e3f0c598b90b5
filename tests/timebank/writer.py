"""`python -m tests.timebank.writer NAME POSTINGS`: a writer in a process of its own, in the database of DATABASE_URL.

It prints each key once its transfer is acknowledged, and never before, so that whoever kills it knows what must be
there. A transfer that a floor forbids is no failure; anything else ends the process with an error.
"""

import os
import random
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"

import django

django.setup()

from datetime import UTC, datetime  # noqa: E402

from people.models import User  # noqa: E402
from timebank import ledger  # noqa: E402
from timebank.models import Account  # noqa: E402

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def main(name: str, postings: int) -> None:
    """Post between accounts chosen by chance, the same ones for the same name."""
    chance = random.Random(name)
    by = User.objects.get(email="bea@example.org")
    ids = list(Account.objects.values_list("pk", flat=True).order_by("pk"))
    for number in range(postings):
        payer, payee = chance.sample(ids, 2)
        try:
            posted = ledger.transfer(
                payer_id=payer,
                payee_id=payee,
                minutes=chance.randint(1, 60),
                kind="exchange",
                reason="Race",
                happened_at=AT,
                by=by,
                at=AT,
                key=f"{name}-{number}",
            )
        except ledger.BelowFloor:
            continue
        sys.stdout.write(f"{posted.key}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
