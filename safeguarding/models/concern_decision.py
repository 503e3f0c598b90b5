"""The sign-off of a concern: facts, decision, and whether anybody was told, with the reason either way (SG-20).

There is one for a concern, and it is never changed. What turns out otherwise is added as a correction.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models.choices import one_of
from safeguarding.models.concern import Basis, Concern


class Outcome(models.TextChoices):
    """What was decided."""

    NOTHING_MORE = "nothing_more", "Nothing more to do"
    HELPED = "helped", "We help, and keep an eye on it"
    HANDED_OVER = "handed_over", "Handed to the police or the council"


class ConcernDecision(models.Model):
    """What we know, what was decided and why, and who was told and why, or why nobody was."""

    Outcome = Outcome
    Basis = Basis
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="decision")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="concern_decisions"
    )
    at = models.DateTimeField()
    facts = models.TextField(max_length=5000)
    said = models.TextField("words somebody used", max_length=5000, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome)
    reason = models.TextField(max_length=5000)
    shared = models.BooleanField("somebody outside was told")
    sharing_reason = models.TextField(max_length=5000)
    recipient = models.CharField("who was told", max_length=200, blank=True)
    basis = models.CharField("why the law lets us", max_length=16, choices=Basis, blank=True)

    class Meta:
        constraints = [
            one_of("outcome", Outcome, name="safeguarding_decision_outcome"),
            models.CheckConstraint(
                condition=~Q(facts="") & ~Q(reason="") & ~Q(sharing_reason=""),
                name="safeguarding_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(shared=True, basis__in=Basis.values) & ~Q(recipient="")
                | Q(shared=False, basis="", recipient=""),
                name="safeguarding_decision_says_with_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"sign-off of concern {self.concern_id}"
