"""The forms that say where a goal stands, and how life is. Forms that set a goal stand in goals/questions.py."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from goals.domains import DOMAINS
from goals.models import Rating
from goals.models.web import HIGHEST, LOWEST
from goals.questions import UNSURE, scale_field

# Whose view it may be, for whoever writes it down. Nobody speaks for another adult: they would be drawn as one voice.
AT_HOME = [(Rating.Scorer.GUARDIAN, _("Me")), (Rating.Scorer.CHILD, _("My child"))]
FOR_COACHES = [(Rating.Scorer.COACH, _("Me")), (Rating.Scorer.CHILD, _("The child told me"))]
MARKS = [(str(n), str(n)) for n in range(LOWEST, HIGHEST + 1)] + [(UNSURE, _("not sure"))]


class SaidForm(forms.Form):
    """Who says so, a line if they like, and the id that lets a second press change nothing."""

    scorer = forms.ChoiceField(
        label=_("Who says so?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who says so."),
            "invalid_choice": _("Choose who says so from the list."),
        },
    )
    words = forms.CharField(
        label=_("Anything to remember about today?"),
        max_length=280,
        required=False,
        error_messages={"max_length": _("Use 280 letters or fewer.")},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, scorers: Iterable[tuple[Any, Any]] = AT_HOME, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        choices = list(scorers)
        self.fields["scorer"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.initial.setdefault("scorer", choices[0][0])
        self.initial.setdefault("client_id", uuid4())

    def clean_client_id(self) -> Any:
        """A page from before there was an id, or one that was torn, makes one of its own."""
        return self.cleaned_data["client_id"] or uuid4()


class RateForm(SaidForm):
    """One question: where is it today, who says so, and a line if they like."""

    value = scale_field(
        _("A number from 0 to 10"),
        required_words=_("Pick a number from 0 to 10."),
    )
    field_order = ["value", "scorer", "words", "client_id"]


class WebForm(SaidForm):
    """Eight numbers from 1 to 10, each may be "not sure"; all of them or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for domain in DOMAINS:
            missing = _("Pick a number for “%(name)s”, or the question mark.")
            words = missing % {"name": domain.name}
            self.fields[domain.code] = forms.TypedChoiceField(
                label=domain.name,
                help_text=domain.asks,
                choices=MARKS,
                coerce=_number,
                widget=forms.RadioSelect,
                error_messages={"required": words, "invalid_choice": words},
            )
        self.order_fields([domain.code for domain in DOMAINS])

    @property
    def spokes(self) -> list[forms.BoundField]:
        """The eight boxes, in their order."""
        return [self[domain.code] for domain in DOMAINS]

    def marks(self) -> dict[str, int | None]:
        """Give the eight marks, None for not sure; call it when the form is in order."""
        return {domain.code: self.cleaned_data[domain.code] for domain in DOMAINS}


def _number(value: str) -> int | None:
    return None if value == UNSURE else int(value)
