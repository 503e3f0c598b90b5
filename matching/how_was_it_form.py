"""What a supporter fills in about a week: one of four answers, and a line if they like."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import HowWasIt


class HowWasItForm(forms.Form):
    """An answer is one tap; the line is asked only where it was hard."""

    answer = forms.ChoiceField(
        choices=HowWasIt.Answer.choices,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one of the four answers.")
        ),
    )
    words = forms.CharField(
        label=_("Would you like to say what was hard?"),
        help_text=_("You don’t have to. Only your coach reads it."),
        max_length=280,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
        error_messages={"max_length": _("Use %(limit_value)d letters or fewer.")},
    )
