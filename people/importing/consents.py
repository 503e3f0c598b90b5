"""A yes on paper: the day on which somebody agreed to be shown to families they might be linked with.

A file can give a yes that was never asked for here. It can't bring back one that was taken back since: people's last
word holds.
"""

from collections.abc import Callable
from datetime import datetime, time

from django.utils import timezone

from people.importing import members
from people.importing.table import Row
from people.models import Consent, User

WORDING = "on-paper-1"


class ConsentPart:
    """The yes of whoever `person` gives for a row; none without an address to sign in with."""

    columns = [members.AGREED_ON]

    def __init__(self, person: Callable[[Row], User | None]) -> None:
        self.person = person

    def look(self, rows: list[Row], at: datetime) -> None:
        """Note each yes that is not on record."""
        dated = [row for row in rows if row.get("agreed_on") and not row.refused]
        newest = self._newest([user.pk for row in dated if (user := self.person(row)) and user.pk])
        for row in dated:
            user = self.person(row)
            if user is None and row.pending.get("sign_in") != "new":
                row.refuse(
                    "agreed_on", "needs an email address on the same line: a yes is somebody's."
                )
                continue
            said = newest.get(user.pk) if user else None
            when = _moment(row)
            if said is None or (not said.given and said.at < when):
                row.note("agreed_on")
                row.pending["agreed_at"] = when

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the new yeses."""
        Consent.objects.bulk_create(
            Consent(
                user=self.person(row),
                purpose=Consent.Purpose.LINK_UP,
                wording=WORDING,
                given=True,
                at=row.pending["agreed_at"],
            )
            for row in rows
            if "agreed_at" in row.pending
        )

    def _newest(self, users: list[int]) -> dict[int, Consent]:
        found = Consent.objects.filter(user__in=users, purpose=Consent.Purpose.LINK_UP)
        return {consent.user_id: consent for consent in found.order_by("at", "id")}


def _moment(row: Row) -> datetime:
    noon = datetime.combine(row.values["agreed_on"], time(12))
    return timezone.make_aware(noon)
