"""Every family, volunteer or organisation that comes in by file has an account from its first day."""

from datetime import datetime, time

from django.utils import timezone

from people.importing.columns import Column
from people.importing.organisations import OrganisationPart
from people.importing.running import Importer
from people.importing.table import Row
from timebank.limits import floor_for
from timebank.models import Account


class AccountPart:
    """The account of the row's subject; `kind` says whose it is. It adds no column to the file."""

    columns: list[Column] = []

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def look(self, rows: list[Row], at: datetime) -> None:
        """There is nothing to compare: an account that is there stays as it is."""

    def write(self, rows: list[Row], at: datetime) -> None:
        """Open an account for everybody who is new."""
        Account.objects.bulk_create(
            Account(
                kind=self.kind,
                **{self.kind: row.subject},
                floor_minutes=floor_for(self.kind),
                opened_at=_first_day(row, at),
            )
            for row in rows
            if row.is_new
        )


def organisations() -> Importer:
    """Give the importer of organisations."""
    return Importer(
        one="organisation",
        many="organisations",
        parts=[OrganisationPart(), AccountPart(Account.Kind.ORGANISATION)],
        called=lambda row: row.values["name"],
    )


def _first_day(row: Row, at: datetime) -> datetime:
    day = row.get("applied_on")
    return timezone.make_aware(datetime.combine(day, time(0))) if day else at
