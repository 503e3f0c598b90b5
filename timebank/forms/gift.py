"""Giving hours away. The choices come from the view: the community pot, and people one has met."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from timebank.forms.fields import duration_field, named
from timebank.models import Account


class GiftForm(forms.Form):
    """To whom, how much and a few words. `client_id` makes a second sending the same one."""

    to = forms.ChoiceField(
        label=_("Who shall have them?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who shall have them."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )
    took = duration_field(_("How much time?"), most=None)  # a leaver may have many days of it
    words = forms.CharField(
        label=_("A few words to go with it"),
        max_length=280,
        help_text=_("Such as “for whoever needs a lift”. They stand beside the entry."),
        error_messages={
            "required": _("Write a few words, such as “thank you for a good year”."),
            "max_length": _("Make it shorter: 280 letters at most."),
        },
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: object, pot: Account, met: list[Account], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.offered = {str(account.pk): account for account in [pot, *met]}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(pot.pk), _("The community pot, for whoever needs hours")),
            *((str(account.pk), named(account)) for account in met),
        ]

    def to_account(self) -> Account:
        """Give who shall have them; call it on a valid form only."""
        return self.offered[self.cleaned_data["to"]]
