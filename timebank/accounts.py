"""Accounts: opening them, finding one's own, and the people one may write hours down with.

An account is opened the first time it is asked for, because joining lives on a lower floor and knows nothing of hours.
"""

from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from messaging.models import Conversation, Participant
from people.access import roles_of
from people.models import Block, Consent, Family, Organisation, StaffRole, User, Volunteer
from timebank.limits import floor_for
from timebank.models import Account, Exchange


class NoAccount(LookupError):
    """This person has no family and is no volunteer, so there are no hours to show."""


def open_account(
    *,
    family: Family | None = None,
    volunteer: Volunteer | None = None,
    organisation: Organisation | None = None,
    at: datetime,
) -> Account:
    """Give the account of one owner, opened at `at` if there was none. Asking again gives the same one."""
    owners = {"family": family, "volunteer": volunteer, "organisation": organisation}
    named = {kind: owner for kind, owner in owners.items() if owner is not None}
    if len(named) != 1:
        raise ValueError("An account belongs to one family, one volunteer or one organisation.")
    ((kind, owner),) = named.items()
    account, _ = Account.objects.get_or_create(
        **{kind: owner},
        defaults={"kind": kind, "floor_minutes": floor_for(kind), "opened_at": at},
    )
    return account


def pot() -> Account:
    """Give the community pot, which stands in for families in a link-up."""
    return _common(Account.Kind.POT)


def mint() -> Account:
    """Give the mint: where hours come from and go back to, so that all accounts together are zero."""
    return _common(Account.Kind.MINT)


def account_of(user: User) -> Account:
    """Give the account that `user` acts for: their family's, or their own as a volunteer. Raises NoAccount.

    Somebody who is both writes down hours for the family; their own hours as a volunteer go through the broker.
    """
    guardian = getattr(user, "guardian", None)
    if guardian is not None:
        return open_account(family=guardian.family, at=timezone.now())
    volunteer = getattr(user, "volunteer", None)
    if volunteer is not None:
        return open_account(volunteer=volunteer, at=timezone.now())
    raise NoAccount(_("There is no family or volunteer behind this sign-in."))


def acts_for(user: User, account: Account) -> bool:
    """Say whether `user` is an adult of the account's family, or the volunteer whose account it is."""
    return users_of(account).filter(pk=user.pk).exists()


def is_fair_broker(user: User, *sides: Account) -> bool:
    """Say whether `user` is a broker who acts for none of these accounts, and so may decide about them."""
    return StaffRole.Role.BROKER in roles_of(user) and not any(
        acts_for(user, side) for side in sides
    )


def users_of(account: Account) -> QuerySet[User]:
    """Give the people who act for `account`; none for an organisation, the pot and the mint."""
    if account.family_id is not None:
        return User.objects.filter(guardian__family=account.family_id)
    if account.volunteer_id is not None:
        return User.objects.filter(volunteer=account.volunteer_id)
    return User.objects.none()


def acted_for_by(user: User) -> QuerySet[Account]:
    """Give the accounts that `user` acts for: the other way round of `users_of`."""
    return Account.objects.filter(Q(family__guardians__user=user) | Q(volunteer__user=user))


def met_by(account: Account) -> list[Account]:
    """Give the accounts whose people have met `account`: by an exchange, a link-up or an answered listing.

    Nobody else's name is ever offered, so a member can't leaf through the neighbours. Link-ups and listings are known
    here by the conversation they opened. Blocked people are left out, silently and both ways (trust.md SG-23).
    """
    return sorted(_met_by(account), key=lambda met: (str(met).casefold(), met.pk))


def has_met(account: Account) -> bool:
    """Say whether there is anybody to write hours down with."""
    return _met_by(account).exists()


def in_a_link_up(account: Account, other: Account) -> bool:
    """Say whether people of both talk in a link-up that is going on; its time is written down on its own page."""
    talks = Conversation.objects.filter(
        kind=Conversation.Kind.LINK_UP, closed_at=None, participants__user__in=users_of(account)
    )
    return Participant.objects.filter(conversation__in=talks, user__in=users_of(other)).exists()


def willing(*, at: datetime) -> QuerySet[Account]:
    """Give the accounts for which a broker may write: organisations, and people whose newest answer to it is yes."""
    people = _willing_people(at)
    return (
        Account.objects.with_owners()
        .filter(
            Q(kind=Account.Kind.ORGANISATION)
            | Q(pk__in=Account.objects.filter(family__guardians__user__in=people).values("pk"))
            | Q(pk__in=Account.objects.filter(volunteer__user__in=people).values("pk"))
        )
        .filter(closed_at__isnull=True)
        .order_by("family__display_name", "volunteer__name", "organisation__name", "pk")
    )


def written_for_by(broker: User, *, at: datetime) -> QuerySet[Account]:
    """Give the accounts that this broker may write for: the willing ones, without those they act for themselves."""
    return willing(at=at).exclude(pk__in=acted_for_by(broker).values("pk"))


def willing_person(account: Account, *, at: datetime) -> User | None:
    """Give somebody of `account` who said yes to a broker writing for them; None for an organisation."""
    return users_of(account).filter(pk__in=_willing_people(at)).order_by("pk").first()


def blocked_from(account: Account) -> QuerySet[Account]:
    """Give the accounts with somebody who blocked, or was blocked by, one of this account's people."""
    mine = users_of(account)
    blocks = Block.objects.filter(Q(blocker__in=mine) | Q(blocked__in=mine))
    others = User.objects.filter(
        Q(pk__in=blocks.values("blocker")) | Q(pk__in=blocks.values("blocked"))
    ).exclude(pk__in=mine)
    return Account.objects.filter(
        Q(family__guardians__user__in=others) | Q(volunteer__user__in=others)
    )


def _met_by(account: Account) -> QuerySet[Account]:
    mine = users_of(account)
    talks = Conversation.objects.filter(
        kind__in=[Conversation.Kind.LINK_UP, Conversation.Kind.LISTING],
        participants__user__in=mine,
    )
    talked = Participant.objects.filter(conversation__in=talks).values("user")
    shared = Exchange.objects.of(account).exclude(standing=Exchange.Standing.WITHDRAWN)
    return (
        Account.objects.with_owners()
        .filter(
            Q(pk__in=shared.values("giver"))
            | Q(pk__in=shared.values("receiver"))
            | Q(family__guardians__user__in=talked)
            | Q(volunteer__user__in=talked)
        )
        .exclude(pk=account.pk)
        .exclude(pk__in=blocked_from(account).values("pk"))
        .filter(closed_at__isnull=True)
        .distinct()
    )


def _willing_people(at: datetime) -> QuerySet[User]:
    answers = Consent.objects.filter(
        user=OuterRef("pk"), purpose=Consent.Purpose.RECORDED_FOR, at__lte=at
    )
    newest = answers.order_by("-at", "-id").values("given")[:1]
    return User.objects.annotate(willing=Subquery(newest)).filter(willing=True)


def _common(kind: str) -> Account:
    account, _ = Account.objects.get_or_create(
        kind=kind, defaults={"floor_minutes": floor_for(kind), "opened_at": timezone.now()}
    )
    return account
