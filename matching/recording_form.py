"""The form for time together: today and half an hour are a tap, anything else can be written.

The tiles for the day carry dates, not the word "today": a form that was filled in before midnight means the day it was
filled in, whenever it arrives. What somebody wrote wins over the tile for the day that was picked for them; of two
lengths that they gave themselves we ask which.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import Plan
from people.saying import hours
from timebank.forms import day_field, duration_field

NEAR_DAYS = ((0, _("Today")), (1, _("Yesterday")))
LENGTHS = (30, 60, 90, 120)  # minutes


class _Days(forms.RadioSelect):
    """Tiles that know how long ago their day is, for a page that stayed open overnight."""

    today: date

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        ago = self.today - date.fromisoformat(str(option["value"]))
        option["attrs"]["data-ago"] = ago.days
        return option


class TogetherForm(forms.Form):
    """Time together: when, how long, and a line. `happened_on` and `minutes` are the answers, tapped or written."""

    near_day = forms.ChoiceField(label=_("Which day?"), widget=_Days, required=False)
    happened_on = day_field(_("Another day"))
    length = forms.TypedChoiceField(
        label=_("How long were you together?"),
        coerce=int,
        empty_value=None,
        choices=[(minutes, hours(minutes)) for minutes in LENGTHS],
        widget=forms.RadioSelect,
        required=False,
    )
    minutes = duration_field(_("How long"))
    words = forms.CharField(
        label=_("What did you do?"),
        help_text=_("A few words, such as “park, then chips”."),
        max_length=280,
        widget=forms.TextInput,
        error_messages={
            "required": _("Write a few words about it."),
            "max_length": _("Make it shorter: 280 letters at most."),
        },
    )
    is_another = forms.BooleanField(label=_("Yes, this was another time"), required=False)
    plan = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=10**17
    )
    # Made with the form, so that pressing twice, or sending again from a train, writes it down once.
    client_id = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Something went missing on the way. Please send it again.")
        ),
    )

    def __init__(self, *args: Any, today: date, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [(today - timedelta(days=ago), label) for ago, label in NEAR_DAYS]
        days: Any = self.fields["near_day"]
        days.widget.today = today
        days.choices = [(on.isoformat(), label) for on, label in near if first <= on <= last]
        if self.is_bound:
            self._write_out_a_far_day()

    @classmethod
    def fresh(
        cls, *, today: date, first: date, last: date, plan: Plan | None = None
    ) -> "TogetherForm":
        """Give an empty form for the last day there can be, or one with what was planned in it."""
        on = min(plan.on, last) if plan else last
        form = cls(today=today, first=first, last=last)
        is_near = any(value == on.isoformat() for value, _label in form.near_days)
        form.initial = {
            "near_day" if is_near else "happened_on": on.isoformat() if is_near else on,
            "words": plan.what if plan else "",
            "plan": plan.pk if plan else None,
            "client_id": uuid4(),
        }
        return form

    @property
    def near_days(self) -> list[tuple[str, Any]]:
        """The days that are a tap away, none when the link-up ended before."""
        days: Any = self.fields["near_day"]
        return list(days.choices)

    @property
    def asks_for_day(self) -> bool:
        """Whether the box for another day stands open: something is in it, or is wrong with it."""
        return bool(not self.near_days or self["happened_on"].value() or self["happened_on"].errors)

    @property
    def asks_for_length(self) -> bool:
        """Whether the box for another length stands open."""
        return bool(self["minutes"].value() or self["minutes"].errors)

    def clean_near_day(self) -> date | None:
        """Give the day of the tile, None where none was pressed."""
        told = self.cleaned_data["near_day"]
        return date.fromisoformat(told) if told else None

    def clean(self) -> dict[str, Any]:
        """Make one day and one length of what was tapped and written."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        near, length = told.pop("near_day", None), told.pop("length", None)
        if near and self.has_error("happened_on", "required"):
            self.errors.pop("happened_on")
            told["happened_on"] = near
        if length and self.has_error("minutes", "required"):
            self.errors.pop("minutes")
            told["minutes"] = length
        elif length and told.get("minutes", length) != length:
            which = {"tapped": hours(length), "written": hours(told["minutes"])}
            words = _("You picked %(tapped)s and wrote %(written)s. Leave the right one.")
            self.add_error("minutes", words % which)
        return told

    def send_as_another(self) -> None:
        """Give the form that comes back an id of its own: what was sent under the old one stands."""
        self.data = {**_plain(self.data), "client_id": str(uuid4())}

    def _write_out_a_far_day(self) -> None:
        """A tile of a page that was opened days ago says a day that no tile says now."""
        tapped = self.data.get("near_day", "")
        if tapped and tapped not in dict(self.near_days):
            written = self.data.get("happened_on", "") or tapped
            self.data = {**_plain(self.data), "near_day": "", "happened_on": written}


def _plain(data: Any) -> dict[str, Any]:
    return {name: data.get(name) for name in data}
