"""Whom a concern is about, as far as we know. Whoever stands here never sees it, nor does their household.

Rows are only added: taking one away would open the concern to somebody who was kept from it for a reason.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models import Family, Volunteer
from safeguarding.models.concern import Concern


class ConcernAbout(models.Model):
    """One family, volunteer or person. `said_by` is the lead; nobody, where it came with the page it was raised on."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="people")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns_about",
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns_placed",
    )
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(family__isnull=False, volunteer__isnull=True, user__isnull=True)
                | Q(family__isnull=True, volunteer__isnull=False, user__isnull=True)
                | Q(family__isnull=True, volunteer__isnull=True, user__isnull=False),
                name="safeguarding_about_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=["concern", whom], name=f"safeguarding_about_{whom}_once"
                )
                for whom in ("family", "volunteer", "user")
            ),
        ]

    def __str__(self) -> str:
        return str(self.family or self.volunteer or self.user)
