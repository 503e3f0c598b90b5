"""Choosing the days of a statement. Both ends may stay open."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timebank.forms.fields import day_field
from timebank.statements import Span, span


class DaysForm(forms.Form):
    """From which day and to which; asked with GET, so that the address keeps them."""

    since = day_field(_("From"), required=False)
    until = day_field(_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one. Choose a later day."))
        return told

    def chosen(self) -> Span | None:
        """Give the lines of the chosen days; None while none are chosen, or they can't be read."""
        if not self.is_valid() or not any(self.cleaned_data.values()):
            return None
        return span(since=self.cleaned_data["since"], until=self.cleaned_data["until"])
