"""Gatherings: a broker writes down who lent a hand, and all of them are credited at once, out of the community pot.

All or nothing, and without a deadlock: the accounts are held, lowest id first, before the first line is written.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from timebank import accounts, ledger
from timebank.days import noon_of
from timebank.durations import LONGEST_MINUTES
from timebank.models import Account, Gathering, GatheringPart, Transfer


class NotAGathering(ledger.Refused):
    """What was written down can't be: nobody there, somebody twice, no time, or a day still to come."""


def record(
    *,
    words: str,
    held_on: date,
    minutes: dict[Account, int],
    by: User,
    at: datetime,
    client_id: UUID,
) -> Gathering:
    """Credit each account with its whole `minutes`; the same `client_id` again gives the first gathering.

    `by` is a broker of none of the accounts' own people. Raises NotAGathering, or KeyReused for something else under
    the same `client_id`; then nothing was written.
    """
    _refuse_nonsense(words, held_on, minutes, by=by, at=at)
    try:
        with transaction.atomic():
            made = Gathering.objects.create(
                words=words, held_on=held_on, recorded_by=by, recorded_at=at, client_id=client_id
            )
            _post(made, minutes, by=by, at=at)
            return made
    except IntegrityError:
        first = Gathering.objects.filter(recorded_by=by, client_id=client_id).first()
        if first is None:
            raise
        there = dict(first.parts.values_list("account", "minutes"))
        told = {account.pk: long for account, long in minutes.items()}
        if (first.words, first.held_on, there) != (words, held_on, told):
            raise ledger.KeyReused(
                _("This was already sent with something else in it. Look at your hours first.")
            ) from None
        return first


def _post(made: Gathering, minutes: dict[Account, int], *, by: User, at: datetime) -> None:
    parts = GatheringPart.objects.bulk_create(
        GatheringPart(gathering=made, account=account, minutes=long)
        for account, long in minutes.items()
    )
    pot = accounts.pot()
    ledger.lock([pot.pk, *(part.account_id for part in parts)])
    for part in parts:
        ledger.transfer(
            payer_id=pot.pk,
            payee_id=part.account_id,
            minutes=part.minutes,
            kind=Transfer.Kind.GATHERING,
            reason=made.words,
            happened_at=noon_of(made.held_on),
            by=by,
            at=at,
            key=f"gathering:{made.pk}:{part.account_id}",
            occasion=made,
        )


def _refuse_nonsense(
    words: str, held_on: date, minutes: dict[Account, int], *, by: User, at: datetime
) -> None:
    if not accounts.is_fair_broker(by, *minutes):
        raise NotAGathering(
            _("A broker can’t write down hours for their own family. Ask another broker to.")
        )
    if not words.strip():
        raise NotAGathering(_("Write a few words about what you did."))
    if not minutes:
        raise NotAGathering(_("Choose who was there."))
    if not all(0 < long <= LONGEST_MINUTES for long in minutes.values()):
        raise NotAGathering(_("Write how long it took, between one minute and a day."))
    if held_on > timezone.localdate(at):
        raise NotAGathering(_("That day is still to come. Write it down when it has happened."))
