"""What people fill in about matching. Each field's words are the question as it is read aloud."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import Goal
from goals.questions import scale_field
from matching.engine.terms import Weights
from matching.models import Contact, Proposal, ShortlistEntry, WeightsVersion
from matching.models.weights import PARTS
from matching.reading.weights import MEANINGS
from timebank.forms import day_field

MOST_GIVEN_BACK = 4000  # letters
# The matcher takes up to 1,000. Nobody can say what 7 beside 381 means; 0 to 10 can be talked about.
HEAVIEST = 10


class ChooseForm(forms.Form):
    """Whom the family would like, and what the children say of each."""

    entry = forms.TypedChoiceField(
        label=_("Who would you like?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of them, or tell us that none feels right."),
            "invalid_choice": _("Choose one of the people on this page."),
        },
    )
    children_words = forms.CharField(
        label=_("What your children said"),
        help_text=_("Your coach reads it. Nobody else does, unless you say so."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"max_length": _("Use 200 letters or fewer.")},
    )
    passes_on = forms.BooleanField(
        label=_("Whoever we choose may read it too"),
        required=False,
    )

    def __init__(self, *args: Any, entries: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["entry"].choices = entries  # type: ignore[attr-defined]  # a choice field
        self.asked = {f"children_{pk}": pk for pk, _name in entries}
        for box in self.asked:
            self.fields[box] = forms.ChoiceField(
                label=_("What do your children say?"),
                choices=ShortlistEntry.Children.choices,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Choose yes, no, or that they don’t mind.")},
            )

    def children_of(self, entry_id: int) -> forms.BoundField | None:
        """Give the box for what the children say of one entry; None where that one can't be chosen."""
        box = f"children_{entry_id}"
        return self[box] if box in self.asked else None

    @property
    def children(self) -> dict[int, str]:
        """What the children say, by entry; "" where nobody asked them."""
        return {pk: self.cleaned_data[box] for box, pk in self.asked.items()}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The same again as names and values, for the page that asks for a last look."""
        return [(box, self.cleaned_data[box]) for box in self.asked]

    @property
    def picked_says(self) -> str:
        """What the children say of whom the family picked."""
        return self.children.get(self.cleaned_data["entry"], "")


class NoneForm(forms.Form):
    """None of these, and why."""

    words = forms.CharField(
        label=_("What would feel right?"),
        help_text=_("A few words help us to look better. Nobody on the list is told."),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tell us in a few words, so that we can look better.")},
    )


class RefuseForm(forms.Form):
    """Not these two, and why. A page holds one for each pair, so its box is named after the pair."""

    why = forms.CharField(
        label=_("Why not these two?"),
        help_text=_("They won’t be proposed to each other again. Only coaches read this."),
        max_length=280,
        error_messages={
            "required": _("Say in a few words why not these two."),
            "max_length": _("Say why in %(limit_value)d letters or fewer."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, of: Proposal) -> None:
        super().__init__(None if data is None else _given_back(data), auto_id=f"%s-{of.pk}")
        self.of = of


class OverruleForm(forms.Form):
    """Let two be proposed all the same, and why."""

    why = forms.CharField(
        label=_("Why may they be proposed all the same?"),
        help_text=_("For example: the family has a car now. Only coaches read this."),
        max_length=280,
        error_messages={
            "required": _("Say in a few words why they may be proposed all the same."),
            "max_length": _("Say why in %(limit_value)d letters or fewer."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(None if data is None else _given_back(data))


def _given_back(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, whole up to a few pages: nobody loses words, and a pasted book doesn't come back."""
    return {"why": data.get("why", "")[:MOST_GIVEN_BACK]}


class ContactForm(forms.Form):
    """A call or visit that was made."""

    kind = forms.ChoiceField(
        label=_("How did you talk?"),
        choices=Contact.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose call, visit or text.")},
    )
    on = day_field(_("Which day?"))
    words = forms.CharField(
        label=_("What was said, in a line"),
        help_text=_("The family may ask to read this."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, goals: Iterable[Goal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {f"goal_{goal.pk}": goal for goal in goals}
        for name, goal in self.goals.items():
            self.fields[name] = scale_field(f"“{goal.words}”")

    @property
    def scales(self) -> list[forms.BoundField]:
        """A line from 0 to 10 for each goal that the children may mark."""
        return [self[name] for name in self.goals]

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as matching.cadence takes it."""
        kept = {name: self.cleaned_data[name] for name in ("kind", "on", "words")}
        marked = {
            goal: value
            for name, goal in self.goals.items()
            if (value := self.cleaned_data[name]) is not None
        }
        return {**kept, "children_said": marked}


class WeightsForm(forms.Form):
    """How much each part counts, from 0 to 10, and why; `base` is the version that the numbers were made from."""

    field_order = [
        "base",
        *PARTS,
        "why",
    ]  # as they stand on the page, so that problems are listed so too
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    why = forms.CharField(
        label=_("Why these?"),
        help_text=_("A sentence or two. It stays beside the version for whoever looks back."),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why, for whoever looks back.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            label, meaning = MEANINGS[part]
            words = _("Write a whole number from 0 to 10 for “%(part)s”.") % {"part": label}
            self.fields[part] = forms.IntegerField(
                label=label,
                help_text=meaning,
                min_value=0,
                max_value=HEAVIEST,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"), words
                ),
            )
        self.order_fields(self.field_order)

    @classmethod
    def of(cls, version: WeightsVersion) -> "WeightsForm":
        """Give the form with the numbers of a version in it."""
        numbers = {part: getattr(version, part) for part in PARTS}
        return cls(initial={"base": version.version, **numbers})

    def clean(self) -> dict[str, Any]:
        """Refuse seven times nothing."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if all(told.get(part) == 0 for part in PARTS):
            raise forms.ValidationError(
                _("Let at least one of them count. With all at 0, nothing says who suits whom.")
            )
        return told

    def may_be_looked_at(self) -> bool:
        """Say whether the numbers are in order; a reason is asked for only when they are to be used."""
        self.errors.pop("why", None)
        return not self.errors

    def start_from(self, version: WeightsVersion) -> None:
        """Take a newer version as known, so that pressing once more means it; the numbers stay as written."""
        self.data = {**self.data.dict(), "base": version.version}  # type: ignore[attr-defined]

    def weights(self) -> Weights:
        """Give the numbers as the matcher takes them; call it when the form is in order."""
        return Weights(**{part: self.cleaned_data[part] for part in PARTS})

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The boxes of the seven parts, in the order that a score is read out."""
        return [self[part] for part in PARTS]
