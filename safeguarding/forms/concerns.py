"""The form of raising a concern. It asks a single thing that must be answered: what happened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RaiseForm(forms.Form):
    """What somebody is worried about. Two more fields stand here only where it was raised on a page about somebody."""

    words = forms.CharField(
        label=_("What has happened, or what worries you?"),
        help_text=_("In your own words. You don’t need to be sure."),
        max_length=5000,
        error_messages={
            "required": _("Write a few words about what worries you."),
            "max_length": _(
                "Use 5,000 letters or fewer. You can tell us more in a second message."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "autocomplete": "off"}),
    )
    about = forms.CharField(
        label=_("Who is it about?"),
        help_text=_("A name, or how you know them"),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Use 300 letters or fewer.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    reach = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_(
            "A phone number or email where it’s safe. Leave it empty to stay unknown to us."
        ),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use 200 letters or fewer.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    came_from = forms.CharField(required=False, widget=forms.HiddenInput)
    is_about_page = forms.BooleanField(
        label=_("It’s about somebody on the page I came from"), required=False
    )

    def __init__(self, *args: Any, came_from: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial = {**self.initial, "came_from": came_from, "is_about_page": True}
        if not came_from:
            del self.fields["came_from"], self.fields["is_about_page"]
