"""How far somebody may go below nothing, and how we tell them: a kind word first, then the broker, then a no.

The numbers are the programme's policy. The hard floor stands on the account's row, where the database holds it, so
changing the default here changes new accounts only.
"""

from dataclasses import dataclass
from enum import Enum

from timebank.models import Account

# Ten hours: about a term of weekly help from a neighbour. Deep enough that nobody has to earn help before they get it,
# shallow enough that a broker notices somebody who is stuck long before the hours look like a debt.
DEFAULT_FLOOR_MINUTES = -600
# Half way there the broker has a word: perhaps there is something this family would like to be asked for.
BROKER_MINUTES = -300
# At nothing left we show three things near by that they could do.
KIND_WORD_MINUTES = 0


class Footing(Enum):
    """How an account stands towards its floor."""

    STEADY = "steady"
    KIND_WORD = "kind_word"
    BROKER = "broker"
    AT_FLOOR = "at_floor"


@dataclass(frozen=True)
class Room:
    """How an account stands, and how many more minutes it could receive; None when it has no floor."""

    footing: Footing
    minutes: int | None


def floor_for(kind: str) -> int | None:
    """Give the floor in minutes of a new account of this kind; None when it has none.

    The mint is where hours come from. The pot has no floor either: a family's time with its supporter is never
    refused because the programme is late in filling the pot. Both stand on the public books.
    """
    return None if kind in {Account.Kind.POT, Account.Kind.MINT} else DEFAULT_FLOOR_MINUTES


def room(account: Account, *, lowest: int | None) -> Room:
    """Give how `account` stands towards the lowest it may go, which timebank.floors knows; None is no floor."""
    if lowest is None:
        return Room(Footing.STEADY, None)
    left = account.balance_minutes - lowest
    if left <= 0:
        return Room(Footing.AT_FLOOR, 0)
    if account.balance_minutes <= BROKER_MINUTES:
        return Room(Footing.BROKER, left)
    if account.balance_minutes <= KIND_WORD_MINUTES:
        return Room(Footing.KIND_WORD, left)
    return Room(Footing.STEADY, left)
