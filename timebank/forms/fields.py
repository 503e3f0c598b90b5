"""Days and lengths of time, asked the same way on every form about hours."""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from timebank.durations import LONGEST_MINUTES, NotADuration, parse_duration
from timebank.models import Account

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


class DurationField(forms.CharField):
    """How long something took; gives whole minutes, 0 when it may be left open and was. `most` as in durations."""

    def __init__(self, *, most: int | None = LONGEST_MINUTES, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.most = most

    def clean(self, value: object) -> int:
        """Give the minutes, or say what to write instead."""
        text = super().clean(value)
        if not text:
            return 0  # left open, where that is allowed
        try:
            return parse_duration(text, most=self.most)
        except NotADuration as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def duration_field(label: "StrOrPromise", **options: object) -> DurationField:
    """Give a field for how long something took, asked the same way everywhere."""
    return DurationField(
        label=label,
        max_length=40,
        help_text=_("Such as 45 min, 1h30 or 1.5 for an hour and a half."),
        error_messages={"required": _("Write how long it took, such as 45 min.")},
        **options,  # type: ignore[arg-type]
    )


class DayField(forms.DateField):
    """A day as people write it; years that nobody means are taken for slips."""

    def clean(self, value: object) -> date | None:
        """Give the day, or say how to write it."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def day_field(label: "StrOrPromise", **options: object) -> DayField:
    """Give a field for a day, asked the same way everywhere."""
    return DayField(
        label=label,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Write the day like 14/11/2026."),
        },
        **options,  # type: ignore[arg-type]
    )


def named(account: Account) -> str:
    """Give a name for lists to choose from: two families may have the same, and the neighbourhood tells them apart."""
    name = capfirst(str(account))
    return f"{name}, {account.place}" if account.place else name
