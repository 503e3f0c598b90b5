"""What belongs to the end of a link-up: an end that was moved, and a line from each who looked back.

Both are only ever added to. Why it ended, and when, stands on the link-up itself.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from matching.models.linkup import LinkUp
from people.models.choices import one_of


class Extension(models.Model):
    """A planned end that was moved to a later day, and why. Written by the coach when both sides want it."""

    link_up = models.ForeignKey(LinkUp, on_delete=models.PROTECT, related_name="extensions")
    from_on = models.DateField("planned end before")
    to_on = models.DateField("planned end since")
    why = models.CharField(max_length=280)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="extensions"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="matching_extension_is_later"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="matching_extension_says_why"),
            models.UniqueConstraint(fields=["link_up", "from_on"], name="matching_extension_once"),
        ]

    def __str__(self) -> str:
        return f"extension {self.pk}"


class LookBackVoice(models.TextChoices):
    """Whose line it is."""

    FAMILY = "family", "The family"
    SUPPORTER = "supporter", "The supporter"
    CHILD = "child", "A child"


class LookBack(models.Model):
    """A line from one of them, looking back. Whoever thinks again writes another; both stay."""

    Voice = LookBackVoice
    link_up = models.ForeignKey(LinkUp, on_delete=models.PROTECT, related_name="looks_back")
    side = models.CharField(
        max_length=12, choices=[("family", "Family"), ("supporter", "Supporter")]
    )
    voice = models.CharField(max_length=12, choices=Voice)
    words = models.CharField(max_length=280)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="looks_back"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "looks back"
        ordering = ["at", "id"]
        constraints = [
            one_of("voice", LookBackVoice, name="matching_lookback_voice"),
            models.CheckConstraint(
                condition=Q(voice="child") | Q(voice=F("side")), name="matching_lookback_own_side"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="matching_lookback_says"),
        ]

    def __str__(self) -> str:
        return f"look back {self.pk}"
