"""Opening a family's record: the row is given and the opening written down in one transaction.

A newcomer would log after the page is shown. Then a page could be read without a trace: here, no event, no data
(trust.md SG-07).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from people.access import coached_family
from people.models import Family, User
from safeguarding.models import AccessEvent


@transaction.atomic
def open_family(*, by: User, family_id: int, purpose: str, page: str, at: datetime) -> Family:
    """Give a family that `by` looks after, and write down that it was opened; 404 for anybody else's."""
    family = coached_family(by, family_id)
    note_openings(by=by, families=[family], purpose=purpose, page=page, at=at)
    return family


def note_openings(
    *, by: User, families: Iterable[Family], purpose: str, page: str, at: datetime
) -> None:
    """Write down that a page shows these families' records to `by`; call it in the transaction that reads them.

    Where reading takes seconds, which would keep others from writing, call it after that and before anything is shown.
    For pages about several families at once, such as a round. The caller's own door has decided that `by` may see
    them; this only remembers it, in one statement.
    """
    AccessEvent.objects.bulk_create(
        AccessEvent(actor=by, family=family, purpose=purpose, page=page, at=at)
        for family in families
    )
