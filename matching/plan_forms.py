"""What is asked about a plan: which day, what, and where in words. Never an address: a hint says why."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import Plan
from timebank.forms import day_field


class MoveForm(forms.Form):
    """Another day."""

    on = day_field(_("Which day?"))
    part = forms.ChoiceField(label=_("When that day?"), choices=Plan.Part.choices, required=False)

    @classmethod
    def of(cls, plan: Plan) -> "MoveForm":
        """Give the form with the day that the plan has."""
        return cls(initial={"on": plan.on, "part": plan.part})


class PlanForm(MoveForm):
    """Something to do, and when."""

    what = forms.CharField(
        label=_("What would you like to do?"),
        max_length=120,
        error_messages={
            "required": _("Write a few words, such as “the park”."),
            "max_length": _("Make it shorter: 120 letters at most."),
        },
    )
    where = forms.CharField(
        label=_("Where, in a few words"),
        help_text=_("Such as “by the swings”. Better not an address."),
        max_length=120,
        required=False,
        error_messages={"max_length": _("Make it shorter: 120 letters at most.")},
    )
    client_id = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Something went missing on the way. Please send it again.")
        ),
    )
    field_order = ["what", "on", "part", "where", "client_id"]

    @classmethod
    def fresh(cls, *, what: str = "") -> "PlanForm":
        """Give an empty form, perhaps with an idea in it."""
        return cls(initial={"what": what, "client_id": uuid4()})
