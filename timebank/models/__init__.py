"""One ledger, and what people do with hours. One noun a file; import them from here."""

from timebank.models.account import Account
from timebank.models.exception import FloorException
from timebank.models.exchange import Exchange
from timebank.models.listing import Listing, ListingAnswer
from timebank.models.transfer import Transfer

__all__ = ["Account", "Exchange", "FloorException", "Listing", "ListingAnswer", "Transfer"]
