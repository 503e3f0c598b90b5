"""The forms of concerns. Raising one asks a single thing that must be answered: what happened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeguarding.concerns import levels_from
from safeguarding.models import Concern


class RaiseForm(forms.Form):
    """What somebody is worried about."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class ActForm(forms.Form):
    """What the safeguarding lead did about one, and who deals with it now."""

    words = forms.CharField(
        label=_("What did you do, and why?"),
        help_text=_(
            "Facts, who you spoke to, what you decided. It can’t be changed later, only added to."
        ),
        max_length=5000,
        error_messages={
            "required": _("Write what you did, and why."),
            "max_length": _("Use 5,000 letters or fewer."),
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    level = forms.ChoiceField(
        label=_("Who deals with it now?"),
        help_text=_(
            "It only ever climbs. Choosing tells nobody: tell them yourself what they need to know."
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who deals with it."),
            "invalid_choice": _(
                "A concern only ever climbs. Keep its level, or choose a higher one."
            ),
        },
    )

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial = {"level": concern.level}
        self.fields["level"].choices = levels_from(concern.level)  # type: ignore[attr-defined]
