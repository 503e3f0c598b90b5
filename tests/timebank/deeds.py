"""What people of the time bank do again and again in tests: sign in, write down a lift, say yes to it."""

from datetime import date
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from timebank import exchanges
from timebank.models import Exchange


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told_by(response) -> str:
    """Give a page with plain spaces, so that a test can look for a sentence."""
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def helped(neighbours, *, minutes: int = 45, words: str = "Lift to Rugeley", **told) -> Exchange:
    """Denise wrote down that she gave Amara a lift."""
    return exchanges.record(
        **{
            "giver": neighbours.denise,
            "receiver": neighbours.amara,
            "minutes": minutes,
            "happened_on": date(2026, 9, 12),
            "words": words,
            "side": "giver",
            "by": neighbours.denise_user,
            "at": timezone.now(),
            "client_id": uuid4(),
            **told,
        }
    )


def confirmed(neighbours, **told) -> Exchange:
    return exchanges.confirm(
        exchange=helped(neighbours, **told), by=neighbours.amara_user, at=timezone.now()
    )


def answers(neighbours, **changed) -> dict[str, str]:
    return {
        "side": "giver",
        "other": str(neighbours.denise.pk),
        "happened_on": "2026-09-14",
        "took": "1h30",
        "words": "Walk in the park",
        "client_id": str(uuid4()),
        **changed,
    }
