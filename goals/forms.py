"""The form that says where a goal stands. Forms that set a goal stand in goals/questions.py."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import Rating
from goals.questions import scale_field


class RateForm(forms.Form):
    """One question: where is it today, who says so, and a line if they like."""

    value = scale_field(
        _("A number from 0 to 10"),
        required_words=_("Pick a number from 0 to 10."),
    )
    scorer = forms.ChoiceField(
        label=_("Who says so?"),
        choices=[(Rating.Scorer.GUARDIAN, _("Me")), (Rating.Scorer.CHILD, _("My child"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who says so."),
            "invalid_choice": _("Choose “Me” or “My child”."),
        },
    )
    words = forms.CharField(
        label=_("Anything to remember about today?"),
        max_length=280,
        required=False,
        error_messages={"max_length": _("Use 280 letters or fewer.")},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
