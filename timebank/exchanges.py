"""Exchanges: one side writes down what happened, the other answers, and hours move when both have said so.

Every standing that isn't final has a way out for each side and for a broker. What a newcomer would get wrong: when the
two sides differ, the part they agree on is posted at once and only the rest waits.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Consent, User
from timebank import accounts, ledger
from timebank.days import noon_of
from timebank.durations import LONGEST_MINUTES
from timebank.models import Account, Exchange, Listing, Transfer

Standing = Exchange.Standing
# In which standing each deed can be done; the pages that ask first look here too.
CAN_DISPUTE = (Standing.WAITING,)
CAN_SETTLE = (Standing.WAITING, Standing.DISPUTED)
CAN_PUT_RIGHT = (Standing.CONFIRMED,)


class NotYours(ledger.Refused):
    """The person is on the wrong side of the exchange for what they ask, or on both."""


class NotWaiting(ledger.Refused):
    """The exchange was answered already."""


class NotAsItWas(ledger.Refused):
    """What was written down can't be: no time at all, more than a day, a day still to come, one account twice."""


def record(
    *,
    giver: Account,
    receiver: Account,
    minutes: int,
    happened_on: date,
    words: str,
    side: str,
    by: User,
    at: datetime,
    client_id: UUID,
    listing: Listing | None = None,
    pot_pays: bool = False,
    recorded_for: User | None = None,
) -> Exchange:
    """Write down that `giver` gave `receiver` some time, as `side` ("giver" or "receiver") tells it.

    `by` acts for that side, or is a broker writing for `recorded_for`, who does and who said yes to it. Sending the
    same again under the same `client_id` gives the first one; something else under it raises KeyReused.
    """
    told = {
        "giver": giver,
        "receiver": receiver,
        "claimed_minutes": minutes,
        "happened_on": happened_on,
        "words": words,
        "recorded_side": str(side),
        "listing": listing,
        "pot_pays": pot_pays,
        "recorded_for": recorded_for,
    }
    if first := sent_before(by=by, client_id=client_id):
        return _the_same(first, told)  # whatever changed since, it was written down
    _refuse_nonsense(giver, receiver, minutes=minutes, happened_on=happened_on, at=at)
    own = giver if side == Exchange.Side.GIVER else receiver
    _may_write_for(own, by=by, at=at, recorded_for=recorded_for, other=_other(own, giver, receiver))
    try:
        with transaction.atomic():
            return Exchange.objects.create(
                **told, recorded_by=by, recorded_at=at, client_id=client_id
            )
    except IntegrityError:
        first = sent_before(by=by, client_id=client_id)
        if first is None:
            raise
        return _the_same(first, told)


def sent_before(*, by: User, client_id: UUID) -> Exchange | None:
    """Give what `by` wrote down under this id before, so that a second sending can be told from a first."""
    return Exchange.objects.filter(recorded_by=by, client_id=client_id).first()


def confirm(*, exchange: Exchange, by: User, at: datetime) -> Exchange:
    """Say that it was as the other side wrote it; posts what is not posted yet. Saying so twice changes nothing."""
    with transaction.atomic():
        locked = _locked(exchange)
        _must_answer_for(locked, by=by, at=at)
        if (
            locked.standing == Standing.CONFIRMED
            and locked.confirmed_minutes == locked.claimed_minutes
        ):
            return locked
        must_be(locked, CAN_SETTLE)
        return _settle(locked, minutes=locked.claimed_minutes, by=by, at=at)


