"""The board of the daily meeting: families somebody is worried about, each looked at once a week or more often.

Nobody's mark is averaged with anybody else's. A family stays until somebody takes it off and says why.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from people.models import Family


class OnBoard(models.Model):
    """A family on the board, from the day it was put there. `review_by` is the day by which it must be looked at."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="on_board")
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="put_on_board"
    )
    put_at = models.DateTimeField()
    why = models.TextField(max_length=1000)
    review_by = models.DateField()
    off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_off_board",
    )
    off_at = models.DateTimeField(null=True, blank=True)
    off_why = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["review_by", "id"]
        indexes = [models.Index(fields=["review_by"], name="safeguarding_board_review_by")]
        constraints = [
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(off_at__isnull=True),
                name="safeguarding_board_family_once",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="safeguarding_board_says_why"),
            models.CheckConstraint(
                condition=Q(off_at__isnull=True, off_by__isnull=True, off_why="")
                | (Q(off_at__isnull=False, off_by__isnull=False) & ~Q(off_why="")),
                name="safeguarding_board_off_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.pk} on the board"


class BoardReview(models.Model):
    """What those at the meeting said about a family on one day. Never changed; the next one stands above it."""

    place = models.ForeignKey(OnBoard, on_delete=models.CASCADE, related_name="reviews")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_reviews"
    )
    at = models.DateTimeField()
    working = models.TextField("what is working", max_length=2000, blank=True)
    worrying = models.TextField("what worries us", max_length=2000, blank=True)
    happens_next = models.TextField("what happens next", max_length=2000)
    client_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "client_id"], name="safeguarding_board_review_once"
            ),
            models.CheckConstraint(
                condition=~Q(happens_next=""), name="safeguarding_board_review_says_next"
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class BoardMark(models.Model):
    """How safe one person at the meeting thinks things are, 0 to 10."""

    review = models.ForeignKey(BoardReview, on_delete=models.CASCADE, related_name="marks")
    who = models.CharField(max_length=80)
    value = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__lte=10), name="safeguarding_board_mark_to_ten"
            ),
            models.UniqueConstraint(fields=["review", "who"], name="safeguarding_board_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.value}"


class StepOutcome(models.TextChoices):
    """What became of it; empty while it is still to do."""

    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"


class BoardStep(models.Model):
    """Something somebody takes on for a family, by a day."""

    Outcome = StepOutcome
    place = models.ForeignKey(OnBoard, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField("what", max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_steps"
    )
    due_on = models.DateField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_steps_added"
    )
    added_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="board_steps_ended",
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at__isnull=True, ended_by__isnull=True)
                | Q(outcome__in=StepOutcome.values, ended_at__isnull=False, ended_by__isnull=False),
                name="safeguarding_board_step_outcome",
            ),
            models.UniqueConstraint(
                fields=["place", "client_id"], name="safeguarding_board_step_once"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"
