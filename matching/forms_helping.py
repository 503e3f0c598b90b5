"""What a supporter fills in about how they help, and about a break."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import Theme
from matching.models import Supporter
from timebank.forms import day_field

TOO_LONG = _("That’s more than we can keep. Write it in %(limit_value)d letters or fewer.")
NOT_WITHOUT_ONE = _("Choose how many families at a time.")


class HelpingForm(forms.Form):
    """What others read, what was lived through, and how many at a time."""

    about = forms.CharField(
        label=_("About us, and what we have been through"),
        help_text=_("Families read this before they choose. Leave out names and places."),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": TOO_LONG},
    )
    offers = forms.CharField(
        label=_("What we like doing"),
        max_length=280,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    lived_through = forms.ModelMultipleChoiceField(
        label=_("What we have lived through"),
        help_text=_("It helps us to find a family in the same. Only coaches read the ticks."),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value", "invalid_list"),
            _("Tick some of the words on this page."),
        ),
    )
    capacity = forms.TypedChoiceField(
        label=_("How many families at a time?"),
        coerce=int,
        choices=[(1, _("One")), (2, _("Two")), (3, _("Three"))],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), NOT_WITHOUT_ONE),
    )

    def __init__(self, data: Any = None, *, of: Supporter) -> None:
        told = {
            "about": of.about,
            "offers": of.offers,
            "capacity": of.capacity,
            "lived_through": [] if data else list(of.lived_through.all()),
        }
        super().__init__(data, initial=told)
        themes = self.fields["lived_through"]
        themes.queryset = Theme.objects.order_by("name")  # type: ignore[attr-defined]


class BreakForm(forms.Form):
    """A break: until a day, or until I say so. No reason is asked for."""

    until_on = day_field(
        _("Ready again on"),
        required=False,
        help_text=_("Leave it empty for a break until you say so."),
    )
