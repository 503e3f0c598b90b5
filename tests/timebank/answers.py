"""Who may use the views of timebank. In the scene Denise's family gave Amara's an hour, which waits for Amara's yes."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from tests.boundaries.access import Answer, Scene
from timebank import accounts, exchanges, listings

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def an_exchange(scene: Scene) -> dict[str, Any]:
    """Denise wrote down that she helped Amara."""
    exchange = exchanges.record(
        giver=accounts.open_account(family=scene.supporter.family, at=AT),
        receiver=accounts.open_account(family=scene.family, at=AT),
        minutes=60,
        happened_on=date(2026, 11, 14),
        words="Park",
        side="giver",
        by=scene.users["partner"],
        at=AT,
        client_id=uuid4(),
    )
    return {"exchange_id": exchange.pk}


def a_listing(scene: Scene) -> dict[str, Any]:
    """Amara's family asks for something."""
    owner = accounts.open_account(family=scene.family, at=AT)
    listing = listings.post_listing(
        owner=owner, kind="request", title="A lift", words="", minutes=None, at=AT
    )
    return {"listing_id": listing.pk}


def an_account(scene: Scene) -> dict[str, Any]:
    """Amara's account, for which nobody but a broker may write."""
    return {"account_id": accounts.open_account(family=scene.family, at=AT).pk}


def a_thing_of_an_account(name: str) -> Callable[[Scene], dict[str, Any]]:
    """An exception or a write-off of Amara's account; who isn't a broker never gets as far as to look for it."""
    return lambda scene: {**an_account(scene), name: 1}


MEMBER = Answer(200, 200, 200, 403, 403)
BROKER = Answer(403, 403, 403, 403, 403)
TWO_SIDES = Answer(200, 200, 404, 403, 403, make=an_exchange)
# A refusal is told on the page one comes back to, so both sides are led back; only a stranger finds nothing.
LED_BACK = Answer(302, 302, 404, 403, 403, make=an_exchange, method="post")

ANSWERS = {
    "timebank:statement": MEMBER,
    "timebank:download": MEMBER,
    "timebank:give": MEMBER,
    "timebank:close_own": MEMBER,
    "timebank:record": MEMBER,
    "timebank:record_for": Answer(403, 403, 403, 403, 403, make=an_account),
    "timebank:exchange": TWO_SIDES,
    "timebank:confirm": LED_BACK,
    "timebank:different": TWO_SIDES,
    "timebank:take_back": TWO_SIDES,
    "timebank:settle": Answer(403, 403, 403, 403, 403, make=an_exchange),
    "timebank:leave": Answer(403, 403, 403, 403, 403, make=an_exchange, method="post"),
    "timebank:put_right": Answer(403, 403, 403, 403, 403, make=an_exchange),
    "timebank:listings": MEMBER,
    "timebank:ask": MEMBER,
    "timebank:answer": Answer(302, 302, 302, 403, 403, make=a_listing, method="post"),
    "timebank:close_listing": Answer(302, 302, 302, 403, 403, make=a_listing, method="post"),
    "timebank:account": Answer(403, 403, 403, 403, 403, make=an_account),
    "timebank:lower": Answer(403, 403, 403, 403, 403, make=an_account),
    "timebank:end_lower": Answer(
        403, 403, 403, 403, 403, make=a_thing_of_an_account("exception_id")
    ),
    "timebank:write_off": Answer(403, 403, 403, 403, 403, make=an_account),
    "timebank:agree_write_off": Answer(
        403, 403, 403, 403, 403, make=a_thing_of_an_account("write_off_id")
    ),
    "timebank:take_back_write_off": Answer(
        403, 403, 403, 403, 403, make=a_thing_of_an_account("write_off_id")
    ),
    "timebank:put_line_right": Answer(
        403, 403, 403, 403, 403, make=a_thing_of_an_account("line_id")
    ),
    "timebank:close_account": Answer(403, 403, 403, 403, 403, make=an_account),
    "timebank:gathering": BROKER,
    "timebank:desk": BROKER,
    "timebank:books": Answer(200, 200, 200, 200, 200, signed_out=200),
}
