"""The volunteer's door: one short page instead of many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from people.asking import Kept
from people.questions.meeting import FreeTimes, PlaceField
from people.questions.you import UNSURE, LanguagesQuestion


class VolunteerForm(FreeTimes):
    """The volunteer's door: one short page."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("The name you go by. Families will see it."),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Write the name you go by."),
            "max_length": gettext_lazy("Use 80 letters or fewer for your name."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )
    place = PlaceField(label=gettext_lazy("Which part do you live in?"))
    languages = LanguagesQuestion.base_fields["languages"]
    skills = forms.CharField(
        label=gettext_lazy("What do you like doing, or know how to do?"),
        help_text=gettext_lazy("Such as listening, driving, mending bikes, reading with children"),
        max_length=280,
        required=False,
        error_messages={"max_length": gettext_lazy("Use 280 letters or fewer.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    field_order = ("name", "place", "languages", "free_times", "unsure", "skills")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["place"].grouped()  # type: ignore[attr-defined]

    def answers(self) -> Kept:
        """Give the checked answers as plain JSON."""
        told = self.cleaned_data
        return {
            "name": told["name"],
            "place": told["place"].reference,
            "languages": [code for code in told["languages"] if code != UNSURE],
            "free_times": told["free_times"],
            "skills": told["skills"],
        }
