"""What people fill in about the end of a link-up. Each field's words are the question as it is read aloud."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from matching.models import LinkUp, LookBack, Milestone
from matching.words import ABOUT_THE_END, NEXT_STEPS

TOO_LONG = _("Use %(limit_value)d letters or fewer.")


def _line(label: Any, *, hint: Any = "", required: Any = "", rows: int = 3) -> forms.CharField:
    """Give the box for a line; `required` is what to say when it is empty, "" where it may be."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=280,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": required, "max_length": TOO_LONG},
    )


class EndForm(forms.Form):
    """How a link-up ended, and whether the family still looks for somebody."""

    ending = forms.ChoiceField(
        label=_("How did it end?"),
        choices=LinkUp.Ending.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )
    words = _line(_("A line about it"), hint=_("The family may ask to read this."))
    looks_on = forms.TypedChoiceField(
        label=_("Would the family like somebody else beside them?"),
        choices=[
            ("yes", _("Yes. They keep their place in the queue")),
            ("no", _("Not now. They can come back any time")),
        ],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether they would like somebody else. Ask them first.")
        },
    )

    def __init__(self, *args: Any, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        out_of_place = LinkUp.Ending.DONE if early else LinkUp.Ending.EARLY_DONE
        told = [choice for choice in LinkUp.Ending.choices if choice[0] != out_of_place]
        self.fields["ending"].choices = told  # type: ignore[attr-defined]  # a choice field
        words = self.fields["words"]
        words.required = early
        words.error_messages["required"] = _("It ends early, so write a line about why.")


class ExtendForm(forms.Form):
    """By how many weeks, and why."""

    weeks = forms.TypedChoiceField(
        label=_("How much longer?"),
        coerce=int,
        error_messages={
            "required": _("Choose how many weeks."),
            "invalid_choice": _("Choose from the list: a link-up lasts 30 weeks at most."),
        },
    )
    why = _line(
        _("Why would they like longer?"),
        hint=_("For example: the move was put off by a month. Only coaches read this."),
        required=_("Say why they would like longer."),
    )
    both = forms.BooleanField(
        label=_("I have asked both sides, apart, and both want this"),
        error_messages={"required": _("Ask both sides first, apart.")},
    )

    def __init__(self, *args: Any, weeks: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weeks"].choices = [  # type: ignore[attr-defined]  # a choice field
            (n, ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}) for n in weeks
        ]


class AboutTheEndForm(forms.Form):
    """What one side would like for the end."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=list(
            zip(
                ABOUT_THE_END,
                (
                    _("We feel it’s done. We got what we came for"),
                    _("A few more weeks would help"),
                    _("I’d rather stop"),
                ),
                strict=True,
            )
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you would like.")},
    )
    words = _line(
        _("Anything your coach should know?"),
        hint=_("You don’t have to say why. Only your coach reads this."),
    )


class NextStepForm(forms.Form):
    """What a seeking family would like after its link-up."""

    kind = forms.ChoiceField(
        label=_("What would you like next?"),
        choices=list(
            zip(
                NEXT_STEPS,
                (
                    _("Be there for another family, like somebody was for us"),
                    _("Give and get hours with neighbours"),
                    _("Nothing more for now"),
                ),
                strict=True,
            )
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. You can change your mind later.")},
    )


class ComeBackForm(forms.Form):
    """Coming back asks for nothing."""

    words = _line(
        _("Is there anything we should know first?"),
        hint=_("Only if you like. Your coach reads it."),
    )


class LookBackForm(forms.Form):
    """A line, and whose it is."""

    voice = forms.ChoiceField(
        label=_("Whose line is it?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Say whose line it is.")),
    )
    words = _line(
        _("What will you remember?"),
        hint=_("One line is plenty. The other side reads it too."),
        required=_("Write a line first."),
    )

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = [  # type: ignore[attr-defined]  # a choice field
            (side, _("Mine")),
            (LookBack.Voice.CHILD, _("My child’s, in their own words")),
        ]
        self.initial.setdefault("voice", side)


class MilestoneForm(forms.ModelForm):
    """A milestone, as a manager writes it."""

    class Meta:
        model = Milestone
        fields = [
            "name",
            "words",
            "counted_from",
            "weeks",
            "writes_to_members",
            "checklist",
            "in_use",
        ]
        labels = {
            "name": _("What is it called?"),
            "words": _("What do both sides read about it?"),
            "counted_from": _("Counted from what?"),
            "weeks": _("How many weeks?"),
            "writes_to_members": _("Write to both sides on the day"),
            "checklist": _("What does the coach tick off?"),
            "in_use": _("In use"),
        }
        help_texts = {
            "words": _("One plain sentence. It stands on the page of their link-up."),
            "weeks": _("0 to 30. Half way is a day of its own, so it takes 0."),
            "checklist": _("A line for each, or nothing."),
        }
        widgets = {
            "weeks": forms.TextInput(attrs={"inputmode": "numeric"}),
            "counted_from": forms.RadioSelect,
            "checklist": forms.Textarea(attrs={"rows": 5}),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse weeks where only a day is meant, and lines too long to tick."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("counted_from") == Milestone.CountedFrom.HALF_WAY and told.get("weeks"):
            self.add_error("weeks", _("Half way is a day of its own: write 0."))
        if any(len(line) > 200 for line in told.get("checklist", "").splitlines()):
            self.add_error("checklist", _("Keep each line to 200 letters or fewer."))
        return told
