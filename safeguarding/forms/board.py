"""What is written at the daily meeting. Whoever is there gives a mark of their own; nobody has to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from safeguarding.forms.dealing import OnceForm
from safeguarding.models import BoardStep

PEOPLE = range(1, 6)
LONGEST = {"max_length": _("Use 2,000 letters or fewer.")}


def some_words(label: Any, hint: Any) -> forms.CharField:
    """Give a field for words that may be left empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        required=False,
        error_messages=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def one_reason(label: Any, *, hint: Any = "", missing: Any) -> forms.CharField:
    """Give a field for a short reason that must be written."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=1000,
        error_messages={"required": missing, "max_length": _("Use 1,000 letters or fewer.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class PutOnForm(forms.Form):
    """Why we should talk about a family."""

    why = one_reason(
        _("What worries you about them?"),
        hint=_("A sentence is enough. The coaches of this area and our safeguarding lead read it."),
        missing=_("Write a sentence about what worries you."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class TakeOffForm(forms.Form):
    """Why we need not talk about a family any more."""

    why = one_reason(
        _("Why can they come off the board?"), missing=_("Write why they can come off.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class ReviewForm(OnceForm):
    """What was said today: three columns, and a mark from 0 to 10 by each person who is there."""

    working = some_words(_("What is working?"), _("What keeps them safe and well"))
    worrying = some_words(_("What worries us?"), _("What we saw or heard, in plain words"))
    happens_next = forms.CharField(
        label=_("What happens next?"),
        max_length=2000,
        error_messages={**LONGEST, "required": _("Write what happens next, if only “we wait”.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = [("", "–"), *((str(value), str(value)) for value in range(11))]
        for number in PEOPLE:
            self.fields[f"who_{number}"] = forms.CharField(
                label=_("Who says so?"),
                max_length=80,
                required=False,
                error_messages={"max_length": _("Use 80 letters or fewer.")},
                widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
            )
            self.fields[f"mark_{number}"] = forms.ChoiceField(
                label=_("0 to 10"),
                choices=values,
                required=False,
                error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a mark, and for each person once."""
        kept: dict[str, Any] = super().clean() or {}
        names = []
        for number in PEOPLE:
            who, mark = kept.get(f"who_{number}", ""), kept.get(f"mark_{number}", "")
            if mark and not who:
                self.add_error(f"who_{number}", _("Write who gave this mark."))
            if who and not mark and number > 1:
                self.add_error(f"mark_{number}", _("Choose their number, or clear the name."))
            if who and who in names:
                self.add_error(f"who_{number}", _("This name stands here already."))
            names.append(who)
        return kept

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each person: who, and their mark."""
        return [(self[f"who_{number}"], self[f"mark_{number}"]) for number in PEOPLE]

    @property
    def deed(self) -> dict[str, Any]:
        """What `board.review` is to be told."""
        kept = self.cleaned_data
        marks = [
            (kept[f"who_{number}"], int(kept[f"mark_{number}"]))
            for number in PEOPLE
            if kept[f"who_{number}"] and kept[f"mark_{number}"]
        ]
        names = ("working", "worrying", "happens_next", "client_id")
        return {name: kept[name] for name in names} | {"marks": marks}


class StepForm(OnceForm):
    """Something somebody takes on, by a day."""

    words = forms.CharField(
        label=_("What will somebody do?"),
        max_length=300,
        error_messages={
            "required": _("Write what somebody will do."),
            "max_length": _("Use 300 letters or fewer."),
        },
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    owner = forms.ModelChoiceField(
        label=_("Who?"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose who does it."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )
    due_on = forms.DateField(
        label=_("By when?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write a day, such as 28/11/2026."),
        },
    )

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="step", **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


def outcome_in(data: Any) -> str:
    """Give what became of a step, "" for anything that isn't an answer."""
    said = data.get("outcome", "")
    return said if said in BoardStep.Outcome.values else ""