def dispute(*, exchange: Exchange, minutes: int, by: User, at: datetime) -> Exchange:
    """Say that it was `minutes` instead (0 for not at all). The smaller of the two posts, the rest waits."""
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise NotAsItWas(_("That’s more than a day. Write each day down by itself."))
    with transaction.atomic():
        locked = _locked(exchange)
        _must_answer_for(locked, by=by, at=at)
        if locked.standing == Standing.DISPUTED and locked.said_minutes == minutes:
            return locked
        must_be(locked, CAN_DISPUTE)
        if minutes == locked.claimed_minutes:
            return _settle(locked, minutes=minutes, by=by, at=at)
        agreed = min(minutes, locked.claimed_minutes)
        if agreed:
            _post(locked, minutes=agreed, by=by, at=at, part="agreed")
            locked.confirmed_minutes = agreed
        locked.said_minutes = minutes
        locked.said_by = by
        locked.standing = Standing.DISPUTED
        locked.save()
        return locked


def withdraw(*, exchange: Exchange, by: User, at: datetime) -> Exchange:
    """Take back what one's own side wrote down; of a disputed one, leave it at the part that is agreed."""
    with transaction.atomic():
        locked = _locked(exchange)
        if not (by.pk == locked.recorded_by_id or accounts.acts_for(by, locked.recording_account)):
            raise NotYours(_("Only the side that wrote this down can take it back."))
        if locked.standing == Standing.WITHDRAWN:
            return locked
        must_be(locked, CAN_SETTLE)
        return _settle(locked, minutes=locked.confirmed_minutes or 0, by=by, at=at)


def settle(*, exchange: Exchange, minutes: int, by: User, at: datetime) -> Exchange:
    """Let a broker who is on neither side decide what waits: `minutes` in all, what is posted already included."""
    with transaction.atomic():
        locked = _locked(exchange)
        _must_be_fair_broker(locked, by=by)
        must_be(locked, CAN_SETTLE)
        posted = locked.confirmed_minutes or 0
        most = max(locked.claimed_minutes, locked.said_minutes or 0)
        if not posted <= minutes <= most:
            raise NotAsItWas(_("Choose between what the two sides say."))
        return _settle(locked, minutes=minutes, by=by, at=at)


def put_right(*, exchange: Exchange, reason: str, by: User, at: datetime) -> Exchange:
    """Let a broker who is on neither side undo a confirmed exchange: each of its lines is sent back, both stay."""
    with transaction.atomic():
        locked = _locked(exchange)
        _must_be_fair_broker(locked, by=by)
        if locked.standing == Standing.WITHDRAWN:
            return locked
        must_be(locked, CAN_PUT_RIGHT)
        for line in locked.transfers.exclude(kind=Transfer.Kind.REVERSAL).order_by("id"):
            ledger.reverse(transfer=line, reason=reason, by=by, at=at, key=f"reversal:{line.pk}")
        locked.standing = Standing.WITHDRAWN
        locked.settled_by, locked.settled_at = by, at
        locked.save()
        return locked


def may_settle(exchange: Exchange, *, by: User) -> bool:
    """Say whether `by` is a broker on neither side who did not write it down."""
    return by.pk != exchange.recorded_by_id and accounts.is_fair_broker(
        by, exchange.giver, exchange.receiver
    )


def must_be(exchange: Exchange, standings: tuple[str, ...]) -> None:
    """Raise NotWaiting unless the exchange stands as one of these; the deeds ask again with its lock held."""
    if exchange.standing not in standings:
        raise NotWaiting(_("This was answered already. Nothing has changed."))


def _the_same(first: Exchange, told: dict[str, Any]) -> Exchange:
    if any(getattr(first, name) != value for name, value in told.items()):
        raise ledger.KeyReused(
            _("This was already sent with something else in it. Look at your hours first.")
        ) from None
    return first


def _settle(locked: Exchange, *, minutes: int, by: User, at: datetime) -> Exchange:
    """Post what `minutes` in all still lacks and close the exchange; the caller holds its lock."""
    rest = minutes - (locked.confirmed_minutes or 0)
    if rest:
        part = "rest" if locked.confirmed_minutes else "agreed"
        _post(locked, minutes=rest, by=by, at=at, part=part)
    if minutes:
        locked.confirmed_minutes = minutes
    locked.standing = Standing.CONFIRMED if minutes else Standing.WITHDRAWN
    locked.settled_by, locked.settled_at = by, at
    locked.save()
    return locked


