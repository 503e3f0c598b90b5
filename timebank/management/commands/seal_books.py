"""`python manage.py seal_books`: run it once a night. Seals yesterday's books when they balance; exits 1 when not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from timebank.reconcile import reconcile
from timebank.sealing import seal


class Command(BaseCommand):
    """Checks the books and seals what was written before today."""

    help = "Check the books and seal every transfer written before today. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, or refuse to put a seal on books that don't balance."""
        at = timezone.now()
        if not reconcile(at=at, thorough=True).balances:
            raise CommandError("The books don't balance, so nothing was sealed. See check_ledger.")
        made = seal(at=at)
        if made is None:
            self.stdout.write("Yesterday has its seal already.")
        else:
            self.stdout.write(f"Sealed {made.day}: {made.transfers} transfers, {made.digest}")
