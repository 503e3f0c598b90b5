"""Checks: what was decided about a person, never the certificate (trust.md SG-03).

A check belongs to one adult. A sharing family is cleared only when every adult of it is.
"""

from django.conf import settings
from django.db import models

from people.models import Guardian, Volunteer
from people.models.choices import one_of


class CheckLevel(models.TextChoices):
    """The levels of the four nations' schemes that the programme uses."""

    DBS_BASIC = "dbs_basic", "Basic DBS"
    DBS_STANDARD = "dbs_standard", "Standard DBS"
    DBS_ENHANCED = "dbs_enhanced", "Enhanced DBS"
    PVG = "pvg", "PVG membership"
    ACCESS_NI = "access_ni", "AccessNI enhanced"


class CheckDecision(models.TextChoices):
    """What the decider decided."""

    CLEARED = "cleared", "Cleared"
    REFUSED = "refused", "Not cleared"


class Check(models.Model):
    """A check of one adult, as it was decided."""

    Level = CheckLevel
    Decision = CheckDecision
    guardian = models.ForeignKey(
        Guardian, on_delete=models.CASCADE, null=True, blank=True, related_name="checks"
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, null=True, blank=True, related_name="checks"
    )
    level = models.CharField(max_length=16, choices=Level)
    number_last4 = models.CharField(max_length=4)
    issued_on = models.DateField()
    valid_until_on = models.DateField()
    decision = models.CharField(max_length=8, choices=Decision)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checks_decided"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("level", CheckLevel, name="safeguarding_check_level"),
            one_of("decision", CheckDecision, name="safeguarding_check_decision"),
            models.CheckConstraint(
                condition=models.Q(guardian__isnull=False, volunteer__isnull=True)
                | models.Q(guardian__isnull=True, volunteer__isnull=False),
                name="safeguarding_check_one_person",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until_on__gte=models.F("issued_on")),
                name="safeguarding_check_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, until {self.valid_until_on}"
