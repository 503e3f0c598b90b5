"""What a coach or the safeguarding lead writes down about one adult. There is no box for words about anybody."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models.place import Nation
from safeguarding.models import Check, EligibleLevel
from safeguarding.models.step import ExemptionReason
from safeguarding.recording import SCHEMES
from safeguarding.rules import months_after

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)  # other years are slips


class DayField(forms.DateField):
    """A day as people write it."""

    def clean(self, value: Any) -> date | None:
        """Give the day, or say how to write it."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def day_field(label: Any, **options: Any) -> DayField:
    """Give a field for a day."""
    return DayField(
        label=label,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Write the day like 14/11/2026."),
        },
        **options,
    )


class CheckForm(forms.Form):
    """What was decided after a certificate; of its number only the last four."""

    level = forms.ChoiceField(label=_("Which check?"), widget=forms.RadioSelect)
    activity = forms.ChoiceField(
        label=_("What do they do beside a family?"),
        help_text=_("It decides what the law lets us ask for."),
        choices=Check.Activity.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say what they do beside a family. It decides what we may ask for.")
        },
    )
    barred_lists = forms.BooleanField(
        label=_("The barred lists were looked at too"), required=False
    )
    issued_on = day_field(_("When was it issued?"))
    valid_until_on = day_field(_("Until when do we take it?"))
    number_last4 = forms.CharField(
        label=_("The last four of its number"),
        help_text=_("Only these. Don’t keep the certificate, or a picture of it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the last four figures of the number.")},
    )
    decision = forms.ChoiceField(
        label=_("What did you decide?"),
        choices=Check.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decided.")},
    )

    def __init__(self, *args: Any, eligible: EligibleLevel, on: date, **kwargs: Any) -> None:
        first = {
            "level": eligible.level
        }  # why they may be asked for it is theirs to say who decides
        if eligible.months:
            first["valid_until_on"] = str(months_after(on, eligible.months))
        super().__init__(*args, **{"initial": first, **kwargs})
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (level, Check.Level(level).label) for level in SCHEMES[Nation(eligible.nation)]
        ]

    def clean_number_last4(self) -> str:
        """Take four letters or figures; a whole number is refused, and not shown again."""
        kept = str(self.cleaned_data["number_last4"]).strip()
        if len(kept) != 4 or not kept.isalnum():
            self.data = {**self.data.dict(), "number_last4": ""}  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Write the last four, and no more."))
        return kept


class StepForm(forms.Form):
    """A step was done."""

    done_on = day_field(_("On which day?"))
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, *, on: date) -> "StepForm":
        """Give an empty form."""
        return cls(initial={"done_on": on, "client_id": uuid4()})


class WaitForm(forms.Form):
    """A step may wait, asks one colleague of another."""

    reason = forms.ChoiceField(
        label=_("Why may it wait?"), choices=ExemptionReason.choices, widget=forms.RadioSelect
    )
    until_on = day_field(
        _("Until which day?"), help_text=_("Three months at most. After it they’re not cleared.")
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> "WaitForm":
        """Give an empty form."""
        return cls(initial={"client_id": uuid4()})
