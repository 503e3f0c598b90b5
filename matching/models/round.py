"""Rounds: one run of the matcher for one area, kept whole, the pairs it proposed, and whom else it would offer.

A round stores what it saw (snapshot), what came out (answer) and the proof (certificate), so that it can be
checked again later by anybody. Nothing in it is sent to a family until a coach approves, and nobody is ever offered
who isn't in these rows: a coach has seen everybody.

A newcomer would take every row for a round to decide on. Only one that is done has pairs; until then, and when it was
stopped or failed, the row tells how far the run got and nothing else.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from matching.models.supporter import Supporter
from matching.models.weights import WeightsVersion
from matching.models.wish import Wish
from people.models import Area, Family
from people.models.choices import one_of

# A run tells that it is alive after each stage and each lot of families, seconds apart. After this long it isn't.
SILENT = timedelta(minutes=5)


class RoundStanding(models.TextChoices):
    """How far the run got."""

    QUEUED = "queued", _("Waits for its turn")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Stopped")
    FAILED = "failed", _("Didn’t finish")


class RoundStage(models.TextChoices):
    """What a running round is busy with."""

    SEEING = "seeing", _("Seeing who waits and who could help")
    COMPARING = "comparing", _("Comparing each family with the supporters near them")
    PAIRING = "pairing", _("Finding the fairest answer")
    CHECKING = "checking", _("Checking it a second way")
    EXPLAINING = "explaining", _("Putting the reasons into words")
    LISTING = "listing", _("Making each family’s list")


class RoundTrouble(models.TextChoices):
    """Why a run came to no answer."""

    NOT_PROVED = "not_proved", _("A second check found something wrong with the answer.")
    SILENT = "silent", _("This run stopped in the middle.")
    CHANGED = "changed", _("A family or a supporter was removed while it ran.")
    BROKEN = "broken", _("Something went wrong in Kith itself.")


UNDER_WAY = (RoundStanding.QUEUED, RoundStanding.RUNNING)


class RoundQuerySet(models.QuerySet["Round"]):
    """Questions asked about rounds."""

    def done(self) -> "RoundQuerySet":
        """Give the rounds that came to an answer; the others have no pairs."""
        return self.filter(standing=RoundStanding.DONE)

    def under_way(self) -> "RoundQuerySet":
        """Give the rounds that wait for their turn or run; at most one an area."""
        return self.filter(standing__in=UNDER_WAY)

    def light(self) -> "RoundQuerySet":
        """Leave the JSON where it is: a list of rounds reads none of it, and it may be megabytes."""
        return self.defer("snapshot", "answer", "certificate")


class Round(models.Model):
    """One run of the matcher."""

    Standing = RoundStanding
    Stage = RoundStage
    Trouble = RoundTrouble
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="rounds")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rounds_opened"
    )
    opened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.QUEUED)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    families_done = models.PositiveIntegerField(default=0)
    families_total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField("last sign of life", null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds_stopped",
    )
    trouble = models.CharField(max_length=12, choices=Trouble, blank=True)
    weights = models.ForeignKey(WeightsVersion, on_delete=models.PROTECT, related_name="rounds")
    code_version = models.CharField("version of the matcher", max_length=20, blank=True)
    snapshot = models.JSONField(default=dict)
    answer = models.JSONField(default=dict)
    certificate = models.JSONField(default=dict)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            one_of("standing", RoundStanding, name="matching_round_standing"),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(standing__in=["queued", "running"]),
                name="matching_round_one_under_way",
            ),
            # Whatever our code forgets: an answer that was not proved is never shown.
            models.CheckConstraint(
                # CASE, because to SQL a certificate that says nothing is neither proved nor not, and would pass.
                condition=Case(
                    When(~Q(standing="done") | Q(certificate__holds=True), then=True),
                    default=False,
                    output_field=models.BooleanField(),
                ),
                name="matching_round_done_is_proved",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"

    def is_silent(self, *, at: datetime) -> bool:
        """Say whether a round under way has given no sign of life for minutes: whoever ran it is gone."""
        return self.standing in UNDER_WAY and (self.alive_at or self.opened_at) < at - SILENT

    @property
    def is_done(self) -> bool:
        """Whether it came to an answer."""
        return self.standing == RoundStanding.DONE

    @property
    def is_under_way(self) -> bool:
        """Whether it waits for its turn or runs."""
        return self.standing in UNDER_WAY


class ProposalStanding(models.TextChoices):
    """What the coach said."""

    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Not these two"


class Proposal(models.Model):
    """A pair that the round proposes for one wish of the family, with its arithmetic."""

    Standing = ProposalStanding
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="proposals")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="proposals")
    wish = models.CharField(max_length=12, choices=Wish, default=Wish.EITHER)
    waiting_days = models.PositiveIntegerField()
    score = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    parts = models.JSONField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.PROPOSED)
    why = models.CharField("why not", max_length=280, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals_decided",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # Who said that the next round has to keep this pair, if anybody.
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals_kept",
    )

    class Meta:
        ordering = ["-waiting_days", "family_id", "wish"]
        constraints = [
            one_of("standing", ProposalStanding, name="matching_proposal_standing"),
            one_of("wish", Wish, name="matching_proposal_wish"),
            models.UniqueConstraint(
                fields=["round", "family", "wish"], name="matching_proposal_once"
            ),
            # Nobody is put forward to a family twice, whatever it wishes for.
            models.UniqueConstraint(
                fields=["round", "family", "supporter"], name="matching_proposal_supporter_once"
            ),
            models.CheckConstraint(
                condition=~Q(standing="refused") | ~Q(why=""),
                name="matching_proposal_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class AlternativeStanding(models.TextChoices):
    """What the coach said."""

    LISTED = "listed", "On the list"
    LEFT_OUT = "left_out", "Left out"


class Alternative(models.Model):
    """A further supporter that the family of a proposal would choose from, with the arithmetic."""

    Standing = AlternativeStanding
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="alternatives")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="alternatives")
    place = models.PositiveSmallIntegerField("1 is the round's own pair")
    score = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    parts = models.JSONField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.LISTED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="alternatives_decided",
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            one_of("standing", AlternativeStanding, name="matching_alternative_standing"),
            models.UniqueConstraint(
                fields=["proposal", "supporter"], name="matching_alternative_supporter_once"
            ),
            models.UniqueConstraint(
                fields=["proposal", "place"], name="matching_alternative_place_once"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=2, place__lte=3), name="matching_alternative_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} beside proposal {self.proposal_id}"
