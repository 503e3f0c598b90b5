"""Transfers: minutes that went from one account to another. One row, so an unbalanced posting can't be written.

Writing the row is the posting: the database's own trigger moves both balances and fills both balances after (migration
0005). Append-only: an update or a delete is refused, save for blanking `reason` when a person is erased. Only
timebank.ledger writes them.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from people.models.choices import one_of
from timebank.models.account import Account
from timebank.models.exchange import Exchange
from timebank.models.gathering import Gathering


class TransferKind(models.TextChoices):
    """What it was for."""

    LINK_UP = "link_up", "Time in a link-up"
    EXCHANGE = "exchange", "An hour between neighbours"
    GATHERING = "gathering", "Time at a gathering"
    GIFT = "gift", "A gift"
    WRITE_OFF = "write_off", "Written off"
    OPENING = "opening", "From the mint"
    REVERSAL = "reversal", "Put right"


class FilledByTheDatabase(models.BigIntegerField):
    """A whole number that a trigger writes. It may be NULL for SQLite's sake, whose triggers fill a row just after it
    is written, in the same statement; nobody ever reads it so.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "editable": False, **kwargs})


class Transfer(models.Model):
    """Whole minutes from `payer` (who received the help) to `payee` (who gave it)."""

    Kind = TransferKind
    # No index of their own: those of the statements below begin with them.
    payer = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="paid", db_index=False
    )
    payee = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="received", db_index=False
    )
    minutes = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=280)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="transfers_recorded"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers_recorded_for",
    )
    exchange = models.ForeignKey(
        Exchange, on_delete=models.PROTECT, null=True, blank=True, related_name="transfers"
    )
    gathering = models.ForeignKey(
        Gathering, on_delete=models.PROTECT, null=True, blank=True, related_name="transfers"
    )
    # The account for which the pot paid: it sees the line on its statement, its balance does not move.
    stood_in_for = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stood_in",
        db_index=False,
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    key = models.CharField("idempotency key", max_length=80)
    body_hash = models.CharField(max_length=64)
    payer_balance_after = FilledByTheDatabase()
    payee_balance_after = FilledByTheDatabase()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["payer", "id"]),
            models.Index(fields=["payee", "id"]),
            models.Index(fields=["stood_in_for", "id"]),
            models.Index(fields=["recorded_at", "id"]),
        ]
        constraints = [
            one_of("kind", TransferKind, name="timebank_transfer_kind"),
            models.UniqueConstraint(fields=["key"], name="timebank_transfer_key"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="timebank_transfer_minutes"),
            models.CheckConstraint(
                condition=~Q(payer=F("payee")), name="timebank_transfer_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(stood_in_for__isnull=True)
                | (~Q(stood_in_for=F("payer")) & ~Q(stood_in_for=F("payee"))),
                name="timebank_transfer_stood_in_apart",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="timebank_transfer_reversal",
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk}"