def _post(locked: Exchange, *, minutes: int, by: User, at: datetime, part: str) -> Transfer:
    stands_in = locked.pot_pays
    return ledger.transfer(
        payer_id=accounts.pot().pk if stands_in else locked.receiver_id,
        payee_id=locked.giver_id,
        minutes=minutes,
        kind=Transfer.Kind.LINK_UP if stands_in else Transfer.Kind.EXCHANGE,
        reason=locked.words,
        happened_at=noon_of(locked.happened_on),
        by=by,
        at=at,
        key=f"exchange:{locked.pk}:{part}",
        occasion=locked,
        stood_in_for_id=locked.receiver_id if stands_in else None,
        on_behalf_of=locked.recorded_for,
    )


def _locked(exchange: Exchange) -> Exchange:
    # The exchange first, then (in the ledger) the accounts in id order: the same order for everybody.
    return (
        Exchange.objects.select_for_update(of=("self",), no_key=True)
        .select_related("giver", "receiver")
        .get(pk=exchange.pk)
    )


def _other(own: Account, giver: Account, receiver: Account) -> Account:
    return receiver if own == giver else giver


def _refuse_nonsense(
    giver: Account, receiver: Account, *, minutes: int, happened_on: date, at: datetime
) -> None:
    if giver.pk == receiver.pk:
        raise NotAsItWas(_("Choose somebody else: hours go from one family to another."))
    if not 0 < minutes <= LONGEST_MINUTES:
        raise NotAsItWas(_("Write how long it took, between one minute and a day."))
    if happened_on > timezone.localdate(at):
        raise NotAsItWas(_("That day is still to come. Write it down when it has happened."))
    if giver.closed_at or receiver.closed_at:
        raise ledger.AccountClosed(_("One of these accounts is closed."))


def _may_write_for(
    own: Account, *, by: User, at: datetime, recorded_for: User | None, other: Account
) -> None:
    if recorded_for is None:
        if own.organisation_id is not None and accounts.is_fair_broker(by, own, other):
            return  # an organisation has nobody who signs in; the broker writes for it
        if not accounts.acts_for(by, own):
            raise NotYours(_("You can write down your own hours, not somebody else’s."))
        return
    if not accounts.is_fair_broker(by, own, other):
        raise NotYours(_("A broker can’t write down hours for their own family."))
    if not accounts.acts_for(recorded_for, own):
        raise NotYours(_("That person isn’t on the side you are writing for."))
    if not Consent.objects.holds(user=recorded_for, purpose=Consent.Purpose.RECORDED_FOR, at=at):
        raise NotYours(
            _("They haven’t said yes to a broker writing down their hours. Ask them first.")
        )


def _must_answer_for(locked: Exchange, *, by: User, at: datetime) -> None:
    """Let in who acts for the other side only. One person never speaks for both."""
    if by.pk == locked.recorded_by_id or accounts.acts_for(by, locked.recording_account):
        raise NotYours(_("The other side has to say whether this is right."))
    if accounts.acts_for(by, locked.answering_account):
        return
    if not accounts.is_fair_broker(by, locked.giver, locked.receiver):
        raise NotYours(_("This isn’t yours to answer."))
    if locked.answering_account.organisation_id is not None:
        return
    if accounts.willing_person(locked.answering_account, at=at) is None:
        raise NotYours(_("They haven’t said yes to a broker answering for them. Ask them first."))


def _must_be_fair_broker(locked: Exchange, *, by: User) -> None:
    if by.pk == locked.recorded_by_id:
        raise NotYours(_("You wrote this down, so another broker has to settle it."))
    if not accounts.is_fair_broker(by, locked.giver, locked.receiver):
        raise NotYours(_("Only a broker who is on neither side can settle this."))
