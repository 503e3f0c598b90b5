"""What a manager fills in to change a cadence: weeks after hello for each side, how often then, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.cadence import Cadence
from matching.linkups import LONGEST_WEEKS
from matching.models import CadenceTemplate, Contact

SIDES = {
    Contact.Side.FAMILY: _("The seeking family"),
    Contact.Side.SUPPORTER: _("The supporter"),
    Contact.Side.CHILD: _("The children"),
}
LONGEST = 104  # weeks; a link-up may be extended
WEEKS_WRONG = _("Write the weeks like 2, 3, 10, 18, each later than the one before.")


class CadenceForm(forms.Form):
    """Six boxes and a reason; `base` is the version that they were made from."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    why = forms.CharField(
        label=_("Why these?"),
        help_text=_("A sentence or two. It stays beside the version for whoever looks back."),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why, for whoever looks back.")},
    )

    def __init__(self, data: Any = None, *, of: CadenceTemplate) -> None:
        super().__init__(data, initial={"base": of.version})
        for side, label in SIDES.items():
            weeks, every = getattr(of, f"{side}_weeks"), getattr(of, f"{side}_every")
            self.fields[f"{side}_weeks"] = forms.CharField(
                label=label,
                help_text=_("Weeks after hello, such as 2, 3, 10, 18. Empty for no calls."),
                required=False,
                max_length=80,
                initial=", ".join(str(week) for week in weeks),
            )
            self.fields[f"{side}_every"] = forms.IntegerField(
                label=_("Then every how many weeks?"),
                help_text=_("0 for no more."),
                initial=every,
                min_value=0,
                max_value=LONGEST,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"),
                    _("Write a whole number from 0 to 104."),
                ),
            )
        boxes = [f"{side}_{kind}" for side in SIDES for kind in ("weeks", "every")]
        self.order_fields(["base", *boxes, "why"])

    def clean(self) -> dict[str, Any]:
        """Read the weeks; somebody must be talked with by the end of a first link-up."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for side in SIDES:
            field = f"{side}_weeks"
            if field in told:
                told[field] = self._weeks(field, told[field])
        first = [told.get(f"{side}_weeks") for side in ("family", "supporter")]
        if all(one is not None and not one for one in first):
            raise forms.ValidationError(_("Plan a call for at least one of the two sides."))
        return told

    def start_from(self, version: CadenceTemplate) -> None:
        """Take a newer version as known, so that pressing once more means it; the numbers stay as written."""
        self.data = {**self.data.dict(), "base": version.version}  # type: ignore[attr-defined]

    def sides(self) -> dict[str, Cadence]:
        """Give the cadences as matching.cadence_versions takes them; call it when the form is in order."""
        told = self.cleaned_data
        return {
            side.value: Cadence(tuple(told[f"{side}_weeks"]), told[f"{side}_every"])
            for side in SIDES
        }

    @property
    def boxes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each side's two boxes, in the order they are read."""
        return [(self[f"{side}_weeks"], self[f"{side}_every"]) for side in SIDES]

    def _weeks(self, field: str, words: str) -> tuple[int, ...]:
        parts = [one for one in words.replace(";", ",").replace(" ", ",").split(",") if one]
        if any(not (one.isascii() and one.isdigit() and len(one) <= 3) for one in parts):
            self.add_error(field, WEEKS_WRONG)
            return ()
        weeks = tuple(int(one) for one in parts)
        rising = all(before < after for before, after in zip((0, *weeks), weeks, strict=False))
        if not rising or (weeks and weeks[-1] > LONGEST) or (weeks and weeks[0] > LONGEST_WEEKS):
            self.add_error(field, WEEKS_WRONG)
        return weeks
