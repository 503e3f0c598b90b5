"""Steps besides the check: a reference, the interview, the induction, the code of conduct; exemptions and approvals.

Append-only: a mistake is taken back by a row of its own (TakenBack), and what was written stays. There is no room in
any of these for words about a person, nor for a file (trust.md SG-03): what was said in an interview stays there.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.choices import one_of
from safeguarding.models.adult import AboutOneAdult, one_adult
from safeguarding.models.check import Check
from safeguarding.models.requirements import RequirementsVersion


class StepKind(models.TextChoices):
    """What is asked besides the check."""

    REFERENCE = "reference", _("Reference")
    INTERVIEW = "interview", _("Interview")
    INDUCTION = "induction", _("Induction")
    CODE = "code", _("Code of conduct")


class Step(AboutOneAdult):
    """One of these was done, and who decided that it was. `valid_until_on` only where it runs out."""

    Kind = StepKind
    kind = models.CharField(max_length=12, choices=StepKind)
    done_on = models.DateField()
    valid_until_on = models.DateField(null=True, blank=True)
    code_version = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="steps_decided"
    )
    decided_at = models.DateTimeField()
    client_id = models.UUIDField(unique=True, default=uuid4)

    class Meta:
        ordering = ["done_on", "id"]
        default_related_name = "steps"
        constraints = [
            one_adult("safeguarding_step_one_person"),
            one_of("kind", StepKind, name="safeguarding_step_kind"),
            models.CheckConstraint(
                condition=Q(kind="code", code_version__isnull=False)
                | (~Q(kind="code") & Q(code_version__isnull=True)),
                name="safeguarding_step_code_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_until_on__isnull=True) | Q(valid_until_on__gte=F("done_on")),
                name="safeguarding_step_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.done_on}"


class ExemptionReason(models.TextChoices):
    """Why somebody may begin before a step is done; a choice, so that nothing is told about a person."""

    ON_ITS_WAY = "on_its_way", _("It’s asked for, and the answer is on its way")
    ELSEWHERE = "elsewhere", _("It was done for another programme, and we’re waiting for the proof")
    NO_DATE = "no_date", _("No date could be found yet")


class Exemption(AboutOneAdult):
    """A step may wait until a day: asked for by one colleague, granted by another. Never the check itself."""

    Reason = ExemptionReason
    kind = models.CharField(max_length=12, choices=StepKind)
    reason = models.CharField(max_length=12, choices=ExemptionReason)
    until_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exemptions_asked"
    )
    asked_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exemptions_granted",
    )
    granted_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(unique=True, default=uuid4)

    class Meta:
        ordering = ["asked_at", "id"]
        default_related_name = "exemptions"
        constraints = [
            one_adult("safeguarding_exemption_one_person"),
            one_of("kind", StepKind, name="safeguarding_exemption_kind"),
            one_of("reason", ExemptionReason, name="safeguarding_exemption_reason"),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True, granted_at__isnull=True)
                | Q(granted_by__isnull=False, granted_at__isnull=False),
                name="safeguarding_exemption_granted",
            ),
            # Two people, whatever the page does (trust.md SG-05).
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("asked_by")),
                name="safeguarding_exemption_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} may wait until {self.until_on}"


class Approval(AboutOneAdult):
    """Somebody with the right looked at everything that a version asks for, and said yes to this adult."""

    requirements = models.ForeignKey(RequirementsVersion, on_delete=models.PROTECT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals_given"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        default_related_name = "approvals"
        constraints = [one_adult("safeguarding_approval_one_person")]

    def __str__(self) -> str:
        return f"approval {self.pk}"


def _exactly_one_of(*fields: str) -> Q:
    condition = Q()
    for one in fields:
        condition |= Q(**{f"{field}__isnull": field != one for field in fields})
    return condition


class TakenBack(models.Model):
    """One row of the above was a mistake: it counts no more, and both rows stay."""

    check_row = models.OneToOneField(
        Check, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_back"
    )
    step = models.OneToOneField(
        Step, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_back"
    )
    exemption = models.OneToOneField(
        Exemption, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_back"
    )
    approval = models.OneToOneField(
        Approval, on_delete=models.CASCADE, null=True, blank=True, related_name="taken_back"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="taken_back"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "taken back"
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one_of("check_row", "step", "exemption", "approval"),
                name="safeguarding_taken_back_one_row",
            )
        ]

    def __str__(self) -> str:
        return f"taken back {self.pk}"
