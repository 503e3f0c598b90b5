"""Exchanges: somebody gave time and somebody received it; one side writes it down, the other confirms.

Who gave and who received are asked in those words. Hours move only when both sides have said so.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from people.models.choices import one_of
from timebank.models.account import Account
from timebank.models.listing import Listing


class ExchangeStanding(models.TextChoices):
    """Where it is. Every standing but the last two has a way out for somebody.

    A disputed exchange has already posted the part that both sides agree on; only the rest waits.
    """

    WAITING = "waiting", "Waiting for the other side"
    DISPUTED = "disputed", "Not agreed yet"
    CONFIRMED = "confirmed", "Confirmed"
    WITHDRAWN = "withdrawn", "Taken back"


class ExchangeSide(models.TextChoices):
    """Who wrote it down."""

    GIVER = "giver", "Who gave"
    RECEIVER = "receiver", "Who received"


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Questions asked about exchanges."""

    def of(self, account: Account) -> "ExchangeQuerySet":
        """Give the exchanges in which `account` gave or received."""
        return self.filter(Q(giver=account) | Q(receiver=account))

    def waiting_for(self, account: Account) -> "ExchangeQuerySet":
        """Give the exchanges that the other side wrote down and `account` has not answered yet."""
        return self.filter(
            Q(giver=account, recorded_side=ExchangeSide.RECEIVER)
            | Q(receiver=account, recorded_side=ExchangeSide.GIVER),
            standing=ExchangeStanding.WAITING,
        )

    def unsettled(self) -> "ExchangeQuerySet":
        """Give the exchanges that still wait for somebody."""
        return self.filter(standing__in=[ExchangeStanding.WAITING, ExchangeStanding.DISPUTED])

    def with_owners(self) -> "ExchangeQuerySet":
        """Give the exchanges with what the names of both sides are made of, in one query."""
        return self.select_related(
            *(
                f"{side}__{owner}"
                for side in ("giver", "receiver")
                for owner in ("family", "volunteer", "organisation")
            ),
            "listing",
        )


class Exchange(models.Model):
    """Time given by one account to another, as one side tells it."""

    Standing = ExchangeStanding
    Side = ExchangeSide
    giver = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="given")
    receiver = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="taken")
    # In a link-up the community pot stands in for the family, so that nobody starts in debt for being helped.
    pot_pays = models.BooleanField(default=False)
    listing = models.ForeignKey(
        Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="exchanges"
    )
    claimed_minutes = models.PositiveIntegerField()
    confirmed_minutes = models.PositiveIntegerField(null=True, blank=True)
    happened_on = models.DateField()
    words = models.CharField("what you did", max_length=280)
    recorded_side = models.CharField(max_length=8, choices=Side)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exchanges_recorded"
    )
    recorded_at = models.DateTimeField()
    # Set when a broker wrote it down for somebody who had said yes to that.
    recorded_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exchanges_recorded_for",
    )
    # What the other side says it was, when that is something else; none at all is 0.
    said_minutes = models.PositiveIntegerField(null=True, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exchanges_disputed",
    )
    # Made by the form or the phone, so that sending twice records once.
    client_id = models.UUIDField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.WAITING)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exchanges_settled",
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["standing", "id"])]
        constraints = [
            one_of("standing", ExchangeStanding, name="timebank_exchange_standing"),
            one_of("recorded_side", ExchangeSide, name="timebank_exchange_side"),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="timebank_exchange_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(claimed_minutes__gt=0, claimed_minutes__lte=24 * 60),
                name="timebank_exchange_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(standing="confirmed") | Q(confirmed_minutes__gt=0),
                name="timebank_exchange_confirmed_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(standing="disputed") | Q(said_minutes__isnull=False),
                name="timebank_exchange_disputed_said",
            ),
            models.UniqueConstraint(
                fields=["recorded_by", "client_id"], name="timebank_exchange_once"
            ),
        ]

    def __str__(self) -> str:
        return f"exchange {self.pk}"

    @property
    def answering_side(self) -> str:
        """Give the side that has to answer: the one that did not write it down."""
        return (
            ExchangeSide.RECEIVER
            if self.recorded_side == ExchangeSide.GIVER
            else ExchangeSide.GIVER
        )

    @property
    def recording_account(self) -> Account:
        """Give the account whose side wrote it down."""
        return self.giver if self.recorded_side == ExchangeSide.GIVER else self.receiver

    @property
    def answering_account(self) -> Account:
        """Give the account whose side has to answer."""
        return self.receiver if self.recorded_side == ExchangeSide.GIVER else self.giver

    @property
    def open_minutes(self) -> int:
        """Give how many minutes the two sides differ by, while they differ."""
        if self.said_minutes is None:
            return 0
        return abs(self.claimed_minutes - self.said_minutes)
