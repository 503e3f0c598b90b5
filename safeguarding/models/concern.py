"""Concerns: somebody is worried about somebody. What was told never changes; what is done about it is added.

The database holds that too (see the triggers of the migration that names them): words stay, levels only climb.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from people.models import Guardian, User
from people.models.choices import one_of


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Questions asked about concerns."""

    def open(self) -> "ConcernQuerySet":
        """Give those that nobody has signed off: only they have a timer."""
        return self.filter(due_at__isnull=False)

    def touching(self, user: User) -> "ConcernQuerySet":
        """Give those that `user` must never see: about them, about somebody of their household, or told by one.

        Whoever told us something may of course see that they did, if their work lets them. A newcomer would look at
        the family alone; a lead may also be named as a colleague, or live with the volunteer who is.
        """
        home = Guardian.objects.filter(user=user).values("family")
        return self.filter(
            Q(people__user=user)
            | Q(people__volunteer__user=user)
            | Q(people__family__in=home)
            | Q(people__user__guardian__family__in=home)
            | Q(people__volunteer__user__guardian__family__in=home)
            | (Q(raised_by__guardian__family__in=home) & ~Q(raised_by=user))
        )

    def unheeded(self) -> "ConcernQuerySet":
        """Give the open ones whose timer runs without anybody having done something since it began."""
        last = ConcernAction.objects.filter(concern=OuterRef("pk")).order_by("-at", "-pk")
        seen = self.open().annotate(last_kind=Subquery(last.values("kind")[:1]))
        return seen.filter(Q(last_kind=None) | Q(last_kind=ConcernAction.Kind.CLIMBED))


class ConcernLevel(models.TextChoices):
    """Who deals with it; it only ever climbs. At any level a lead can open it, and decides who else must know."""

    BRONZE = "bronze", "Bronze: our lead may ask a coach to help"
    SILVER = "silver", "Silver: our lead deals with it"
    GOLD = "gold", "Gold: our lead tells the council’s duty lead"


class Concern(models.Model):
    """A worry in the words it was told in. Raised with or without an account."""

    Level = ConcernLevel
    words = models.TextField(max_length=5000)
    about = models.TextField("who it is about", max_length=300, blank=True)
    reach = models.CharField("how to reach who told us", max_length=200, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns_raised",
    )
    raised_at = models.DateTimeField()
    level = models.CharField(max_length=8, choices=Level, default=Level.BRONZE)
    # When the next step runs out (safeguarding.timers); nothing once it is signed off.
    due_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [one_of("level", ConcernLevel, name="safeguarding_concern_level")]
        indexes = [models.Index(fields=["due_at"], name="safeguarding_concern_due")]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    @property
    def shape(self) -> str:
        """The mark its level is drawn with; the word always stands beside it."""
        return {"bronze": "empty", "silver": "half", "gold": "diamond"}[self.level]

    def is_late(self, at: datetime) -> bool:
        """Say whether its step has run out by `at`; the clock lets it climb within minutes."""
        return self.due_at is not None and self.due_at <= at


class Basis(models.TextChoices):
    """Why the law lets us tell somebody. Consent is last on purpose: it is seldom the right ground here."""

    VITAL = "vital", "To protect somebody’s life or body"
    DUTY = "duty", "The law asks us to (a legal duty)"
    PUBLIC = "public", "A public task: keeping a child or adult safe"
    SAFEGUARDING = "safeguarding", "A recognised legitimate interest: safeguarding"
    CONSENT = "consent", "They said we may"


class ConcernActionKind(models.TextChoices):
    """What somebody, or the clock, did."""

    DID = "did", "Something was done"
    SHARED = "shared", "Somebody was told"
    NOT_SHARED = "not_shared", "Somebody was not told"
    ASKED = "asked", "A coach was asked to help"
    ANSWERED = "answered", "The coach answered"
    REPORTED = "reported", "The report for the police or council was made"
    CLIMBED = "climbed", "It climbed by itself"
    CORRECTED = "corrected", "Something was put right"


class ConcernAction(models.Model):
    """What was done about a concern, and why: never changed. Nobody (`by` empty) is the clock."""

    Kind = ConcernActionKind
    Basis = Basis
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="actions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concern_actions",
    )
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DID)
    words = models.TextField(max_length=5000)
    level = models.CharField(max_length=8, choices=Concern.Level)
    recipient = models.CharField("who was told", max_length=200, blank=True)
    basis = models.CharField("why the law lets us", max_length=16, choices=Basis, blank=True)
    asks = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concern_asks",
    )
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by"
    )
    # Made with the form, so that a double press is one action.
    client_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            one_of("level", ConcernLevel, name="safeguarding_action_level"),
            one_of("kind", ConcernActionKind, name="safeguarding_action_kind"),
            models.CheckConstraint(
                condition=Q(basis="") | Q(basis__in=Basis.values),
                name="safeguarding_action_basis",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True, kind=ConcernActionKind.CLIMBED)
                | (Q(by__isnull=False) & ~Q(kind=ConcernActionKind.CLIMBED)),
                name="safeguarding_action_by_somebody_or_the_clock",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="safeguarding_action_says_why"),
            models.CheckConstraint(
                condition=~Q(kind__in=[ConcernActionKind.SHARED, ConcernActionKind.ASKED])
                | (~Q(recipient="") & ~Q(basis="")),
                name="safeguarding_action_says_with_whom",
            ),
            models.CheckConstraint(
                condition=Q(asks__isnull=False, kind=ConcernActionKind.ASKED)
                | (Q(asks__isnull=True) & ~Q(kind=ConcernActionKind.ASKED)),
                name="safeguarding_action_asks_somebody",
            ),
            models.UniqueConstraint(
                fields=["concern", "client_id"], name="safeguarding_action_once"
            ),
        ]

    def __str__(self) -> str:
        return f"action {self.pk} on concern {self.concern_id}"
