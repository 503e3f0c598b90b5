"""What a broker is asked about one account: how low it may go for a while, and why hours are written off."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from timebank.days import beginning_of
from timebank.forms.fields import day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_HOURS = 500  # far beyond any real case, and well within what the database holds


def why_field(label: "StrOrPromise", hint: "StrOrPromise") -> forms.CharField:
    """Give a field for a reason that other people will read."""
    return forms.CharField(
        label=label,
        max_length=280,
        help_text=hint,
        error_messages={
            "required": _("Write why, so that they understand."),
            "max_length": _("Make it shorter: 280 letters at most."),
        },
    )


class LowerForm(forms.Form):
    """How far below nothing an account may go for a while, until when, and why."""

    hours_below = forms.IntegerField(
        label=_("How many hours below nothing?"),
        min_value=1,
        max_value=MOST_HOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("A whole number, such as 15."),
        error_messages={
            "required": _("Write how many hours, such as 15."),
            "invalid": _("Write a whole number of hours, such as 15."),
            "min_value": _("Write a whole number of hours, such as 15."),
            "max_value": _("That’s too far down. Write a smaller number."),
        },
    )
    until = day_field(_("Until the end of which day?"), help_text=_("Half a year at most."))
    reason = why_field(_("Why?"), _("They will read this on their own hours."))

    def floor_minutes(self) -> int:
        """Give how low, in minutes; call it on a valid form only."""
        return -60 * int(self.cleaned_data["hours_below"])

    def ends_at(self) -> datetime:
        """Give the moment at which the last day is over; call it on a valid form only."""
        return beginning_of(self.cleaned_data["until"] + timedelta(days=1))


class WriteOffForm(forms.Form):
    """Why hours should be written off."""

    reason = why_field(
        _("Why should they be written off?"),
        _("The second broker reads this, and so do they, on their own hours."),
    )
