"""What is asked of supporters, as the page asks for it: a few numbers, and a check for each role and nation."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from people.models.place import Nation
from safeguarding.forms.clearance import day_field
from safeguarding.models import Check, RequirementsVersion, Role
from safeguarding.models.requirements import MOST_MONTHS, MOST_REFERENCES
from safeguarding.recording import SCHEMES
from safeguarding.requiring import Asking, Level, asking_of

PARTS = ("level", "activity", "months")


class RequirementsForm(forms.Form):
    """A new version, made from the one that was `base`."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    references = forms.IntegerField(
        label=_("How many references?"), min_value=0, max_value=MOST_REFERENCES
    )
    interview = forms.BooleanField(label=_("A talk with us"), required=False)
    induction = forms.BooleanField(label=_("Getting to know how we work"), required=False)
    induction_months = forms.IntegerField(
        label=_("After how many months is that due again?"),
        help_text=_("0 means never."),
        min_value=0,
        max_value=MOST_MONTHS,
    )
    code_version = forms.IntegerField(
        label=_("Which number of the code of conduct?"),
        help_text=_("Write a higher one when its words change. 0 means we don’t ask for it."),
        min_value=0,
        max_value=999,
    )
    counts_from_on = day_field(
        _("From which day does it count?"), help_text=_("For everybody we say yes to from then on.")
    )
    existing_until_on = day_field(
        _("Until when do people have who are approved already?"),
        help_text=_("Ninety days at least. They’re reminded three times before."),
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, for whoever asks in a year.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nation in Nation:
            for role in Role:
                name = f"{nation}_{role}"
                self.fields[f"{name}_level"] = forms.ChoiceField(
                    label=_("Which check?"),
                    choices=[(level, Check.Level(level).label) for level in SCHEMES[nation]],
                )
                self.fields[f"{name}_activity"] = forms.ChoiceField(
                    label=_("What do they do beside a family?"), choices=Check.Activity.choices
                )
                self.fields[f"{name}_months"] = forms.IntegerField(
                    label=_("For how many months does it count?"),
                    help_text=_("0 means as long as it says itself."),
                    min_value=0,
                    max_value=MOST_MONTHS,
                )

    @classmethod
    def of(cls, version: RequirementsVersion) -> "RequirementsForm":
        """Give the form filled in with what a version says, days and reason left open."""
        asking = asking_of(version)
        first: dict[str, Any] = {
            "base": version.version,
            **{name: value for name, value in vars(asking).items() if name != "levels"},
        }
        for (nation, role), one in asking.levels.items():
            first |= {f"{nation}_{role}_{part}": getattr(one, part) for part in PARTS}
        return cls(initial=first)

    def start_from(self, version: RequirementsVersion) -> None:
        """Make what was written here follow a version that somebody else set meanwhile."""
        self.data = {**self.data.dict(), "base": str(version.version)}  # type: ignore[attr-defined]

    @property
    def asking(self) -> Asking:
        """What the form asks for, once it is valid."""
        told = self.cleaned_data
        return Asking(
            references=told["references"],
            interview=told["interview"],
            induction=told["induction"],
            induction_months=told["induction_months"],
            code_version=told["code_version"],
            levels={
                (nation.value, role.value): Level(
                    *(told[f"{nation}_{role}_{part}"] for part in PARTS)
                )
                for nation in Nation
                for role in Role
            },
        )

    @property
    def checks(self) -> list[tuple[str, list[BoundField]]]:
        """The boxes of each role in each nation, under its name."""
        return [
            (
                gettext_now("%(role)s, %(nation)s") % {"role": role.label, "nation": nation.label},
                [self[f"{nation}_{role}_{part}"] for part in PARTS],
            )
            for nation in Nation
            for role in Role
        ]
