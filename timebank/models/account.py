"""Accounts: a family's, a volunteer's, an organisation's, the community pot and the mint.

`balance_minutes` is kept beside the transfers for speed. Only the trigger that posts a transfer changes it (migration
0007), and timebank.reconcile recomputes it another way. That an account is one family's, volunteer's or
organisation's, as its kind says, or nobody's, and that it closes at nothing, is asked by triggers too, when that
changes: a CHECK would be asked twice a posting. How low it may go is `floor_minutes`, fixed when the account is
opened; a broker may let somebody go lower for a time (timebank.models.FloorException).
"""

from django.db import models
from django.db.models import Q

from people.models import Family, Organisation, Place, Volunteer


class AccountQuerySet(models.QuerySet["Account"]):
    """Questions asked about accounts."""

    def with_owners(self) -> "AccountQuerySet":
        """Give the accounts with what their names and places are made of, in one query."""
        return self.select_related("family__place", "volunteer__place", "organisation__place")


class AccountKind(models.TextChoices):
    """Whose it is. The mint has no floor: it is where hours come from, so that the sum of all is zero."""

    FAMILY = "family", "Family"
    VOLUNTEER = "volunteer", "Volunteer"
    ORGANISATION = "organisation", "Organisation"
    POT = "pot", "Community pot"
    MINT = "mint", "Mint"


class Account(models.Model):
    """Where somebody's minutes stand."""

    Kind = AccountKind
    kind = models.CharField(max_length=12, choices=Kind)
    family = models.OneToOneField(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    floor_minutes = models.IntegerField("the lowest it may go", null=True, blank=True)
    balance_minutes = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=["pot", "mint"]),
                name="timebank_account_one_pot_one_mint",
            ),
        ]

    def __str__(self) -> str:
        owner = self.family or self.volunteer or self.organisation
        return str(owner) if owner else self.get_kind_display()

    @property
    def place(self) -> Place | None:
        """Give where its owner lives or meets; nowhere for the pot and the mint."""
        owner = self.family or self.volunteer or self.organisation
        return owner.place if owner else None
