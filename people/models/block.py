"""Blocks: immediate, mutual and silent (trust.md SG-23)."""

from django.conf import settings
from django.db import models


class BlockQuerySet(models.QuerySet["Block"]):
    """Questions asked about blocks."""

    def between(self, one: object, other: object) -> "BlockQuerySet":
        """Give the blocks between two users, whoever made them."""
        return self.filter(
            models.Q(blocker=one, blocked=other) | models.Q(blocker=other, blocked=one)
        )


class Block(models.Model):
    """Somebody doesn't want to meet somebody else here. The other is never told."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_made"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_met"
    )
    at = models.DateTimeField()

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="people_block_once"),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")), name="people_block_not_self"
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"
