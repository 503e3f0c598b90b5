"""Writing down a gathering: what was done, which day, and a row for each who lent a hand.

The rows are fields of one form, so that the check page can carry them along like any other answer.
"""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timebank.forms.fields import day_field, duration_field, named
from timebank.models import Account

ROWS = 20
ROWS_AT_FIRST = 5


class GatheringForm(forms.Form):
    """What, when and who for how long. `client_id` makes a second sending the same one."""

    words = forms.CharField(
        label=_("What did you all do?"),
        max_length=280,
        help_text=_("Such as “tidied the brook”. Everybody reads it beside their hours."),
        error_messages={
            "required": _("Write a few words about what you did."),
            "max_length": _("Make it shorter: 280 letters at most."),
        },
    )
    held_on = day_field(_("Which day?"))
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: object, people: list[Account], today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.people = {str(account.pk): account for account in people}
        self.fields["held_on"].initial = today
        choices = [("", _("Nobody")), *((pk, named(one)) for pk, one in self.people.items())]
        for n in range(1, ROWS + 1):
            self.fields[f"who_{n}"] = forms.ChoiceField(
                label=gettext("Person %(n)d") % {"n": n},
                choices=choices,
                required=False,
                error_messages={"invalid_choice": _("Choose somebody from the list.")},
            )
            self.fields[f"took_{n}"] = duration_field(
                gettext("Person %(n)d: how long?") % {"n": n}, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse half a row, and one person twice."""
        told = super().clean() or {}
        seen: set[str] = set()
        for n in range(1, ROWS + 1):
            who, took = told.get(f"who_{n}"), told.get(f"took_{n}")
            if who and took == 0:
                self.add_error(f"took_{n}", _("Write how long they were there, such as 45 min."))
            if took and who == "":
                self.add_error(f"who_{n}", _("Choose who this was."))
            if who and who in seen:
                self.add_error(f"who_{n}", _("They are further up already. One row each."))
            seen.add(who or "")
        return told

    def minutes(self) -> dict[Account, int]:
        """Give how long each was there; call it on a valid form only."""
        told = self.cleaned_data
        return {
            self.people[told[f"who_{n}"]]: told[f"took_{n}"]
            for n in range(1, ROWS + 1)
            if told[f"who_{n}"]
        }

    def first_rows(self) -> list[dict[str, forms.BoundField]]:
        """Give the rows that stand open."""
        return self._rows(1, ROWS_AT_FIRST)

    def more_rows(self) -> list[dict[str, forms.BoundField]]:
        """Give the rows that are folded away until somebody needs them."""
        return self._rows(ROWS_AT_FIRST + 1, ROWS)

    def needs_more_rows(self) -> bool:
        """Say whether something was written in the folded rows, so that they stand open."""
        return any(row["who"].value() or row["took"].value() for row in self.more_rows())

    def _rows(self, first: int, last: int) -> list[dict[str, forms.BoundField]]:
        return [
            {"who": self[f"who_{n}"], "took": self[f"took_{n}"]} for n in range(first, last + 1)
        ]
