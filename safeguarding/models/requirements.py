"""What is asked of a supporter before they meet a family: a policy, one row a version. No version is ever changed.

A newcomer would edit the row, and everybody approved until then would stand there unapproved, or approved for
something nobody looked at. When a version begins to count for whom is the rule of safeguarding.rules.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.choices import one_of
from people.models.place import Nation
from safeguarding.models.check import CheckActivity, CheckLevel

MOST_REFERENCES = 4
MOST_MONTHS = 120


class Role(models.TextChoices):
    """As what somebody stands beside a family."""

    SHARING = "sharing", _("An adult of a sharing family")
    VOLUNTEER = "volunteer", _("A volunteer")


class RequirementsVersion(models.Model):
    """The steps that are asked for from a day on; nobody set the first two, which came with the database.

    0 means "not asked" for references and the code, and "doesn't run out" for months.
    """

    version = models.PositiveIntegerField(unique=True)
    counts_from_on = models.DateField()
    existing_until_on = models.DateField()
    references = models.PositiveSmallIntegerField()
    interview = models.BooleanField()
    induction = models.BooleanField()
    induction_months = models.PositiveSmallIntegerField(default=0)
    code_version = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requirements_set",
    )
    set_at = models.DateTimeField()
    why = models.CharField(max_length=280)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="safeguarding_rules_say_why"),
            models.CheckConstraint(
                condition=Q(existing_until_on__gte=F("counts_from_on")),
                name="safeguarding_rules_days",
            ),
            models.CheckConstraint(
                condition=Q(references__lte=MOST_REFERENCES, induction_months__lte=MOST_MONTHS),
                name="safeguarding_rules_most",
            ),
        ]

    def __str__(self) -> str:
        return f"requirements version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version. Raises ValueError for one that is there already: make a new one."""
        if not self._state.adding:
            raise ValueError("A version of the requirements is never changed; make a new one.")
        super().save(*args, **kwargs)


class EligibleLevel(models.Model):
    """Which check a role may be asked for in a nation, and because of what it does there (trust.md SG-02)."""

    requirements = models.ForeignKey(
        RequirementsVersion, on_delete=models.PROTECT, related_name="levels"
    )
    nation = models.CharField(max_length=16, choices=Nation)
    role = models.CharField(max_length=12, choices=Role)
    level = models.CharField(max_length=16, choices=CheckLevel)
    activity = models.CharField(max_length=12, choices=CheckActivity)
    months = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["requirements", "nation", "role"]
        constraints = [
            one_of("nation", Nation, name="safeguarding_eligible_nation"),
            one_of("role", Role, name="safeguarding_eligible_role"),
            one_of("level", CheckLevel, name="safeguarding_eligible_level"),
            one_of("activity", CheckActivity, name="safeguarding_eligible_activity"),
            models.UniqueConstraint(
                fields=["requirements", "nation", "role"], name="safeguarding_eligible_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.nation}: {self.level}"
