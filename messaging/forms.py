"""What people write in: a message, and why they report one.

Lengths and emptiness are judged by messaging.posting, in one place for every door; these forms only read.
"""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """A message. The hidden id makes sending it twice harmless."""

    words = forms.CharField(
        label=_("Your message"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto", "autocomplete": "off"}),
    )
    client_id = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={
            "required": _("We couldn’t send that. Please press Send again."),
            "invalid": _("We couldn’t send that. Please press Send again."),
        },
    )


class ReportForm(forms.Form):
    """Why somebody reports a message; they needn't say."""

    why = forms.CharField(
        label=_("What’s wrong with it?"),
        help_text=_("You don’t have to say."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"max_length": _("Use 500 letters or fewer.")},
    )
