"""Writing down an hour, answering it, settling it and putting it right.

The choices of "with whom" come from the view, never from the whole town: a form that knows everybody shows everybody.
"""

from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from timebank.forms.fields import day_field, duration_field, named
from timebank.models import Account, Exchange


class RecordForm(forms.Form):
    """Time that one side gave the other. `client_id` makes a second sending the same one."""

    side = forms.ChoiceField(
        label=_("Who gave their time?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gave their time.")},
    )
    other = forms.ChoiceField(
        label=_("Who with?"),
        widget=forms.RadioSelect,
        help_text=_("People you have met here."),
        error_messages={
            "required": _("Choose who it was with."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )
    happened_on = day_field(_("Which day?"))
    took = duration_field(_("How long did it take?"))
    words = forms.CharField(
        label=_("What did you do?"),
        max_length=280,
        help_text=_("A few words that you’ll both know it by, such as “lift to the clinic”."),
        error_messages={
            "required": _("Write a few words about what you did."),
            "max_length": _("Make it shorter: 280 letters at most."),
        },
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    listing = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: object, met: list[Account], today: date, own_name: str = "", **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today
        self.met = {str(account.pk): account for account in met}
        self.fields["happened_on"].initial = today
        self.fields["side"].choices = _sides(own_name)  # type: ignore[attr-defined]
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (pk, named(account)) for pk, account in self.met.items()
        ]

    def clean_happened_on(self) -> date:
        """Refuse a day that is still to come."""
        on: date = self.cleaned_data["happened_on"]
        if on > self.today:
            raise forms.ValidationError(
                _("That day is still to come. Write it down when it has happened.")
            )
        return on

    def other_account(self) -> Account:
        """Give whom it was with; call it on a valid form only."""
        return self.met[self.cleaned_data["other"]]


class DifferentForm(forms.Form):
    """How long it was, as the other side saw it. "Not at all" is an answer."""

    HOW = [("other", _("It took another time")), ("none", _("It didn’t happen"))]
    how = forms.ChoiceField(
        label=_("What was different?"),
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was different.")},
    )
    took = duration_field(_("How long did it take?"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if self.data.get("how") == "none":
            self.fields["took"].required = False

    def minutes(self) -> int:
        """Give the minutes they say, 0 for not at all; call it on a valid form only."""
        return 0 if self.cleaned_data["how"] == "none" else int(self.cleaned_data["took"])


class SettleForm(forms.Form):
    """A broker's answer: one of what the two sides say, or something between."""

    took = duration_field(_("How long shall it count for in all?"))


class ReasonForm(forms.Form):
    """Why something is put right; both sides read it."""

    reason = forms.CharField(
        label=_("Why is it wrong?"),
        max_length=280,
        help_text=_("Both sides will read this beside the entry."),
        error_messages={"required": _("Write why, so that both sides understand.")},
    )


def _sides(own_name: str) -> list[tuple[str, str]]:
    if own_name:  # a broker writes for somebody else, so "I" would be wrong
        return [
            (Exchange.Side.GIVER, _("%(name)s gave") % {"name": own_name}),
            (Exchange.Side.RECEIVER, _("%(name)s received") % {"name": own_name}),
        ]
    return [
        (Exchange.Side.GIVER, str(_("I gave my time"))),
        (Exchange.Side.RECEIVER, str(_("They gave me theirs"))),
    ]
