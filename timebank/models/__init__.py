"""One ledger, and what people do with hours. One noun a file; import them from here."""

from timebank.models.account import Account
from timebank.models.exception import FloorException
from timebank.models.exchange import Exchange
from timebank.models.gathering import Gathering, GatheringPart
from timebank.models.listing import Listing, ListingAnswer
from timebank.models.seal import Seal
from timebank.models.transfer import Transfer
from timebank.models.write_off import WriteOff

__all__ = [
    "Account",
    "Exchange",
    "FloorException",
    "Gathering",
    "GatheringPart",
    "Listing",
    "ListingAnswer",
    "Seal",
    "Transfer",
    "WriteOff",
]
