"""Floor exceptions: a broker lets an account go lower than its floor, for a time or for one putting right.

It says why and stands on the account's own statement. The database asks for one before it lets a balance under its
floor.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from timebank.models.account import Account
from timebank.models.transfer import Transfer


class FloorException(models.Model):
    """Until `ends_at`, or until it is taken back, the account may go down to `floor_minutes`.

    With `reverses` it lets through the putting right of that one transfer and nothing else.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="exceptions")
    floor_minutes = models.IntegerField("the lowest it may go meanwhile")
    reason = models.CharField(max_length=280)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exceptions_granted"
    )
    granted_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reverses = models.OneToOneField(
        Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="exception"
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exceptions_revoked",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    # The account's newest line when it was taken back. A payment asked for before and decided before may carry a later
    # time than `revoked_at`, and a clock may jump; the order of the lines is the order of the decisions.
    revoked_after = models.ForeignKey(
        Transfer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )

    class Meta:
        ordering = ["-granted_at", "-id"]
        indexes = [models.Index(fields=["account", "ends_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("granted_at")), name="timebank_exception_ends"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="timebank_exception_says_why"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="timebank_exception_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"exception {self.pk} for account {self.account_id}"

    @property
    def last_day(self) -> date:
        """Give the last day on which it holds, as it was granted: it ends with that day."""
        return timezone.localdate(self.ends_at - timedelta(microseconds=1))
