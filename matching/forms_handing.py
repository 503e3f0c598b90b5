"""What a coach fills in to hand people over: to whom, who goes along, and for how long.

A newcomer would ask for families by name first. Most often it is everybody, because somebody goes on leave; so that
stands first, and ticking one by one is a step aside.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from people.handing import Reach, coaches
from people.models import Area, Family, User, Volunteer
from timebank.forms import day_field

ALL, SOME = "all", "some"
FOR_GOOD, LEAVE = "good", "leave"


class HandOverForm(forms.Form):
    """Whom to, who, how long, and perhaps why. With `ticks` the people are ticked one by one."""

    to = forms.ModelChoiceField(
        label=_("Who looks after them then?"),
        queryset=User.objects.none(),
        empty_label=_("Choose a coach"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a coach.")),
    )
    which = forms.ChoiceField(
        label=_("Who goes along?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who goes along.")),
    )
    people = forms.MultipleChoiceField(
        label=_("Who goes along?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one."),
            "invalid_choice": _("Somebody you ticked is no longer with you. Look again."),
        },
    )
    how = forms.ChoiceField(
        label=_("For how long?"),
        choices=[(LEAVE, _("While I’m away")), (FOR_GOOD, _("For good"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long.")},
    )
    from_on = day_field(_("From which day?"))
    back_on = day_field(
        _("First day back"),
        help_text=_("On that day they come back by themselves. Leave it empty if it’s for good."),
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Only coaches and managers read this."),
        max_length=280,
        required=False,
        error_messages={"max_length": _("Say why in %(limit_value)d letters or fewer.")},
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, giver: User, areas: Iterable[Area], ticks: bool, today: date
    ) -> None:
        first = {"from_on": today, "how": LEAVE, "which": ALL, "client_id": uuid4()}
        super().__init__(data, initial=first)
        back_on = self.fields["back_on"]
        back_on.required = data is None or data.get("how") != FOR_GOOD
        back_on.error_messages["required"] = _("Choose the first day back.")
        self.areas = {str(one.pk): one for one in areas}
        others = coaches().exclude(pk=giver.pk).order_by("name", "pk")
        self.fields["to"].queryset = others  # type: ignore[attr-defined]  # a choice field
        if ticks:
            del self.fields["which"]
            self.fields["people"].choices = _people(giver)  # type: ignore[attr-defined]
        else:
            del self.fields["people"]
            in_areas = [
                (pk, _("Those in %(area)s") % {"area": one}) for pk, one in self.areas.items()
            ]
            self.fields["which"].choices = [(ALL, _("Everybody")), *in_areas]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Forget a first day back that was written before it was for good."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("how") == FOR_GOOD:
            told["back_on"] = None
        return told

    @property
    def reach(self) -> Reach:
        """Who goes along, as people.handing takes it; call it when the form is in order."""
        told = self.cleaned_data
        if "which" in told:
            return Reach(area=self.areas.get(told["which"]))
        ids = [(one[0], int(one[1:])) for one in told["people"]]
        return Reach(
            family_ids=[pk for kind, pk in ids if kind == "f"],
            volunteer_ids=[pk for kind, pk in ids if kind == "v"],
        )


def _people(giver: User) -> list[tuple[str, list[tuple[str, str]]]] | list[tuple[str, str]]:
    """Give everybody a coach looks after, families first; two queries, however many."""
    families = Family.objects.looked_after_by(giver).exclude(standing=Family.Standing.LEFT)
    volunteers = Volunteer.objects.filter(coach=giver).exclude(standing=Volunteer.Standing.LEFT)
    return [
        *((f"f{one.pk}", f"{one}, {one.place}") for one in families.select_related("place")),
        *((f"v{one.pk}", f"{one}, {one.place}") for one in volunteers.select_related("place")),
    ]
