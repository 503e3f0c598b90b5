"""Putting an offer or a request on the board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from timebank.forms.fields import duration_field
from timebank.models import Listing


class ListingForm(forms.Form):
    """An offer or a request, in the member's own words."""

    kind = forms.ChoiceField(
        label=_("Are you offering or asking?"),
        choices=[
            (Listing.Kind.OFFER, _("I can help with something")),
            (Listing.Kind.REQUEST, _("I could do with some help")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    title = forms.CharField(
        label=_("What is it, in a few words?"),
        max_length=80,
        help_text=_("Such as “lifts to the hospital” or “somebody to hold the ladder”."),
        error_messages={"required": _("Write a few words, such as “lifts on weekdays”.")},
    )
    words = forms.CharField(
        label=_("Anything else people should know?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("When, how often, what to bring. Leave out your address and phone number."),
    )
    took = duration_field(_("About how long would it take?"), required=False)

    def clean_took(self) -> int | None:
        """Give the minutes, or nothing when they left it open."""
        return self.cleaned_data.get("took") or None
