"""What people are asked about hours, and how we say that something isn't right yet. Import the forms from here."""

from timebank.forms.account import LowerForm, WriteOffForm
from timebank.forms.exchange import DifferentForm, ReasonForm, RecordForm, SettleForm
from timebank.forms.fields import day_field, duration_field
from timebank.forms.gathering import GatheringForm
from timebank.forms.gift import GiftForm
from timebank.forms.listing import ListingForm
from timebank.forms.statement import DaysForm

__all__ = [
    "DaysForm",
    "DifferentForm",
    "GatheringForm",
    "GiftForm",
    "ListingForm",
    "LowerForm",
    "ReasonForm",
    "RecordForm",
    "SettleForm",
    "WriteOffForm",
    "day_field",
    "duration_field",
]
