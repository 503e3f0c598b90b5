"""Writing off: what a leaver has or owes goes to or comes out of the community pot, when two people say so."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from timebank.models.account import Account


class WriteOff(models.Model):
    """One broker asks, with a reason; another agrees, and then it is posted. Nobody of the account's own is either."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="write_offs")
    minutes = models.BigIntegerField("the balance that is written off")
    reason = models.CharField(max_length=280)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="write_offs_asked"
    )
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="write_offs_agreed",
    )
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(minutes=0), name="timebank_write_off_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="timebank_write_off_says_why"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | (
                    Q(agreed_by__isnull=False, agreed_at__isnull=False)
                    & ~Q(agreed_by=F("asked_by"))
                ),
                name="timebank_write_off_by_two",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(agreed_at__isnull=True),
                name="timebank_write_off_one_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"write-off {self.pk} of account {self.account_id}"
