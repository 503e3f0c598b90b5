"""Checks: what was decided about a person, never the certificate (trust.md SG-03).

A check belongs to one adult. A sharing family is cleared only when every adult of it is.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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


class CheckActivity(models.TextChoices):
    """What somebody does beside a family, which says what they may be asked for (trust.md SG-02)."""

    REGULATED = "regulated", _("Looks after children alone, often or overnight")
    CLOSE = "close", _("Spends time with children often, with a parent there")
    CHANCE = "chance", _("Meets children only by chance")


class Check(models.Model):
    """A check of one adult, as it was decided. `activity` is "" for one from before it was asked."""

    Level = CheckLevel
    Decision = CheckDecision
    Activity = CheckActivity
    guardian = models.ForeignKey(
        Guardian, on_delete=models.CASCADE, null=True, blank=True, related_name="checks"
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, null=True, blank=True, related_name="checks"
    )
    level = models.CharField(max_length=16, choices=Level)
    activity = models.CharField(max_length=12, choices=CheckActivity, blank=True)
    barred_lists = models.BooleanField("the barred lists were looked at too", default=False)
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
            models.CheckConstraint(
                condition=models.Q(activity__in=["", *CheckActivity.values]),
                name="safeguarding_check_activity",
            ),
            # Asking for the barred lists without regulated activity is against the law (trust.md 1.1).
            models.CheckConstraint(
                condition=models.Q(barred_lists=False) | models.Q(activity="regulated"),
                name="safeguarding_check_barred_lists",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, until {self.valid_until_on}"
