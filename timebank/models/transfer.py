"""Transfers: minutes that went from one account to another. One row, so an unbalanced posting can't be written.

Writing the row is the posting: the database's own trigger asks the rules, moves both balances and fills both balances
after (migration 0007). Append-only: an update or a delete is refused, save for blanking `reason` when a person is
erased. Only timebank.ledger writes them.

What a row must be like stands in that trigger and in no CHECK beside it: PostgreSQL reads every CHECK of a table anew
for every statement, which took a quarter of the time of a posting (docs/algorithms/ledger.md).
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

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


def _of_those_with(name: str, *fields: str) -> models.Index:
    """Give an index of the rows in which the column `name` isn't empty."""
    return models.Index(
        fields=fields, condition=Q(**{f"{name}__isnull": False}), name=f"timebank_transfer_{name}"
    )


class Transfer(models.Model):
    """Whole minutes from `payer` (who received the help) to `payee` (who gave it)."""

    Kind = TransferKind
    # No index of their own: those below begin with them. No foreign key in the database: writing a row updates both
    # accounts, so they are there, and a trigger keeps whoever has paid or received (migration 0007).
    payer = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="paid",
        db_index=False,
        db_constraint=False,
    )
    payee = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="received",
        db_index=False,
        db_constraint=False,
    )
    minutes = models.IntegerField()
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
        db_index=False,
    )
    exchange = models.ForeignKey(
        Exchange,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        db_index=False,
    )
    gathering = models.ForeignKey(
        Gathering,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        db_index=False,
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
            models.Index(fields=["recorded_at", "id"]),
            # Of the few that have one, so that the others cost nothing to write.
            _of_those_with("stood_in_for", "stood_in_for", "id"),
            _of_those_with("on_behalf_of", "on_behalf_of"),
            _of_those_with("exchange", "exchange"),
            _of_those_with("gathering", "gathering"),
        ]
        # On PostgreSQL it is deferrable (migration 0007), so that ON CONFLICT can't skip a row that moved balances.
        constraints = [models.UniqueConstraint(fields=["key"], name="timebank_transfer_key")]

    def __str__(self) -> str:
        return f"transfer {self.pk}"
