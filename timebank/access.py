"""The doors: every account, exchange and listing a view shows is loaded here. 404 for anybody not entitled."""

from datetime import datetime

from django.http import Http404

from people.access import roles_of
from people.models import StaffRole, User
from timebank import accounts, listings
from timebank.models import Account, Exchange, Listing


def own_account(user: User) -> Account:
    """Give the account that `user` acts for; 404 when there is none."""
    try:
        return accounts.account_of(user)
    except accounts.NoAccount:
        raise Http404 from None


def own_account_if_any(user: User) -> Account | None:
    """Give the account that `user` acts for; None for a broker who is no member."""
    try:
        return accounts.account_of(user)
    except accounts.NoAccount:
        return None


def exchange_for(user: User, exchange_id: int) -> Exchange:
    """Give an exchange to the people of its two sides and to brokers; 404 for anybody else."""
    found = Exchange.objects.with_owners().select_related("recorded_by", "recorded_for", "said_by")
    exchange = found.filter(pk=exchange_id).first()
    if exchange is None:
        raise Http404
    on_a_side = any(accounts.acts_for(user, side) for side in (exchange.giver, exchange.receiver))
    if not on_a_side and not is_broker(user):
        raise Http404
    return exchange


def listing_for(user: User, listing_id: int) -> Listing:
    """Give an open listing that `user` may see; 404 for one that is closed, of somebody away, or blocked."""
    listing = listings.visible_to(own_account_if_any(user), listing_id)
    if listing is None:
        raise Http404
    return listing


def account_written_for(broker: User, account_id: int, *, at: datetime) -> Account:
    """Give an account whose people said yes to a broker writing for them; 404 for a broker's own family."""
    account = accounts.written_for_by(broker, at=at).filter(pk=account_id).first()
    if account is None:
        raise Http404
    return account


def account_kept_by(broker: User, account_id: int) -> Account:
    """Give an account that a broker may decide about; 404 for their own family's, the pot and the mint."""
    common = [Account.Kind.POT, Account.Kind.MINT]
    account = Account.objects.with_owners().exclude(kind__in=common).filter(pk=account_id).first()
    if account is None or not accounts.is_fair_broker(broker, account):
        raise Http404
    return account


def is_broker(user: User) -> bool:
    """Say whether `user` keeps the time bank running."""
    return StaffRole.Role.BROKER in roles_of(user)
