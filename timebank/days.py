"""Days and moments: people say which day, the ledger keeps a moment."""

from datetime import date, datetime, time

from django.utils import timezone


def noon_of(day: date) -> datetime:
    """Give noon of a day: people say which day, not when, and noon stays on it in summer time and in reports by UTC."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def beginning_of(day: date) -> datetime:
    """Give the midnight with which a day begins, here and not by UTC."""
    return timezone.make_aware(datetime.combine(day, time(0)))
